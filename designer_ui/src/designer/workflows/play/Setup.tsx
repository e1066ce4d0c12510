/** How a simulation begins: which record, what it would be otherwise, and who starts it. */
import type { Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { useFormat } from "@/ui/format";
import { IconPlayerPlay } from "@tabler/icons-react";
import { Button, Radio } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { namesOf } from "../../permissions/people";
import { fieldsIn } from "../document";
import type { PanelScene } from "../panel/scene";
import { Select } from "../parts";
import { needsOf } from "./needs";
import type { Play } from "./state";
import { ValueInput } from "./ValueInput";

interface Props {
  readonly scene: PanelScene;
  readonly play: Play;
  readonly onChange: (play: Play) => void;
  readonly onStart: () => void;
}

export function Setup({ scene, play, onChange, onStart }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { app, workflow, document, words } = scene;
  const form = workflow.form ?? "";
  const label = { en: words.form(form), zh: words.form(form) };
  return (
    <form className="wp-play" onSubmit={(event) => {
      event.preventDefault();
      onStart();
    }}>
      <p className="muted">{t("play.help")}</p>
      <Radio.Group value={play.made} aria-label={t("play.subject")} onChange={(event) => onChange({ ...play, made: event.target.value === true, record: null, values: {} })}>
        <Radio value={false}>{t("play.real")}</Radio>
        <Radio value>{t("play.made")}</Radio>
      </Radio.Group>
      {play.made ? null : (
        <div className="wd-row">
          <label htmlFor={`${id}record`}>{words.form(form)}</label>
          <FieldInput
            id={`${id}record`}
            value={play.record}
            onChange={(value) => onChange({ ...play, record: recordOf(value) })}
            field={{ type: "relation", label, settings: { form } }}
            place={{ app, form, field: "" }}
            label={words.form(form)}
          />
        </div>
      )}
      <Values scene={scene} play={play} onChange={(values) => onChange({ ...play, values })} />
      <div className="wd-row">
        <label htmlFor={`${id}initiator`}>{t("play.initiator")}</label>
        <FieldInput
          id={`${id}initiator`}
          value={play.initiator ? { ...play.initiator } : null}
          onChange={(value) => onChange({ ...play, initiator: namesOf(value)[0] ?? null })}
          field={{ type: "user", label: { en: t("play.initiator"), zh: t("play.initiator") }, settings: {}, placeholder: { en: t("play.me"), zh: t("play.me") } }}
          place={{ app, form, field: "owner" }}
          label={t("play.initiator")}
        />
        <small className="muted">{t("play.initiatorHelp")}</small>
      </div>
      <Button type="primary" htmlType="submit" icon={<IconPlayerPlay size={16} />} disabled={!play.made && !play.record}>{t("play.start")}</Button>
      {fieldsIn(document, form).length === 0 ? <p className="design-problem">{t("play.noForm")}</p> : null}
    </form>
  );
}

function recordOf(value: Json): Play["record"] {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return { id: Number(value["id"]), title: typeof value["title"] === "string" ? value["title"] : "" };
}

/** The values of the record that the workflow looks at; those of a stored record only where they shall be other ones. */
function Values({ scene, play, onChange }: { readonly scene: PanelScene; readonly play: Play; readonly onChange: (values: Play["values"]) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { app, workflow, document } = scene;
  const form = workflow.form ?? "";
  const fields = document.forms?.[form]?.fields ?? {};
  const needed = needsOf(document, workflow).filter(({ key, kind }) => kind !== "list" || fields[key]).map(({ key }) => key);
  const shown = [...new Set([...(play.made ? needed : []), ...Object.keys(play.values)])].filter((key) => fields[key]);
  const others = Object.entries(fields).filter(([key, { type }]) => !shown.includes(key) && type !== "formula").sort(([one], [other]) => Number(needed.includes(other)) - Number(needed.includes(one)));
  return (
    <>
      {shown.map((key) => <ValueInput key={key} app={app} form={form} fieldKey={key} body={fields[key]} value={play.values[key] ?? null} onChange={(value) => onChange({ ...play.values, [key]: value })} />)}
      <Select label={t(play.made ? "play.addValue" : "play.otherwise")} value="" choices={others.map(([value, { label }]) => ({ value, label: format.label(label) }))} empty={t(play.made ? "play.addValue" : "play.otherwise")} onChange={(key) => key && onChange({ ...play.values, [key]: null })} />
    </>
  );
}

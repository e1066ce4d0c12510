/** What a call sends: nothing, JSON whose values are computed, or a text. */
import type { Json } from "@/api";
import { withMember } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconTrash } from "@tabler/icons-react";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsIn } from "../document";
import type { NodeProps } from "../panel/scene";
import { ExpressionField, Row, Select } from "../parts";
import { TemplateInput } from "./TemplateInput";

interface Props extends NodeProps {
  readonly secrets: readonly string[];
}

/** The members of an object whose values are expressions and nothing else; null for any other JSON. */
function flat(json: Json | undefined): readonly (readonly [string, string])[] | null {
  if (json === undefined || json === null || typeof json !== "object" || Array.isArray(json)) return null;
  const members = Object.entries(json);
  return members.every((one): one is [string, string] => typeof one[1] === "string") ? members : null;
}

export function BodySettings(props: Props) {
  const { scene, nodeKey, node, onChange, secrets } = props;
  const { t } = useTranslation();
  const { body } = node;
  const kind = body === undefined ? "none" : body.text === undefined ? "json" : "text";
  const begin = (next: string): void => onChange(withMember(node, "body", next === "json" ? { json: {} } : next === "text" ? { text: "" } : undefined));
  return (
    <>
      <Row label={t("outside.webhook.body")}>{(id) => <Select id={id} value={kind} choices={["none", "json", "text"].map((value) => ({ value, label: t(`outside.webhook.bodyKind.${value}`) }))} onChange={begin} />}</Row>
      {kind === "json" ? flat(body?.json) ? <Members {...props} members={flat(body?.json) ?? []} /> : <JsonText key={nodeKey} {...props} /> : null}
      {kind === "text" ? (
        <>
          <TemplateInput long scene={scene} label={t("outside.webhook.text")} value={body?.text ?? ""} secrets={secrets} onChange={(text) => onChange({ ...node, body: { ...body, text } }, `${nodeKey}.text`)} />
          <Row label="Content-Type">{(id) => <Input id={id} value={body?.content_type ?? ""} maxLength={100} placeholder="text/plain; charset=utf-8" spellCheck={false} onChange={(event) => onChange({ ...node, body: withMember(body ?? {}, "content_type", event.target.value || undefined) }, `${nodeKey}.kind`)} />}</Row>
        </>
      ) : null}
    </>
  );
}

function Members({ scene, node, onChange, members }: Props & { readonly members: readonly (readonly [string, string])[] }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const about = { app: scene.app, form: scene.workflow.form ?? "", names: scene.names };
  const set = (next: readonly (readonly [string, string])[]): void => onChange({ ...node, body: { json: Object.fromEntries(next) } });
  const taken = members.some(([known]) => known === name.trim());
  const add = (): void => {
    if (name.trim() === "" || taken) return;
    set([...members, [name.trim(), `{${fieldsIn(scene.document, about.form)[0]?.key ?? "id"}}`]]);
    setName("");
  };
  return (
    <>
      {members.map(([key, value]) => (
        <div key={key} className="wd-value">
          <ExpressionField scene={about} label={key} value={value} empty={t("flow.expression.empty")} onChange={(next) => set(members.map((one) => (one[0] === key ? [key, next ?? ""] : one)))} />
          <IconButton label={t("flow.values.remove", { name: key })} onClick={() => set(members.filter(([known]) => known !== key))}><IconTrash size={16} aria-hidden /></IconButton>
        </div>
      ))}
      <div className="wd-addname">
        <Input value={name} spellCheck={false} maxLength={100} status={taken ? "error" : ""} placeholder={t("outside.webhook.memberName")} aria-label={t("outside.webhook.memberName")} onChange={(event) => setName(event.target.value)} onPressEnter={add} />
        <Button disabled={name.trim() === "" || taken} onClick={add}>{t("outside.webhook.addMember")}</Button>
      </div>
    </>
  );
}

/** JSON that is more than members with expressions, as text; it is taken over whenever it can be read. */
function JsonText({ node, nodeKey, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(node.body?.json, null, 2));
  const [wrong, setWrong] = useState(false);
  const change = (next: string): void => {
    setText(next);
    try {
      const json = JSON.parse(next) as Json;
      setWrong(false);
      onChange({ ...node, body: { json } }, `${nodeKey}.json`);
    } catch {
      setWrong(true);
    }
  };
  return <Row label="JSON" help={t(wrong ? "outside.webhook.jsonWrong" : "outside.webhook.jsonHelp")}>{(id) => <Input.TextArea id={id} className="wd-code" value={text} spellCheck={false} status={wrong ? "error" : ""} autoSize={{ minRows: 4, maxRows: 20 }} onChange={(event) => change(event.target.value)} />}</Row>;
}

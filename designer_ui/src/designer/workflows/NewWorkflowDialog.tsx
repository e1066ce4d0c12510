/** A new workflow: what it is about, and what to begin with. */
import { keyFrom, type AppDocument } from "@/model/design/formulas";
import { fromTemplate, TEMPLATES, type Template, type Workflow, type Words } from "@/model/workflows";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { Button, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsIn } from "./document";
import { LabelInput, Row, Select } from "./parts";

interface Props {
  readonly document: AppDocument;
  readonly taken: readonly string[];
  readonly saving: boolean;
  readonly error: unknown;
  readonly onCreate: (key: string, workflow: Workflow) => void;
  readonly onClose: () => void;
}

const NUMBERS = new Set(["number", "money", "percent"]);

export default function NewWorkflowDialog({ document, taken, saving, error, onCreate, onClose }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [label, setLabel] = useState<Words | undefined>();
  const [form, setForm] = useState(Object.keys(document.forms ?? {})[0] ?? "");
  const [starts, setStarts] = useState<"create" | "button">("button");
  const [template, setTemplate] = useState<Template>("one_level");
  const [field, setField] = useState("");
  const [limit, setLimit] = useState(10_000);
  const [tried, setTried] = useState(false);
  const numbers = Object.entries(document.forms?.[form]?.fields ?? {}).filter(([, body]) => NUMBERS.has(body.type) || (body.type === "formula" && NUMBERS.has(body.result ?? "")));
  const create = (): void => {
    setTried(true);
    if (!label) return;
    const base = keyFrom(label.en ?? label.zh ?? "", new Set(taken));
    onCreate(base === "formula" ? keyFrom("workflow", new Set(taken)) : base, fromTemplate(template, { label, form, field, limit, starts }));
  };
  const chosen = fieldsIn(document, form).filter(({ key }) => numbers.some(([one]) => one === key));
  return (
    <Dialog
      title={t("flow.new.title")}
      className="wd-new"
      onClose={saving ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={saving}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={saving} onClick={create}>{t("flow.new.create")}</Button>
        </>
      }
    >
      <LabelInput label={t("flow.panel.label")} value={label} onChange={setLabel} />
      {tried && !label ? <p role="alert" className="design-problem">{t("flow.problem.noLabel")}</p> : null}
      <Row label={t("flow.own.form")}>{(id) => <Select id={id} value={form} choices={Object.entries(document.forms ?? {}).map(([value, body]) => ({ value, label: body.label }))} onChange={setForm} />}</Row>
      <Row label={t("flow.start.on")}>{(id) => <Select id={id} value={starts} choices={["button", "create"].map((value) => ({ value, label: t(`flow.start.${value}`) }))} onChange={(value) => setStarts(value as "create")} />}</Row>
      <fieldset className="wd-templates">
        <legend>{t("flow.new.template")}</legend>
        <p className="muted">{t("flow.new.templateHelp")}</p>
        {TEMPLATES.map((one) => (
          <label key={one} className={one === template ? "chosen" : ""}>
            <input type="radio" name="template" checked={one === template} onChange={() => setTemplate(one)} />
            <span><strong>{t(`flow.template.${one}`)}</strong><small className="muted">{t(`flow.template.help.${one}`)}</small></span>
          </label>
        ))}
      </fieldset>
      {template === "two_levels" ? (
        <div className="wd-amount">
          <Row label={t("flow.new.field")}>{(id) => <Select id={id} value={field} choices={chosen.map(({ key, label: words }) => ({ value: key, label: words }))} empty={t("flow.new.later")} onChange={setField} />}</Row>
          <Row label={t("flow.new.limit")}>{(id) => <InputNumber id={id} value={limit} min={0} onChange={(value) => setLimit(value ?? 0)} />}</Row>
        </div>
      ) : null}
      <p role="alert" className="design-problem">{error ? errorText(error) : ""}</p>
    </Dialog>
  );
}

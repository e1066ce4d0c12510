/** A text with places that are filled in over the record, which are chosen and put in where one writes. */
import { Input, type InputRef } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { fieldsIn, type Choice } from "../document";
import { Select } from "../parts";
import type { PanelScene } from "../panel/scene";

interface Props {
  readonly scene: PanelScene;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Names of secrets that may be put in; none where they may not. */
  readonly secrets?: readonly string[] | undefined;
  readonly long?: boolean;
  readonly help?: string | undefined;
  readonly placeholder?: string;
}

export function TemplateInput({ scene, label, value, onChange, secrets, long = false, help, placeholder }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const line = useRef<InputRef>(null);
  const area = useRef<TextAreaRef>(null);
  const fields: readonly Choice[] = fieldsIn(scene.document, scene.workflow.form).filter(({ type }) => type !== "subform").map(({ key, label: name }) => ({ value: key, label: name }));
  const insert = (place: string): void => {
    const element = long ? area.current?.resizableTextArea?.textArea : line.current?.input;
    const at = element?.selectionStart ?? value.length;
    const end = element?.selectionEnd ?? at;
    onChange(`${value.slice(0, at)}{${place}}${value.slice(end)}`);
    const after = at + place.length + 2;
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(after, after);
    });
  };
  const common = { id, value, spellCheck: false, ...(placeholder === undefined ? {} : { placeholder }) };
  return (
    <div className="wd-row">
      <label htmlFor={id}>{label}</label>
      {long ? <Input.TextArea {...common} ref={area} autoSize={{ minRows: 3, maxRows: 12 }} onChange={(event) => onChange(event.target.value)} /> : <Input {...common} ref={line} onChange={(event) => onChange(event.target.value)} />}
      <div className="wd-inserts">
        <Select label={t("outside.insertField", { label })} value="" choices={fields} empty={t("outside.field")} onChange={(field) => field && insert(field)} />
        {secrets ? <Select label={t("outside.insertSecret", { label })} value="" choices={secrets.map((name) => ({ value: name, label: name }))} empty={t("outside.secret")} onChange={(name) => name && insert(`secret.${name}`)} /> : null}
      </div>
      {help ? <small className="muted">{help}</small> : null}
    </div>
  );
}

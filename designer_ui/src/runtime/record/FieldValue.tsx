import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Describe, FieldInfo, RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldType } from "@/catalogue/registry";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { FieldEditor } from "./FieldEditor";

interface Props {
  readonly name: string;
  readonly field: FieldInfo;
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly editable: boolean;
}

/** A label and its value; the pencil or a double click turns the value into its input. */
export function FieldValue({ name, field, describe, record, editable }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const label = format.label(field.label);
  const place = { app: describe.app, form: describe.key, field: name, record: record.id };
  return (
    <div className={`field-value ${fieldType(field.type).wide ? "wide" : ""}`} data-field={name}>
      <span className="field-label" id={`label-${name}`}>{label}</span>
      {editing ? (
        <FieldEditor {...{ name, field, describe, record, place }} onDone={() => setEditing(false)} />
      ) : (
        <div className="field-shown" role="group" aria-labelledby={`label-${name}`} onDoubleClick={editable ? () => setEditing(true) : undefined}>
          <div className="value"><FieldCell value={record[name]} field={field} place={place} blank="—" whole /></div>
          {editable ? (
            <IconButton label={t("record.editField", { field: label })} className="pencil" onClick={() => setEditing(true)}>
              <IconPencil size={14} aria-hidden />
            </IconButton>
          ) : null}
        </div>
      )}
    </div>
  );
}

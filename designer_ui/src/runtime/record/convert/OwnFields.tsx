import { useTranslation } from "react-i18next";
import type { Describe, Json, RecordJson, Values } from "@/api";
import { PartFields } from "./PartFields";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly typed: Values;
  readonly fields: readonly string[];
  readonly issues: ReadonlyMap<string, string>;
  readonly onChange: (field: string, value: Json) => void;
}

/** What the record itself must have before it is converted. */
export function OwnFields({ describe, record, typed, fields, issues, onChange }: Props) {
  const { t } = useTranslation();
  const values = { ...record, ...typed };
  if (fields.length === 0) return null;
  return (
    <section className="convert-part" aria-labelledby="convert-own">
      <h3 id="convert-own">{t("convert.own")}</h3>
      <PartFields describe={describe} fields={fields} values={values} record={record.id} required prefix="" issues={issues} focusFirst onChange={onChange} />
    </section>
  );
}

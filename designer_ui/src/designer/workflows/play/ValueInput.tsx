/** One value of a record, by the field as the draft defines it. */
import type { FieldInfo, Json, JsonObject, Label } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { FieldBody } from "@/model/design/formulas";
import { useFormat } from "@/ui/format";
import { useId } from "react";

const TOLD_APART = new Set(["type", "label", "help", "required", "fields", "formula", "default"]);

/** A field of the definition as controls know it; whether a value is demanded is of no interest here. */
export function infoOf(body: FieldBody | undefined, key: string): FieldInfo {
  const label: Label = { en: body?.label?.en ?? body?.label?.zh ?? key, zh: body?.label?.zh ?? body?.label?.en ?? key };
  const settings = Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => !TOLD_APART.has(name))) as JsonObject;
  const inner = Object.entries((body?.["fields"] ?? {}) as unknown as Readonly<Record<string, FieldBody>>);
  const lines = body?.type === "subform" ? { fields: Object.fromEntries(inner.map(([name, field]) => [name, infoOf(field, name)])), order: inner.map(([name]) => name) } : {};
  return { type: body?.type ?? "text", label, settings, ...lines };
}

interface Props {
  readonly app: string;
  readonly form: string;
  readonly fieldKey: string;
  readonly body: FieldBody | undefined;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  readonly name?: string | undefined;
}

export function ValueInput({ app, form, fieldKey, body, value, onChange, name }: Props) {
  const id = useId();
  const format = useFormat();
  const field = infoOf(body, fieldKey);
  const label = name ?? format.label(field.label);
  return (
    <div className="wd-row">
      <label htmlFor={id}>{label}</label>
      {/* Records of a relation are offered without its condition, which would have to know this one. */}
      <FieldInput id={id} value={value} onChange={onChange} field={field} place={{ app, form, field: "" }} label={label} />
    </div>
  );
}

/** Which fields are closed on a record and open on others, as the record's JSON says it in `$limits`. */
import type { Describe, FieldInfo, FieldLimits, RecordJson } from "@/api";

export function limitsOf(record: RecordJson): FieldLimits | null {
  return (record["$limits"] as unknown as FieldLimits | undefined) ?? null;
}

/** Whether a field that may be changed on others is closed on this record. */
export function isClosedOn(record: RecordJson, key: string): boolean {
  return limitsOf(record)?.read_only.includes(key) ?? false;
}

/** The field as it is on this record. */
export function fieldOn(field: FieldInfo, key: string, record: RecordJson): FieldInfo {
  return limitedField(field, key, limitsOf(record));
}

function limitedField(field: FieldInfo, key: string, limits: FieldLimits | null): FieldInfo {
  if (!limits) return field;
  const masked = limits.masked.includes(key);
  if (!masked && !limits.read_only.includes(key) && !limits.hidden.includes(key)) return field;
  return { ...field, read_only: true, masked: masked || field.masked === true };
}

/** The form as it is for a record with these limits: hidden fields are not there, others cannot be changed. */
export function describeLimited(describe: Describe, limits: FieldLimits | null | undefined): Describe {
  if (!limits || limits.hidden.length + limits.masked.length + limits.read_only.length === 0) return describe;
  const hidden = new Set(limits.hidden);
  const shown = (fields: Describe["fields"]): Describe["fields"] =>
    Object.fromEntries(Object.entries(fields).flatMap(([key, field]) => (hidden.has(key) ? [] : [[key, limitedField(field, key, limits)] as const])));
  return { ...describe, fields: shown(describe.fields), order: describe.order.filter((key) => !hidden.has(key)), system_fields: shown(describe.system_fields) };
}

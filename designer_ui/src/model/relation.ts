import type { Json, RecordJson, RelatedInfo, Values } from "@/api";

/** {$form.x} of this record, {$form.x.y} of one it points at; of a line also {$form.$parent.x} and {$parent.x}. */
const OWN = /\{(?:\$form\.((?:\$parent\.)?[a-z0-9_]+)|(\$parent\.[a-z0-9_]+))[.}]/g;

/** The ids of one or several chosen records. */
export function recordIds(value: Json): readonly number[] {
  const items = Array.isArray(value) ? (value as readonly Json[]) : value === null ? [] : [value];
  return items.map((item) => (typeof item === "object" && item !== null && "id" in item ? Number(item["id"]) : Number(item)));
}

/** The value of the relation at the other end of a list, so that a new record there points at this one. */
export function pointingAt(related: RelatedInfo, form: string, record: RecordJson): Json {
  const target = { id: record.id, title: record.title };
  if (related.type === "relation_any") return { form, ...target };
  return related.type === "relations" ? [target] : target;
}

/** The records of a related list as a filter over their own form; null where a filter cannot say it. */
export function pointingFilter(related: RelatedInfo, id: number): string | null {
  if (related.type === "relations") return `HAS({${related.field}}, ${id})`;
  return related.type === "relation" ? `{${related.field}} = ${id}` : null;
}

/** Those of a record's values that a relation's conditions look at. */
export function conditionValues(conditions: readonly (string | undefined)[], values: Values | undefined): Values {
  const keys = conditions.flatMap((condition) => [...(condition ?? "").matchAll(OWN)].map((match) => match[1] ?? match[2] ?? ""));
  const known = keys.filter((key) => values !== undefined && key in values);
  return Object.fromEntries(known.map((key) => [key, values?.[key] ?? null]));
}

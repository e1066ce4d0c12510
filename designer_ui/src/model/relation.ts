import type { Json, RecordJson, RelatedInfo, Values } from "@/api";

/** {$form.x} of this record; of a line also {$form.$parent.x} and {$parent.x}, of the record around it. */
const OWN = /\{(?:\$form\.((?:\$parent\.)?[a-z0-9_]+)|(\$parent\.[a-z0-9_]+))\}/g;

function literal(value: Json): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value).toUpperCase();
  if (typeof value === "object" && value !== null && "id" in value) return String(value["id"]);
  return `"${String(value).replaceAll('"', '""')}"`;
}

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

/**
 * A relation's condition with this record's values put in for {$form.x}, as a filter over the target.
 * Undefined while a value it needs is still blank: then nothing is narrowed.
 */
export function targetFilter(condition: string | undefined, values: Values): string | undefined {
  if (condition === undefined) return undefined;
  const needed = [...condition.matchAll(OWN)].map((match) => match[1] ?? match[2] ?? "");
  if (needed.some((key) => values[key] === undefined || values[key] === null)) return undefined;
  return condition.replace(OWN, (_, own?: string, around?: string) => literal(values[own ?? around ?? ""] ?? null));
}

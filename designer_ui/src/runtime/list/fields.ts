/** A form's fields as a list needs them: own and system fields together, formulas by their result. */
import type { Describe, FieldInfo, RecordJson } from "@/api";
import { isBlank } from "@/catalogue/registry";
import type { FilterFields } from "@/model/filter";

export type Fields = Readonly<Record<string, FieldInfo>>;

/** Own fields in layout order, then the system fields. */
export function fieldsOf(describe: Describe): Fields {
  const own = describe.order.flatMap((key) => (describe.fields[key] ? [[key, describe.fields[key]] as const] : []));
  return { ...describe.system_fields, ...Object.fromEntries(own) };
}

/** Not for people: the revision counts saves, the title repeats other fields. */
const INTERNAL = new Set(["revision", "title"]);

/** Keys in the order people know from the form; system fields last. */
export function fieldOrder(describe: Describe): readonly string[] {
  const own = describe.order.filter((key) => describe.fields[key] && !describe.fields[key]?.hidden);
  return [...own, ...Object.keys(describe.system_fields).filter((key) => !own.includes(key) && !INTERNAL.has(key))];
}

/** What a field's value is: for a formula the type of its result. */
export function valueType(field: FieldInfo | undefined): string {
  if (!field) return "text";
  return field.type === "formula" ? (field.result ?? "text") : field.type;
}

export function filterFieldsOf(fields: Fields): FilterFields {
  const whole = Object.entries(fields).filter(([, field]) => !field.masked);
  return Object.fromEntries(whole.map(([key, field]) => [key, { type: valueType(field) }]));
}

const NEVER_INLINE = new Set(["formula", "autonumber", "file", "image", "rich_text", "address", "subform"]);
const SYSTEM_WRITABLE = "owner";

/** Whether a cell of this column can be changed in place. */
export function editableInList(describe: Describe, key: string): boolean {
  const field = fieldsOf(describe)[key];
  if (!field || field.read_only || !describe.actions.includes("edit") || NEVER_INLINE.has(field.type)) return false;
  return key in describe.fields || key === SYSTEM_WRITABLE;
}

const NEVER_SORTED = new Set(["file", "image", "rich_text", "long_text", "multi_choice", "users", "departments", "relations", "relation_any", "address", "subform"]);

export function sortableInList(field: FieldInfo | undefined): boolean {
  return !!field && (field.sortable ?? !NEVER_SORTED.has(valueType(field)));
}

/** Types with few values that many records share; a group per name or amount would be no group. */
const GROUPED = new Set(["choice", "boolean", "user", "department", "organisation", "relation", "rating", "date", "datetime"]);

/** Whether groups of this field are stretches of days. */
export function periodicInList(field: FieldInfo | undefined): boolean {
  return ["date", "datetime"].includes(valueType(field));
}

export function groupableInList(field: FieldInfo | undefined): boolean {
  return !!field && field.groupable !== false && GROUPED.has(valueType(field));
}

const NUMERIC = new Set(["number", "money", "percent"]);

export function isNumeric(field: FieldInfo | undefined): boolean {
  return NUMERIC.has(valueType(field));
}

/** The columns of a state that this person may see, without repeats. */
export function visibleColumns(columns: readonly string[], fields: Fields): readonly string[] {
  return [...new Set(columns)].filter((key) => key in fields);
}

/** The fields of a card that say something its title does not say already. */
export function tellingFields(record: RecordJson, keys: readonly string[]): readonly string[] {
  const title = record.title ?? "";
  return keys.filter((key) => {
    const value = record[key];
    return !isBlank(value) && !(typeof value === "string" && title.includes(value));
  });
}

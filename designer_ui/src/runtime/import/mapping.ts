/** Which column of a file goes into which field. */
import type { Describe, FieldInfo } from "@/api";
import type { FilePreview, ImportColumn } from "./types";

/** Field key by column name; columns without an entry are left out. */
export type Mapping = Readonly<Record<string, string>>;

/** The number of a record: rows find their record by it, and never set it. */
export const RECORD_ID = "id";

/** Between a subform and a field of its lines. */
const JOINT = ".";

/** The subform that a mapping names ("lines" of "lines.product"); "" for a field of the record itself. */
export const subformOf = (name: string): string => (name.includes(JOINT) ? (name.split(JOINT, 1)[0] ?? "") : "");

/** The field of lines that a mapping names. */
export const lineField = (name: string): string => name.slice(subformOf(name).length + JOINT.length);

/** The field that a mapping names. */
export function fieldNamed(describe: Describe, name: string): FieldInfo | undefined {
  const subform = subformOf(name);
  if (subform === "") return describe.fields[name] ?? describe.system_fields[name];
  return describe.fields[subform]?.fields?.[lineField(name)];
}

/** The fields of lines that columns may go into, as a mapping names them. */
export function lineFields(subforms: FilePreview["subforms"]): readonly string[] {
  return Object.entries(subforms).flatMap(([subform, { fields }]) => fields.map(({ key }) => `${subform}${JOINT}${key}`));
}

/** The subforms whose lines a mapping fills. */
export function subformsIn(mapping: Mapping): readonly string[] {
  return [...new Set(Object.values(mapping).map(subformOf))].filter((subform) => subform !== "");
}

const NEVER = new Set(["formula", "file", "image", "subform"]);
const NEVER_KEYS = new Set(["long_text", "rich_text", "multi_choice", "users", "departments", "relations", "relation_any", "address", "file", "image", "subform"]);

/** The fields a file can fill, in the order of the form; the owner comes last. */
export function importableFields(describe: Describe): readonly string[] {
  const own = describe.order.filter((key) => {
    const field = describe.fields[key];
    return field !== undefined && !field.read_only && !field.hidden && !NEVER.has(field.type);
  });
  return "owner" in describe.system_fields && !own.includes("owner") ? [...own, "owner"] : own;
}

/** Fields that a file cannot fill but that tell which record a row is about: given numbers, the record's own. */
export function keyOnlyFields(describe: Describe): readonly string[] {
  const numbers = describe.order.filter((key) => describe.fields[key]?.type === "autonumber");
  return [...numbers, RECORD_ID];
}

/** The suggested mapping; a field that two columns suggest goes to the first of them. */
export function suggestedMapping(columns: readonly ImportColumn[], allowed: readonly string[]): Mapping {
  const mapping: Record<string, string> = {};
  for (const { name, suggestion } of columns) {
    if (suggestion && allowed.includes(suggestion) && !Object.values(mapping).includes(suggestion)) mapping[name] = suggestion;
  }
  return mapping;
}

/** A field can be filled by one column only: choosing it takes it from the column that had it. */
export function mapColumn(mapping: Mapping, column: string, field: string | null): Mapping {
  const rest = Object.entries(mapping).filter(([name, key]) => name !== column && key !== field);
  return Object.fromEntries(field === null ? rest : [...rest, [column, field]]);
}

/** What new records need and no column fills; fields of lines where a column brings lines. */
export function missingFields(demanded: readonly string[], mapping: Mapping): readonly string[] {
  const filled = new Set(["", ...Object.values(mapping).flatMap((name) => [name, subformOf(name)])]);
  return demanded.filter((name) => !filled.has(name) && filled.has(subformOf(name)));
}

/** The mapped fields that can tell records apart; unique ones first. */
export function matchKeys(describe: Describe, mapping: Mapping): readonly string[] {
  const rank = (key: string): number => (key === RECORD_ID ? 2 : Number(describe.fields[key]?.unique ?? describe.fields[key]?.type === "autonumber"));
  return Object.values(mapping)
    .filter((key) => key === RECORD_ID || (key in describe.fields && !NEVER_KEYS.has(describe.fields[key]?.type ?? "")))
    .sort((a, b) => rank(b) - rank(a));
}

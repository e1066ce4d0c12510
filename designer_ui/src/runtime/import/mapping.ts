/** Which column of a file goes into which field. */
import type { Describe } from "@/api";
import type { ImportColumn } from "./types";

/** Field key by column name; columns without an entry are left out. */
export type Mapping = Readonly<Record<string, string>>;

/** The number of a record: rows find their record by it, and never set it. */
export const RECORD_ID = "id";

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

/** Required fields that no column fills. */
export function missingFields(describe: Describe, mapping: Mapping): readonly string[] {
  const filled = new Set(Object.values(mapping));
  return describe.order.filter((key) => describe.fields[key]?.required === true && !describe.fields[key]?.read_only && !filled.has(key));
}

/** The mapped fields that can tell records apart; unique ones first. */
export function matchKeys(describe: Describe, mapping: Mapping): readonly string[] {
  const rank = (key: string): number => (key === RECORD_ID ? 2 : Number(describe.fields[key]?.unique ?? describe.fields[key]?.type === "autonumber"));
  return Object.values(mapping)
    .filter((key) => key === RECORD_ID || (key in describe.fields && !NEVER_KEYS.has(describe.fields[key]?.type ?? "")))
    .sort((a, b) => rank(b) - rank(a));
}

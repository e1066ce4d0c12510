/** Which column of a file goes into which field. */
import type { Describe } from "@/api";
import type { ImportColumn } from "./calls";

/** Field key by column name; columns without an entry are left out. */
export type Mapping = Readonly<Record<string, string>>;

const NEVER = new Set(["formula", "file", "image"]);

/** The fields a file can fill, in the order of the form; the owner comes last. */
export function importableFields(describe: Describe): readonly string[] {
  const own = describe.order.filter((key) => {
    const field = describe.fields[key];
    return field !== undefined && !field.read_only && !field.hidden && !NEVER.has(field.type);
  });
  return "owner" in describe.system_fields && !own.includes("owner") ? [...own, "owner"] : own;
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
  const unique = (key: string): number => Number(describe.fields[key]?.unique ?? false);
  return Object.values(mapping)
    .filter((key) => key in describe.fields)
    .sort((a, b) => unique(b) - unique(a));
}

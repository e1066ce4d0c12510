import type { FieldInfo, Json, Values } from "@/api";
import { isComputed, isLine, jsonOfLines, lineFields, linesOf, newLine, storedLines, type Line, type LineFields } from "./line";

/** How two values of a line's field are compared. */
type Same = (one: Json | undefined, other: Json | undefined) => boolean;

/** Whether lines as they were edited still say what is stored: the same lines, in their order, with nothing typed that differs. */
export function sameLines(stored: Json | undefined, edited: Json | undefined, same: Same): boolean {
  const before = linesOf(stored);
  const after = linesOf(edited);
  const values = storedLines(stored);
  return before.length === after.length && after.every((line, row) => line.id === before[row]?.id && !isChanged(line, values, same));
}

function isChanged({ id, typed }: Line, stored: ReadonlyMap<number, Values>, same: Same): boolean {
  const keys = Object.keys(typed);
  if (id === null) return true;
  const before = stored.get(id);
  return keys.some((key) => !same(before?.[key], typed[key]));
}

/** Whether two values that the server sent hold the same lines. */
export function sameStored(one: Json | undefined, other: Json | undefined, same: Same): boolean {
  const [left, right] = [one, other].map((value) => (Array.isArray(value) ? (value as readonly Values[]) : []));
  if (!left || !right || left.length !== right.length) return false;
  return left.every((line, row) => {
    const beside = right[row] ?? {};
    const keys = new Set([...Object.keys(line), ...Object.keys(beside)]);
    return [...keys].every((key) => same(line[key], beside[key]));
  });
}

/** Whether a value is a list of lines that were edited. */
export function areEdited(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isLine(item as Json));
}

/** Lines that somebody is to complete, as if they had been typed: what a copy of a record or a new one begins with. */
export function copiedLines(field: FieldInfo, value: Json | undefined): Json {
  const { fields } = lineFields(field);
  if (!Array.isArray(value)) return null;
  const lines = (value as readonly Values[]).map((line) => newLine(typedOf(fields, line)));
  return lines.length ? jsonOfLines(lines) : null;
}

/** What of a line's values somebody may have typed. */
function typedOf(fields: LineFields["fields"], line: Values): Values {
  const open = Object.entries(fields).filter(([key, field]) => !isComputed(field) && !field.read_only && !field.unique && (line[key] ?? null) !== null);
  return Object.fromEntries(open.map(([key]) => [key, line[key] ?? null]));
}

const begun = new WeakMap<object, Json>();

/** The lines that the server begins a new record with, as if somebody had typed them; the same for the same answer. */
export function firstLines(field: FieldInfo, answer: Json | undefined): Json {
  if (!Array.isArray(answer)) return null;
  const before = begun.get(answer);
  if (before !== undefined) return before;
  const lines = copiedLines(field, answer);
  begun.set(answer, lines);
  return lines;
}

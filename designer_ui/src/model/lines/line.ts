import type { FieldInfo, Json, Values } from "@/api";

/**
 * A line of a subform while somebody works on it. It never changes: an edit makes another one with the same key.
 * In a form's values it stands as JSON beside the flat lines that the server sends ({id, field: value...}).
 */
export interface Line {
  /** Its name among the lines of this form, wherever it moves. */
  readonly key: string;
  /** Null until it is saved. */
  readonly id: number | null;
  /** Only what somebody typed or pasted; the rest is as stored, or what defaults and rules give. */
  readonly typed: Values;
}

export type Lines = readonly Line[];

let made = 0;

export function newLine(typed: Values = {}): Line {
  made += 1;
  return { key: `n${made}`, id: null, typed };
}

export function isLine(json: Json | undefined): boolean {
  return typeof json === "object" && json !== null && !Array.isArray(json) && "typed" in json && "key" in json;
}

const known = new WeakMap<object, Line>();

/** A flat line as the server sends it; one without an id is a first value that nobody has saved yet. */
function lineOf(json: Json): Line[] {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return [];
  if (isLine(json)) return [json as unknown as Line];
  const found = known.get(json);
  if (found) return [found];
  const { id, ...typed } = json as { readonly [key: string]: Json };
  const line = typeof id === "number" ? { key: `s${id}`, id, typed: {} } : newLine(typed);
  known.set(json, line);
  return [line];
}

/** The lines in a subform's value, whether it comes from the server or from an edit. */
export function linesOf(value: Json | undefined): Lines {
  return Array.isArray(value) ? value.flatMap((item) => lineOf(item as Json)) : [];
}

/** Lines as a value of the form. */
export const jsonOfLines = (lines: Lines): Json => lines as unknown as Json;

/** The stored values of each line by its id. */
export function storedLines(value: Json | undefined): ReadonlyMap<number, Values> {
  const found = new Map<number, Values>();
  if (!Array.isArray(value)) return found;
  for (const item of value as readonly Json[]) {
    if (typeof item !== "object" || item === null || Array.isArray(item) || isLine(item)) continue;
    const line = item as Values;
    if (typeof line["id"] === "number") found.set(line["id"], line);
  }
  return found;
}

export interface LineFields {
  readonly fields: Readonly<Record<string, FieldInfo>>;
  readonly order: readonly string[];
}

const NOTHING: LineFields = { fields: {}, order: [] };
const fieldsOfSubform = new WeakMap<FieldInfo, LineFields>();

/** The fields of a subform's lines, in their order. */
export function lineFields(field: FieldInfo): LineFields {
  if (!field.fields) return NOTHING;
  const before = fieldsOfSubform.get(field);
  if (before) return before;
  const found = { fields: field.fields, order: field.order ?? Object.keys(field.fields) };
  fieldsOfSubform.set(field, found);
  return found;
}

/** Whether nobody can type into a field, whatever the rules say. */
export function isComputed(field: FieldInfo): boolean {
  return field.type === "formula" || field.type === "autonumber";
}

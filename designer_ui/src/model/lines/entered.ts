import type { Describe, FieldInfo, FieldState, Json, Label, Prepared, Values } from "@/api";
import { lineFields, linesOf, storedLines, type Line, type Lines } from "./line";
import { firstLines } from "./values";

/** A line with all it holds before anything is computed; the same object as long as nothing of it changes. */
export interface EnteredLine {
  readonly line: Line;
  /** As it was saved; nothing for a new one. */
  readonly stored: Values;
  /** As stored, as typed, as rules gave it. */
  readonly values: Values;
  /** What the server said of its fields. */
  readonly told: States;
}

type States = Readonly<Record<string, FieldState>>;

/** What the server answered about a line. */
interface Given {
  readonly values: Values;
  readonly states: States;
}

/** A line as it is shown. The same object as long as nothing about it changes. */
export interface ShownLine {
  readonly line: Line;
  readonly values: Values;
  /** Of fields about which rules say something. */
  readonly states: States;
  /** What does not hold: the field ("" for the line as a whole) and the message. */
  readonly issues: readonly { readonly field: string; readonly message: Label }[];
}

/** Lines by the key of their subform. */
export type EnteredLines = Readonly<Record<string, readonly EnteredLine[]>>;
export type ShownLines = Readonly<Record<string, readonly ShownLine[]>>;

const NOTHING: Values = {};
const NOT_GIVEN: Given = { values: {}, states: {} };

interface Remembered {
  readonly stored: Values;
  readonly given: Given;
  readonly entered: EnteredLine;
}

const remembered = new WeakMap<Line, Remembered>();

function enter(line: Line, stored: Values, given: Given, fields: Readonly<Record<string, FieldInfo>>): EnteredLine {
  const before = remembered.get(line);
  if (before && before.stored === stored && before.given === given) return before.entered;
  const taken = Object.entries(given.values).filter(([key]) => key !== "id" && (!(key in line.typed) || fields[key]?.read_only));
  const entered = { line, stored, values: { ...stored, ...line.typed, ...Object.fromEntries(taken) }, told: given.states };
  remembered.set(line, { stored, given, entered });
  return entered;
}

/** What the server's answer says of each line, by the line's key: it answers in the order in which it was asked. */
export function givenToLines(field: FieldInfo, asked: Json | undefined, { values, lines: states = {} }: Pick<Prepared, "values" | "lines">, key: string): ReadonlyMap<string, Given> {
  const found = new Map<string, Given>();
  const answer = values[key];
  if (!Array.isArray(answer)) return found;
  linesOf(asked ?? firstLines(field, answer)).forEach((line, row) => {
    const given = (answer as readonly Json[])[row];
    if (typeof given === "object" && given !== null) found.set(line.key, { values: given as Values, states: states[key]?.[row] ?? {} });
  });
  return found;
}

/** A subform's lines with everything they hold so far. */
export function enteredLines(field: FieldInfo, lines: Lines, stored: Json | undefined, given: ReadonlyMap<string, Given>): readonly EnteredLine[] {
  const before = storedLines(stored);
  const { fields } = lineFields(field);
  return lines.map((line) => enter(line, (line.id === null ? undefined : before.get(line.id)) ?? NOTHING, given.get(line.key) ?? NOT_GIVEN, fields));
}

/** The subforms of a form. */
export function subformsOf(describe: Describe): readonly (readonly [string, FieldInfo])[] {
  return Object.entries(describe.fields).filter(([, field]) => field.type === "subform");
}

const shown = new WeakMap<EnteredLine, ShownLine>();

/** Lines of which the browser computes nothing. */
export function shownAsEntered(lines: readonly EnteredLine[]): readonly ShownLine[] {
  return lines.map((entered) => {
    const before = shown.get(entered);
    if (before) return before;
    const made: ShownLine = { line: entered.line, values: entered.values, states: entered.told, issues: [] };
    shown.set(entered, made);
    return made;
  });
}

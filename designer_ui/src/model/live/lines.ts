import type { FieldInfo, FieldState, Json, LiveProgram, Values } from "@/api";
import { lineFields, type EnteredLine, type ShownLine } from "../lines";
import { evaluate, fieldsOf, type Context, type Core, type Problem, type Value } from "../formulas";
import { jsonOf, stored, valueOf } from "./fieldValues";
import type { LocalIssue } from "./program";
import { typedValue } from "./typed";

/** Begins the names of the record's fields in the expressions of its lines, and of values before the change. */
const PARENT = "$parent.";
const BEFORE = "$old.";

export interface ComputedLine extends ShownLine {
  /** For the record's expressions, by field. */
  readonly results: ReadonlyMap<string, Value>;
}

interface Surroundings {
  readonly field: FieldInfo;
  readonly program: LiveProgram;
  /** The record's values so far. */
  readonly record: ReadonlyMap<string, Value | Problem>;
  readonly context: Context;
}

interface Remembered {
  readonly program: LiveProgram;
  readonly parents: readonly (Value | Problem)[];
  readonly today: number;
  readonly computed: ComputedLine;
}

/** What was computed of a line, as long as the line is the same object. */
const remembered = new WeakMap<EnteredLine, Remembered>();

/** Computes the lines of a subform anew where they, or what they look at in the record, have changed. */
export function computeLines(lines: readonly EnteredLine[], around: Surroundings): readonly ComputedLine[] {
  const parents = parentsOf(around.program).map((key) => around.record.get(key) ?? null);
  const today = around.context.today.days;
  return lines.map((entered) => {
    const before = remembered.get(entered);
    if (before && before.program === around.program && before.today === today && isSameList(before.parents, parents)) return before.computed;
    const computed = new LineRun(entered, around).result();
    remembered.set(entered, { program: around.program, parents, today, computed });
    return computed;
  });
}

const isSame = (one: Value | Problem, other: Value | Problem): boolean => one === other || JSON.stringify(one, plain) === JSON.stringify(other, plain);
const plain = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);
const isSameList = (one: readonly (Value | Problem)[], other: readonly (Value | Problem)[]): boolean => one.every((value, place) => isSame(value, other[place] ?? null));

const parentKeys = new WeakMap<LiveProgram, readonly string[]>();

/** The record's fields at which the expressions of its lines look. */
export function parentsOf(program: LiveProgram): readonly string[] {
  const before = parentKeys.get(program);
  if (before) return before;
  const read = expressionsOf(program).flatMap((core) => [...fieldsOf(core as Core)]);
  const found = [...new Set(read.filter((key) => key.startsWith(PARENT)).map((key) => key.slice(PARENT.length)))];
  parentKeys.set(program, found);
  return found;
}

export function expressionsOf(program: LiveProgram): readonly Json[] {
  return [
    ...program.formulas.map((formula) => formula.value),
    ...Object.values(program.visible).flat(),
    ...[program.required, program.read_only, program.sections].flatMap((conditions) => Object.values(conditions)),
    ...program.validations.map((one) => one.holds),
    ...program.rules.flatMap((rule) => [rule.when, rule.holds]),
  ];
}

/** The names that an expression of a line can read: the line's fields, and those of the record behind {$parent}. */
class Names {
  constructor(
    private readonly own: ReadonlyMap<string, Value | Problem>,
    private readonly record: ReadonlyMap<string, Value | Problem>,
  ) {}

  get(key: string): Value | Problem | undefined {
    return key.startsWith(PARENT) ? this.record.get(key.slice(PARENT.length)) : this.own.get(key);
  }
}

interface ReadLine {
  readonly fields: Readonly<Record<string, FieldInfo>>;
  readonly own: ReadonlyMap<string, Value | Problem>;
  /** Fields in which something stands that cannot be read. */
  readonly failed: ReadonlySet<string>;
}

/** What was read of a line, as long as it is the same object: often only the record around it has changed. */
const lineValues = new WeakMap<EnteredLine, ReadLine>();

/** The values that stand in a line, and those before the change, for its expressions. */
function readLine(entered: EnteredLine, fields: Readonly<Record<string, FieldInfo>>): ReadLine {
  const known = lineValues.get(entered);
  if (known?.fields === fields) return known;
  const { line, values, stored: before } = entered;
  const own = new Map<string, Value | Problem>();
  const failed = new Set<string>();
  for (const [key, field] of Object.entries(fields)) {
    const typed = key in line.typed ? typedValue(field, line.typed[key]) : valueOf(field, values[key]);
    if (typed === undefined) failed.add(key);
    const old = line.id === null ? null : valueOf(field, before[key]);
    own.set(key, typed === undefined ? old : typed);
    own.set(`${BEFORE}${key}`, old);
  }
  const found = { fields, own, failed };
  lineValues.set(entered, found);
  return found;
}

class LineRun {
  private readonly own: Map<string, Value | Problem>;
  private readonly failed: ReadonlySet<string>;
  private readonly names: Names;
  private readonly fields: Readonly<Record<string, FieldInfo>>;

  constructor(
    private readonly entered: EnteredLine,
    private readonly around: Surroundings,
  ) {
    this.fields = lineFields(around.field).fields;
    const { own, failed } = readLine(entered, this.fields);
    this.own = new Map(own);
    this.failed = failed;
    this.names = new Names(this.own, around.record);
  }

  result(): ComputedLine {
    const computed = this.formulas();
    const { line, values } = this.entered;
    const results = new Map(Object.keys(this.fields).map((key) => [key, (this.own.get(key) ?? null) as Value]));
    return { line, values: { ...values, ...computed }, states: this.states(), issues: this.issues(), results };
  }

  private formulas(): Values {
    const found: Record<string, Json> = {};
    for (const { field: key, value } of this.around.program.formulas) {
      const field = this.fields[key];
      if (!field) continue;
      const kept = stored(field, evaluate(value as Core, this.names, this.around.context));
      this.own.set(key, kept);
      found[key] = jsonOf(kept);
    }
    return found;
  }

  private holds(core: Json): boolean {
    return evaluate(core as Core, this.names, this.around.context) === true;
  }

  private isVisible(key: string): boolean {
    const conditions = this.around.program.visible[key];
    return conditions ? conditions.every((condition) => this.holds(condition)) : (this.entered.told[key]?.visible ?? true);
  }

  private states(): Record<string, FieldState> {
    const { visible, required, read_only: closed } = this.around.program;
    const { told } = this.entered;
    const found: Record<string, FieldState> = {};
    for (const key of new Set([visible, required, closed, told].flatMap(Object.keys))) {
      const shown = this.isVisible(key);
      const needed = required[key];
      const locked = closed[key];
      found[key] = {
        visible: shown,
        required: shown && (needed === undefined ? (told[key]?.required ?? this.fields[key]?.required ?? false) : this.holds(needed)),
        read_only: locked === undefined ? (told[key]?.read_only ?? false) : this.holds(locked),
      };
    }
    return found;
  }

  /** As of a form: blank and hidden fields are not validated, and what was refused already is not said again. */
  private issues(): LocalIssue[] {
    const { validations, rules } = this.around.program;
    const wrong = validations.filter(({ field, holds }) => {
      const blank = (this.own.get(field) ?? null) === null;
      return !blank && !this.looksAtFailed(holds) && !this.holds(holds) && this.isVisible(field);
    });
    const broken = rules.filter(({ when, holds }) => !this.looksAtFailed(holds) && this.holds(when) && !this.holds(holds));
    return [...wrong, ...broken].map(({ field, message }) => ({ field: field ?? "", message }));
  }

  private looksAtFailed(core: Json): boolean {
    return this.failed.size > 0 && [...fieldsOf(core as Core)].some((key) => this.failed.has(key));
  }
}

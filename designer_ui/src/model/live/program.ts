import type { ApiIssue, Describe, FieldInfo, FieldState, Json, Label, LiveProgram, Prepared, Values } from "@/api";
import { Context, canEvaluate, decimal, evaluate, fieldsOf, readCalendar, readMoment, type Core, type Problem, type Value } from "../formulas";
import { lineFields, linesOf, type EnteredLines, type Line, type ShownLines } from "../lines";
import { jsonOf, stored, valueOf } from "./fieldValues";
import { computeLines, expressionsOf, type ComputedLine } from "./lines";
import { typedValue } from "./typed";

/** Begins the names of fields as they were before the change. */
const BEFORE = "$old.";

/** What the entry form knows when it computes: the record as it was, what was typed, what the server said. */
export interface Entry {
  readonly describe: Describe;
  readonly program: LiveProgram;
  /** No record yet: it begins now, and belongs to the person who types. */
  readonly isNew: boolean;
  /** All values as they stand, without what is computed here. */
  readonly values: Values;
  readonly base: Values;
  readonly changed: Values;
  readonly prepared: Prepared;
  /** The lines of every subform. */
  readonly lines: EnteredLines;
  readonly now: Date;
}


/** What the browser found out by itself; of everything else the server's answer holds. */
export interface Computed extends Omit<Prepared, "issues" | "lines"> {
  /** The fields of which validations and rules that do not hold speak ("" for the record as a whole), and the message. */
  readonly issues: readonly LocalIssue[];
  readonly lines: ShownLines;
}

export interface LocalIssue {
  readonly field: string;
  readonly message: Label;
}

/** The program of a form or of lines that has nothing to compute. */
export const NO_PROGRAM: LiveProgram = {
  formulas: [], visible: {}, required: {}, read_only: {}, sections: {}, validations: [], rules: [], asks: [], asks_new: [], complete: true,
  viewer: { user_id: null, department_ids: [], organisation_id: null, roles: [], time_zone: "UTC" },
};

/** Whether all expressions of a form and of its lines are for this version of the interface. */
export function isComputable(program: LiveProgram, fields: Describe["fields"] = {}): boolean {
  const programs = [program, ...Object.values(fields).flatMap(({ live }) => (live ? [live] : []))];
  return programs.every((one) => expressionsOf(one).every((core) => canEvaluate(core as Core)));
}

/** The typed values about which the server has to be asked: it decides more by them, or only it can read them. */
export function valuesToAsk(describe: Describe, program: LiveProgram, isNew: boolean, changed: Values): Values {
  const asks = new Set(isNew ? program.asks_new : program.asks);
  const needed = Object.entries(changed).filter(([key, value]) => {
    const field = fieldOf(describe, key);
    if (field?.type === "subform" && !asks.has(key)) return linesToAsk(field, value).length > 0;
    return !field || asks.has(key) || typedValue(field, value) === undefined;
  });
  return Object.fromEntries(needed.map(([key, value]) => {
    const field = fieldOf(describe, key);
    return [key, field?.type === "subform" && !asks.has(key) ? linesToAsk(field, value) : value];
  }));
}

/**
 * The typed values of lines about which the server has to be asked, each with the line it stands in. A new line is
 * asked about once in any case: it has its defaults from the server.
 */
function linesToAsk(field: FieldInfo, value: Json): Json[] {
  return linesOf(value).flatMap((line): readonly Json[] => {
    const before = asked.get(line);
    if (before?.field === field) return before.values;
    const values = lineToAsk(field, line);
    asked.set(line, { field, values });
    return values;
  });
}

/** What was found for a line, which stays the same as long as it is the same object. */
const asked = new WeakMap<Line, { readonly field: FieldInfo; readonly values: readonly Json[] }>();

function lineToAsk(field: FieldInfo, { key: line, id, typed }: Line): readonly Json[] {
  const { fields } = lineFields(field);
  const { asks = [], asks_new: asksNew = [] } = field.live ?? {};
  const found = Object.entries(typed).filter(([key, one]) => {
    const info = fields[key];
    return !info || (id === null ? asksNew : asks).includes(key) || typedValue(info, one) === undefined;
  });
  return id === null || found.length > 0 ? [{ line, ...Object.fromEntries(found) }] : [];
}

function fieldOf(describe: Describe, key: string): FieldInfo | undefined {
  return describe.fields[key] ?? describe.system_fields[key];
}

/** Everything the browser can say about an entry, in the order in which the server would. */
export function compute(entry: Entry): Computed {
  const run = new Run(entry);
  const values = run.formulas();
  return { values, fields: run.fieldStates(), sections: run.sections(), issues: run.issues(), lines: run.lines };
}

/** Formulas of lines that look at formulas of the record which look at lines: so often the two take turns at most. */
const MOST_TURNS = 8;

class Run {
  private readonly record = new Map<string, Value | Problem>();
  private readonly failed = new Set<string>();
  private readonly context: Context;
  lines: Readonly<Record<string, readonly ComputedLine[]>> = {};

  constructor(private readonly entry: Entry) {
    const { describe, program, values, changed, base } = entry;
    const { user_id, department_ids, organisation_id, roles, time_zone, calendar } = program.viewer;
    const now = readMoment(entry.now.toISOString());
    this.context = new Context(now, time_zone, user_id, department_ids, roles, calendar && readCalendar(calendar), organisation_id);
    for (const [key, field] of Object.entries({ ...describe.system_fields, ...describe.fields })) {
      if (field.type === "subform") continue;
      const typed = key in changed ? typedValue(field, changed[key]) : valueOf(field, values[key]);
      if (typed === undefined) this.failed.add(key);
      const before = valueOf(field, base[key]);
      this.record.set(key, typed === undefined ? before : typed);
      this.record.set(`${BEFORE}${key}`, entry.isNew ? null : before);
    }
    this.record.set("updated_at", now).set("updated_by", user_id);
    if (entry.isNew) this.record.set("created_at", now).set("created_by", user_id);
  }

  private holds(core: Json): boolean {
    return evaluate(core as Core, this.record, this.context) === true;
  }

  formulas(): Values {
    let values = {};
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const isNew = this.computeLines();
      if (turn > 0 && !isNew) break;
      values = this.ownFormulas();
    }
    return values;
  }

  /** Computes the lines and puts them where the record's expressions read them; whether any of them changed. */
  private computeLines(): boolean {
    const before = this.lines;
    const found: Record<string, readonly ComputedLine[]> = {};
    for (const [key, entered] of Object.entries(this.entry.lines)) {
      const field = this.entry.describe.fields[key];
      if (!field) continue;
      const lines = computeLines(entered, { field, program: field.live ?? NO_PROGRAM, record: this.record, context: this.context });
      found[key] = lines;
      const setList = (path: string, list: readonly Value[]) => this.record.set(path, list.length > 0 ? list : null);
      const ids = lines.map(({ line }, row) => line.id ?? -1 - row);
      setList(key, ids);
      // A new line counts like any other, though it has no number yet.
      setList(`${key}.id`, ids.map((id) => decimal(String(id))));
      for (const name of Object.keys(lineFields(field).fields)) setList(`${key}.${name}`, lines.map(({ results }) => results.get(name) ?? null));
    }
    this.lines = found;
    return Object.entries(found).some(([key, lines]) => lines.some((line, row) => line !== before[key]?.[row]));
  }

  private ownFormulas(): Values {
    const found: Record<string, Json> = {};
    for (const { field: key, value } of this.entry.program.formulas) {
      const field = this.entry.describe.fields[key];
      const result = evaluate(value as Core, this.record, this.context);
      if (!field) continue;
      const kept = stored(field, result);
      this.record.set(key, kept);
      found[key] = jsonOf(kept);
    }
    return found;
  }

  private isVisible(key: string): boolean {
    const conditions = this.entry.program.visible[key];
    if (conditions) return conditions.every((condition) => this.holds(condition));
    return this.entry.prepared.fields[key]?.visible ?? true;
  }

  fieldStates(): Record<string, FieldState> {
    const { program, prepared } = this.entry;
    const states: Record<string, FieldState> = {};
    for (const key of new Set([program.visible, program.required, program.read_only].flatMap(Object.keys))) {
      const [needed, closed, told] = [program.required[key], program.read_only[key], prepared.fields[key]];
      const visible = this.isVisible(key);
      const required = needed === undefined ? (told?.required ?? false) : this.holds(needed);
      const readOnly = closed === undefined ? (told?.read_only ?? false) : this.holds(closed);
      states[key] = { visible, required: required && visible, read_only: readOnly };
    }
    return states;
  }

  sections(): Record<string, { readonly visible: boolean }> {
    return Object.fromEntries(Object.entries(this.entry.program.sections).map(([key, condition]) => [key, { visible: this.holds(condition) }]));
  }

  /** As the server: blank and hidden fields are not validated, and what was refused already is not said again. */
  issues(): LocalIssue[] {
    const { validations, rules } = this.entry.program;
    const wrong = validations.filter(({ field, holds }) => {
      const blank = (this.record.get(field) ?? null) === null;
      return !blank && !this.looksAtFailed(holds) && !this.holds(holds) && this.isVisible(field);
    });
    const broken = rules.filter(({ when, holds }) => !this.looksAtFailed(holds) && this.holds(when) && !this.holds(holds));
    return [...wrong, ...broken].map(({ field, message }) => ({ field: field ?? "", message }));
  }

  private looksAtFailed(core: Json): boolean {
    return this.failed.size > 0 && [...fieldsOf(core as Core)].some((key) => this.failed.has(key));
  }
}

/** The server's issues without those that are about conditions which the browser computes. */
export function issuesOfServer(program: LiveProgram, issues: readonly ApiIssue[]): readonly ApiIssue[] {
  const own = new Set([...program.validations, ...program.rules].flatMap(({ message }) => [message.en, message.zh]));
  return issues.filter((issue) => issue.code !== "rule" || !own.has(issue.message));
}

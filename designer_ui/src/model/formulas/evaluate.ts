import { length } from "./codePoints";
import type { Context } from "./context";
import { constant, type ApplyCore, type Core } from "./core";
import { twins } from "./twins";
import type { Later } from "./twin";
import { Failure, Problem, isList, type Value } from "./values";

/** Steps after which an expression is stopped: nodes computed, and the more the longer their texts and lists. */
const MAXIMUM_STEPS = 100_000;
/** Characters of a text and items of a list that take as long as a node. */
const CHARACTERS = 64;
const ITEMS = 4;

/** The values of a record by field; an error value of a formula stands there as a Problem. */
export type FieldValues = Pick<ReadonlyMap<string, Value | Problem>, "get">;

/** Whether the browser can compute an expression: it knows every operation in it. */
export function canEvaluate(core: Core): boolean {
  if (!Array.isArray(core)) return true;
  const [name, ...operands] = core as ApplyCore;
  return twins.has(name) && operands.every(canEvaluate);
}

/** The value of an expression for a record, or a Problem; a blank is null. */
export function evaluate(core: Core, record: FieldValues, context: Context): Value | Problem {
  try {
    return new Run(record, context).compute(core);
  } catch (error) {
    if (error instanceof Failure) return new Problem(error.code);
    throw error;
  }
}

class Run {
  private steps = MAXIMUM_STEPS;

  constructor(
    private readonly record: FieldValues,
    private readonly context: Context,
  ) {}

  compute(core: Core): Value {
    this.steps -= 1;
    if (this.steps < 0) throw new Failure("#NUM!");
    const value = this.valueOf(core);
    if (typeof value === "string") this.steps -= Math.floor(length(value) / CHARACTERS);
    else if (isList(value)) this.steps -= Math.floor(value.length / ITEMS);
    return value;
  }

  private valueOf(core: Core): Value {
    if (typeof core !== "object" || core === null) return core;
    if (Array.isArray(core)) return this.apply(core as ApplyCore);
    return "field" in core ? this.read(core.field) : constant(core as Exclude<typeof core, ApplyCore>);
  }

  private read(key: string): Value {
    const value = this.record.get(key) ?? null;
    if (value instanceof Problem) throw new Failure(value.code);
    return value;
  }

  private apply([name, ...operands]: ApplyCore): Value {
    const twin = twins.get(name);
    if (!twin) throw new Error(`There is no ${name} in the browser.`);
    if (twin.style === "lazy") return twin.run(...operands.map((operand): Later => () => this.compute(operand)));
    const computed = operands.map((operand) => this.compute(operand));
    return twin.style === "context" ? twin.run(this.context, ...computed) : twin.run(...computed);
  }
}

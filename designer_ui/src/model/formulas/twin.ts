import type { Context } from "./context";
import type { Value } from "./values";

/** An operand that is computed when it is asked for. */
export type Later = () => Value;

/** The browser's form of one operation; how operands reach it is as on the server. */
export type Twin =
  | { readonly style: "eager"; readonly run: (...operands: readonly Value[]) => Value }
  | { readonly style: "context"; readonly run: (context: Context, ...operands: readonly Value[]) => Value }
  | { readonly style: "lazy"; readonly run: (...operands: readonly Later[]) => Value };

export type Twins = Readonly<Record<string, Twin>>;

/** One that is left out is undefined. */
type Operand = Value | undefined;

/** Takes computed operands; their types are those that the server's checker has made sure of. */
export function eager<Operands extends readonly Operand[]>(run: (...operands: Operands) => Value): Twin {
  return { style: "eager", run: run as unknown as (...operands: readonly Value[]) => Value };
}

/** The same, after the context. */
export function inContext<Operands extends readonly Operand[]>(run: (context: Context, ...operands: Operands) => Value): Twin {
  return { style: "context", run: run as unknown as (context: Context, ...operands: readonly Value[]) => Value };
}

export function lazy(run: (...operands: readonly Later[]) => Value): Twin {
  return { style: "lazy", run };
}

/** A twin that gives a blank as soon as one of its first `count` operands is blank. */
export function blankForBlank(count: number, twin: Twin): Twin {
  const lacking = (operands: readonly Value[]) => operands.slice(0, count).includes(null);
  if (twin.style === "eager") return { style: "eager", run: (...operands) => (lacking(operands) ? null : twin.run(...operands)) };
  if (twin.style === "context") return { style: "context", run: (context, ...operands) => (lacking(operands) ? null : twin.run(context, ...operands)) };
  return twin;
}

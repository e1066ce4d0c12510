import type { Decimal } from "decimal.js";
import { eager, lazy, type Later, type Twins } from "../twin";
import { Failure, isEqual, isList, type Value } from "../values";

/** Conditions and decisions: only what decides is computed. */

function ifs(...pairs: readonly Later[]): Value {
  for (let place = 0; place + 1 < pairs.length; place += 2) {
    if (pairs[place]?.()) return pairs[place + 1]?.() ?? null;
  }
  throw new Failure("#N/A");
}

function switched(sought: Later, ...rest: readonly Later[]): Value {
  const value = sought();
  for (let place = 0; place + 1 < rest.length; place += 2) {
    if (isEqual(rest[place]?.() ?? null, value)) return rest[place + 1]?.() ?? null;
  }
  if (rest.length % 2) return rest[rest.length - 1]?.() ?? null;
  throw new Failure("#N/A");
}

/** The value, or `otherwise` when computing it gives one of the errors. */
function rescued(value: Later, otherwise: Later, catches: (failure: Failure) => boolean): Value {
  try {
    return value();
  } catch (error) {
    if (!(error instanceof Failure) || !catches(error)) throw error;
    return otherwise();
  }
}

function chosen(place: Decimal, choices: readonly Later[]): Value {
  if (place.lt(1) || place.gte(choices.length + 1)) throw new Failure("#VALUE!");
  return choices[place.trunc().toNumber() - 1]?.() ?? null;
}

const none: Later = () => null;

export const logic: Twins = {
  IF: lazy((condition = none, then = none, otherwise = none) => (condition() ? then() : otherwise())),
  IFS: lazy(ifs),
  SWITCH: lazy((value = none, ...rest) => switched(value, ...rest)),
  AND: lazy((...conditions) => conditions.every((condition) => condition())),
  OR: lazy((...conditions) => conditions.some((condition) => condition())),
  NOT: eager((condition: boolean) => !condition),
  XOR: eager((...conditions: readonly boolean[]) => conditions.filter(Boolean).length % 2 === 1),
  TRUE: eager(() => true),
  FALSE: eager(() => false),
  IFERROR: lazy((value = none, otherwise = none) => rescued(value, otherwise, () => true)),
  IFNA: lazy((value = none, otherwise = none) => rescued(value, otherwise, (failure) => failure.code === "#N/A")),
  CHOOSE: lazy((place = none, ...choices) => chosen(place() as Decimal, choices)),
  COALESCE: eager((...values: readonly Value[]) => values.find((value) => value !== null && value !== "") ?? null),
  IN: eager((value: Value, ...options: readonly Value[]) => options.some((option) => (isList(option) ? option.some((item) => isEqual(item, value)) : isEqual(option, value)))),
};

import type { Decimal } from "decimal.js";
import { decimal, whole } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure, each, isEqual, type Value } from "../values";
import { identity } from "./totals";

/** Lists: several choices, several people. */

type Items = readonly Value[] | null;

function has(items: readonly Value[], item: Value): boolean {
  return items.some((one) => isEqual(one, item));
}

function itemAt(items: Items, place: Decimal): Value {
  const found = items ?? [];
  const number = whole(place);
  if (number === 0 || Math.abs(number) > found.length) throw new Failure("#REF!");
  return filledAt(found, number > 0 ? number - 1 : number);
}

/** An item; an empty text is a blank. */
function filledAt(items: Items, place: number): Value {
  const item = items?.at(place) ?? null;
  return item === "" ? null : item;
}

function unique(...lists: readonly Items[]): Value {
  const found = new Map<string, Value>();
  for (const item of each(lists)) if (!found.has(identity(item))) found.set(identity(item), item);
  return found.size > 0 ? [...found.values()] : null;
}

function listed(...items: readonly Value[]): Value {
  const filled = items.filter((item) => item !== null);
  return filled.length > 0 ? filled : null;
}

export const list: Twins = {
  HAS: eager((items: Items, item: Value) => items !== null && item !== null && has(items, item)),
  HASANY: eager((items: Items, others: Items) => items !== null && others !== null && others.some((one) => has(items, one))),
  HASALL: eager((items: Items, others: Items) => items !== null && others !== null && others.every((one) => has(items, one))),
  LENGTH: eager((items: Items) => decimal(items?.length ?? 0)),
  LIST: eager(listed),
  INDEX: eager(itemAt),
  FIRST: eager((items: Items) => filledAt(items, 0)),
  LAST: eager((items: Items) => filledAt(items, -1)),
  UNIQUE: eager(unique),
};

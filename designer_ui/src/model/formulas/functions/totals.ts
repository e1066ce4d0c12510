import type { Decimal } from "decimal.js";
import { ONE, ZERO, add, decimal, divide, multiply } from "../decimals";
import { looksLikeNumber } from "../numbersInText";
import { eager, type Twins } from "../twin";
import { Clock, Day, Duration, Failure, Moment, each, isList, isNumber, order, type Value } from "../values";

/** Totals: sums, counts, means and extremes of values and lists. */

/** All numbers that are not blank. */
export function decimals(values: readonly Value[]): Decimal[] {
  return each(values).map((value) => (typeof value === "number" ? decimal(value) : (value as Decimal)));
}

function extreme(sign: 1 | -1) {
  return eager((...values: readonly Value[]) => each(values).reduce<Value>((best, value) => (best === null || order(value, best) * sign > 0 ? value : best), null));
}

function sum(values: readonly Value[]): Decimal {
  return decimals(values).reduce(add, ZERO);
}

function counts(value: Value): boolean {
  if (typeof value === "string") return looksLikeNumber(value);
  return typeof value === "boolean" || isNumber(value) || value instanceof Day || value instanceof Moment || value instanceof Clock || value instanceof Duration;
}

function product(...values: readonly Value[]): Decimal {
  const factors = decimals(values);
  return factors.length > 0 ? factors.reduce(multiply, ONE) : ZERO;
}

/** The sum of the products of what stands at the same place of lists that are equally long. */
function sumProduct(...values: readonly Value[]): Decimal {
  const lists = values.map((value) => (isList(value) ? value : [value]));
  const [first = []] = lists;
  if (lists.some((one) => one.length !== first.length)) throw new Failure("#VALUE!");
  const rows = first.map((_, place) => lists.map((one) => decimals([one[place] ?? null])[0] ?? ZERO));
  return rows.map((row) => row.reduce(multiply, ONE)).reduce(add, ZERO);
}

/** A text that is the same for equal values of any types. */
export function identity(value: Value): string {
  if (typeof value === "string") return `text ${value.toLowerCase()}`;
  if (isNumber(value)) return `number ${value.toFixed()}`;
  if (value instanceof Day) return `day ${value.days}`;
  if (value instanceof Moment || value instanceof Duration) return `${value instanceof Moment ? "moment" : "duration"} ${value.micros}`;
  if (value instanceof Clock) return `clock ${value.micros}`;
  return isList(value) ? `list ${value.map(identity).join()}` : `${typeof value} ${String(value)}`;
}

export const totals: Twins = {
  MAX: extreme(1),
  MIN: extreme(-1),
  SUM: eager((...values: readonly Value[]) => sum(values)),
  AVERAGE: eager((...values: readonly Value[]) => divide(sum(values), decimal(decimals(values).length))),
  COUNT: eager((...values: readonly Value[]) => decimal(each(values).filter(counts).length)),
  COUNTA: eager((...values: readonly Value[]) => decimal(each(values).filter((value) => value !== "").length)),
  COUNTBLANK: eager((...values: readonly Value[]) => decimal(values.flatMap((value) => (isList(value) ? value : [value])).filter((value) => value === null || value === "").length)),
  COUNTUNIQUE: eager((...values: readonly Value[]) => decimal(new Set(each(values).filter((value) => value !== "").map(identity)).size)),
  PRODUCT: eager(product),
  SUMPRODUCT: eager(sumProduct),
  SUMSQ: eager((...values: readonly Value[]) => decimals(values).reduce((total, value) => add(total, multiply(value, value)), ZERO)),
};

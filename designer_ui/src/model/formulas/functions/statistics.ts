import type { Decimal } from "decimal.js";
import { Series, ZERO, add, asQuotient, decimal, divide, multiply, subtract, whole } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure, type Value } from "../values";
import { decimals } from "./totals";

/** Statistics over values and lists: the middle, the spread, places in the order. */

function sorted(values: readonly Value[]): Decimal[] {
  const found = decimals(values).sort((one, other) => one.cmp(other));
  if (found.length === 0) throw new Failure("#NUM!");
  return found;
}

function at(values: readonly Decimal[], place: number): Decimal {
  const found = values[place];
  if (!found) throw new Failure("#NUM!");
  return found;
}

/** The value below which that share of the others lies, between two of them where it must be. */
function atShare(ordered: readonly Decimal[], share: Decimal): Decimal {
  const place = multiply(share, decimal(ordered.length - 1));
  const below = whole(place);
  if (below + 1 === ordered.length) return at(ordered, below);
  const step = subtract(at(ordered, below + 1), at(ordered, below));
  return add(at(ordered, below), multiply(step, subtract(place, decimal(below))));
}

function mode(...values: readonly Value[]): Decimal {
  const counted = new Map<string, { readonly value: Decimal; times: number }>();
  for (const value of decimals(values)) {
    const found = counted.get(value.toFixed());
    if (found) found.times += 1;
    else counted.set(value.toFixed(), { value, times: 1 });
  }
  let best = { value: ZERO, times: 0 };
  for (const one of counted.values()) if (one.times > best.times) best = one;
  if (best.times < 2) throw new Failure("#N/A");
  return best.value;
}

/** The mean of the squared distances from the mean, with so many `fewer` in the divisor. */
function variance(values: readonly Value[], fewer: number): Decimal {
  const found = decimals(values);
  if (found.length <= fewer) throw new Failure("#DIV/0!");
  const total = found.reduce(add, ZERO);
  const squares = found.reduce((sum, value) => add(sum, multiply(value, value)), ZERO);
  const count = decimal(found.length);
  return divide(subtract(multiply(squares, count), multiply(total, total)), multiply(count, decimal(found.length - fewer)));
}

function deviation(values: readonly Value[], fewer: number): Decimal {
  return asQuotient(Series.sqrt(variance(values, fewer)));
}

function placed(values: Value, place: Decimal, choose: (count: number, number: number) => number): Decimal {
  const found = sorted([values]);
  const number = whole(place);
  if (number < 1 || number > found.length) throw new Failure("#NUM!");
  return at(found, choose(found.length, number));
}

function rank(value: Decimal, values: Value, ascending: Decimal = ZERO): Decimal {
  const found = decimals([values]);
  if (!found.some((one) => one.eq(value))) throw new Failure("#N/A");
  return decimal(1 + found.filter((one) => (ascending.isZero() ? one.gt(value) : one.lt(value))).length);
}

function percentile(values: Value, share: Decimal): Decimal {
  const found = sorted([values]);
  if (share.lt(0) || share.gt(1)) throw new Failure("#NUM!");
  return atShare(found, share);
}

function quartile(values: Value, quarter: Decimal): Decimal {
  const found = sorted([values]);
  const number = whole(quarter);
  if (number < 0 || number > 4) throw new Failure("#NUM!");
  return atShare(found, decimal(number / 4));
}

export const statistics: Twins = {
  MEDIAN: eager((...values: readonly Value[]) => atShare(sorted(values), decimal("0.5"))),
  MODE: eager(mode),
  VAR: eager((...values: readonly Value[]) => variance(values, 1)),
  VARP: eager((...values: readonly Value[]) => variance(values, 0)),
  STDEV: eager((...values: readonly Value[]) => deviation(values, 1)),
  STDEVP: eager((...values: readonly Value[]) => deviation(values, 0)),
  LARGE: eager((values: Value, place: Decimal) => placed(values, place, (count, number) => count - number)),
  SMALL: eager((values: Value, place: Decimal) => placed(values, place, (_, number) => number - 1)),
  RANK: eager(rank),
  PERCENTILE: eager(percentile),
  QUARTILE: eager(quartile),
};

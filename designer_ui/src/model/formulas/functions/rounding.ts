import { Decimal } from "decimal.js";
import { CEILING, DOWN, FLOOR, HALF_AWAY, ONE, Series, UP, ZERO, add, decimal, divide, multiply, negate, roundTo, subtract, whole } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";

/** Rounding: to decimals, to multiples, to whole numbers. */

function toPlaces(rounding: Decimal.Rounding) {
  return eager((value: Decimal, digits: Decimal = ZERO) => roundTo(value, Math.max(-200, Math.min(200, whole(digits))), rounding));
}

function toMultiple(value: Decimal, step: Decimal, rounding: Decimal.Rounding): Decimal {
  if (value.gt(0) && step.lt(0)) throw new Failure("#NUM!");
  return multiply(roundTo(Series.div(value, step), 0, rounding), step);
}

function floor(value: Decimal, step: Decimal = ONE): Decimal {
  if (!step.isZero()) return toMultiple(value, step, FLOOR);
  if (!value.isZero()) throw new Failure("#DIV/0!");
  return ZERO;
}

function nearestMultiple(value: Decimal, step: Decimal): Decimal {
  if (step.isZero()) return ZERO;
  if (value.lt(0) !== step.lt(0) && !value.isZero()) throw new Failure("#NUM!");
  return multiply(roundTo(Series.div(value, step), 0), step);
}

/** The next multiple whatever the signs; the other way for negative numbers when `mode` is not 0. */
function upright(rounding: Decimal.Rounding) {
  return eager((value: Decimal, step: Decimal = ONE, mode: Decimal = ZERO) => {
    const size = step.abs();
    if (size.isZero()) return ZERO;
    return value.lt(0) && !mode.isZero() ? negate(toMultiple(negate(value), size, rounding)) : toMultiple(value, size, rounding);
  });
}

/** The next even (`odd` 0) or odd (1) number away from zero. */
function parity(odd: 0 | 1) {
  const least = decimal(odd);
  return eager((value: Decimal) => {
    const pairs = roundTo(divide(subtract(value.abs(), least), decimal(2)), 0, CEILING);
    const size = Decimal.max(add(multiply(pairs, decimal(2)), least), least);
    return value.lt(0) ? negate(size) : size;
  });
}

export const rounding: Twins = {
  ROUND: toPlaces(HALF_AWAY),
  ROUNDUP: toPlaces(UP),
  ROUNDDOWN: toPlaces(DOWN),
  TRUNC: toPlaces(DOWN),
  INT: eager((value: Decimal) => roundTo(value, 0, FLOOR)),
  CEILING: eager((value: Decimal, step: Decimal = ONE) => (step.isZero() ? ZERO : toMultiple(value, step, CEILING))),
  FLOOR: eager(floor),
  MROUND: eager(nearestMultiple),
  "CEILING.MATH": upright(CEILING),
  "FLOOR.MATH": upright(FLOOR),
  EVEN: parity(0),
  ODD: parity(1),
};

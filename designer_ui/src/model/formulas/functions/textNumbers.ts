import type { Decimal } from "decimal.js";
import { withinLength, withoutSpaces } from "../codePoints";
import { MAXIMUM_EXPONENT, ZERO, decimal, roundTo, shiftPoint, whole } from "../decimals";
import { formatValue } from "../numberFormats";
import { numberFromText } from "../numbersInText";
import { eager, inContext, type Twins } from "../twin";
import { Failure, type Value } from "../values";

/** Numbers as text and texts as numbers. */

const TWO = decimal(2);
const MOST_DIGITS = 127;

/** The number in a text with other signs for decimals and groups. */
function numberWith(text: string, decimalSign = ".", groupSign = ","): Decimal {
  const point = [...decimalSign][0] ?? ".";
  const group = [...groupSign][0] ?? ",";
  const digits = withoutSpaces(text);
  const amount = digits.replace(/%+$/, "");
  const place = amount.indexOf(point);
  const [before, after] = place < 0 ? [amount, ""] : [amount.slice(0, place), amount.slice(place + point.length)];
  if (point === group || after.includes(group) || after.includes(point)) throw new Failure("#VALUE!");
  if (!digits) return ZERO;
  const ungrouped = before.replaceAll(group, "");
  const value = numberFromText(place < 0 ? ungrouped : `${ungrouped}.${after}`);
  return shiftPoint(value, -2 * Math.min(digits.length - amount.length, 30));
}

/** A number without its sign, with just so many decimals; negative digits: tens, hundreds ... */
function fixed(value: Decimal, digits: Decimal, grouped: boolean): string {
  const places = whole(digits);
  if (places > MOST_DIGITS) throw new Failure("#VALUE!");
  const rounded = roundTo(value.abs(), Math.max(places, -MAXIMUM_EXPONENT)).toFixed(Math.max(places, 0));
  return grouped ? rounded.replace(/^\d+/, (before) => before.replace(/(?<=\d)(?=(\d{3})+$)/g, ",")) : rounded;
}

function inDollars(value: Decimal, digits: Decimal = TWO): string {
  const amount = `$${fixed(value, digits, true)}`;
  return value.lt(0) ? `(${amount})` : amount;
}

export const textNumbers: Twins = {
  TEXT: inContext((context, value: Value, format: string) => withinLength(formatValue(context, value, format))),
  VALUE: eager((value: Decimal) => value),
  NUMBERVALUE: eager(numberWith),
  FIXED: eager((value: Decimal, digits: Decimal = TWO, noCommas = false) => (value.lt(0) ? "-" : "") + fixed(value, digits, !noCommas)),
  DOLLAR: eager(inDollars),
};

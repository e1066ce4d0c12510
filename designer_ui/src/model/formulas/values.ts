import { Decimal } from "decimal.js";

/**
 * What an expression can give, as the server has it: texts, truths, exact numbers, ids, days, moments, times of
 * day, durations, lists. A blank is null, also an empty list.
 */
export type Value = null | boolean | string | number | Decimal | Day | Moment | Clock | Duration | readonly Value[];

/** A day of the calendar, counted from 1970-01-01. */
export class Day {
  constructor(readonly days: number) {}
}

/** A moment, in microseconds from 1970-01-01 in UTC. */
export class Moment {
  constructor(readonly micros: bigint) {}
}

/** A time of day, in microseconds from midnight. */
export class Clock {
  constructor(readonly micros: number) {}
}

/** A length of time in microseconds. */
export class Duration {
  constructor(readonly micros: bigint) {}
}

export type ErrorCode = "#DIV/0!" | "#VALUE!" | "#REF!" | "#NUM!" | "#N/A";

/** An error value, as the result of an expression. */
export class Problem {
  constructor(readonly code: ErrorCode) {}
}

/** Carries an error value up to whoever catches it; never leaves this folder. */
export class Failure extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

export function isNumber(value: unknown): value is Decimal {
  return Decimal.isDecimal(value);
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether two values are the same; two blanks are. An id may stand beside a number that somebody wrote. */
export function isEqual(one: Value, other: Value): boolean {
  if (isNumber(one)) return (isNumber(other) || typeof other === "number") && one.eq(other);
  if (isNumber(other)) return isEqual(other, one);
  if (one instanceof Day) return other instanceof Day && one.days === other.days;
  if (one instanceof Moment) return other instanceof Moment && one.micros === other.micros;
  if (one instanceof Clock) return other instanceof Clock && one.micros === other.micros;
  if (one instanceof Duration) return other instanceof Duration && one.micros === other.micros;
  if (isList(one)) return isList(other) && one.length === other.length && one.every((item, place) => isEqual(item, other[place] ?? null));
  return one === other;
}

/** Below zero, zero or above zero; texts by their code points. Values of one type that are not blank. */
export function order(one: Value, other: Value): number {
  if (isNumber(one) && isNumber(other)) return one.cmp(other);
  if (one instanceof Day && other instanceof Day) return one.days - other.days;
  if (one instanceof Clock && other instanceof Clock) return one.micros - other.micros;
  if ((one instanceof Moment && other instanceof Moment) || (one instanceof Duration && other instanceof Duration)) {
    return one.micros < other.micros ? -1 : one.micros > other.micros ? 1 : 0;
  }
  if (typeof one === "string" && typeof other === "string") return orderTexts(one, other);
  return Number(one) - Number(other);
}

/** By code points: the engine's own order is that of UTF-16, where an emoji comes before a full-width letter. */
function orderTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let place = 0; place < length; place += 1) {
    const left = one.charCodeAt(place);
    const right = other.charCodeAt(place);
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** Halves of characters beyond the first 65,536 come after all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** All values that are not blank, those of lists in their turn. */
export function each(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (isList(value) ? value.filter((item) => item !== null) : value === null ? [] : [value]));
}

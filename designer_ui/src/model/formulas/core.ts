import { decimal } from "./decimals";
import { daysOf } from "./calendar";
import { Clock, Day, Moment, type Value } from "./values";

/**
 * The checked form of an expression as the server sends it:
 * a text, a truth, a blank (null) and an id (a number) stand for themselves; {"number": "1.5"}, {"date": "2026-01-31"},
 * {"datetime": "2026-01-31T08:30:00Z"} and {"time": "08:30:00"} are constants; {"field": "price"} reads a field, {"field": "$old.price"} what it was
 * before the change;
 * ["multiply", a, b] applies an operation.
 */
export type Core = null | boolean | string | number | ConstantCore | FieldCore | ApplyCore;
export type ApplyCore = readonly [string, ...Core[]];
export interface FieldCore {
  readonly field: string;
}
export type ConstantCore = { readonly number: string } | { readonly date: string } | { readonly datetime: string } | { readonly time: string };

const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?/;

export function readDay(text: string): Day {
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split("-").map(Number);
  return new Day(daysOf(year, month, day));
}

export function readClock(text: string): Clock {
  const [, hour, minute, second, fraction = ""] = TIME.exec(text) ?? [];
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return new Clock(seconds * 1_000_000 + Number(fraction.padEnd(6, "0")));
}

/** A moment as the server writes it: always in UTC, "2026-01-31T08:30:00Z". */
export function readMoment(text: string): Moment {
  return new Moment(BigInt(readDay(text).days) * 86_400_000_000n + BigInt(readClock(text.slice(11)).micros));
}

export function constant(core: ConstantCore): Value {
  if ("number" in core) return decimal(core.number);
  if ("date" in core) return readDay(core.date);
  if ("time" in core) return readClock(core.time);
  return readMoment(core.datetime);
}

/** Every field that an expression reads. */
export function fieldsOf(core: Core): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: Core[] = [core];
  while (waiting.length > 0) {
    const node = waiting.pop() ?? null;
    if (Array.isArray(node)) waiting.push(...(node.slice(1) as Core[]));
    else if (typeof node === "object" && node !== null && "field" in node) found.add(node.field);
  }
  return found;
}

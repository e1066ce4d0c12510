import { FIRST_DAY, LAST_DAY } from "./calendar";
import { Failure, Moment, type ErrorCode } from "./values";

/** Moments and the clock on the wall of a time zone, with the browser's own tables of time zones. */

export const DAY_MICROS = 86_400_000_000n;
const FIRST = BigInt(FIRST_DAY) * DAY_MICROS;
const END = BigInt(LAST_DAY + 1) * DAY_MICROS;
/** Before it no place had anything but its own solar time, which needs no looking up of remote years. */
const EARLIEST_CHANGE = Date.UTC(1800, 0, 1);
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows: the day, and the microseconds since its midnight. */
export interface Wall {
  readonly days: number;
  readonly micros: number;
}

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    const digits = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
    found = new Intl.DateTimeFormat("en-US", { ...digits, timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn" });
    formatters.set(zone, found);
  }
  return found;
}

/** How many microseconds the zone is ahead of UTC at a moment. */
function offsetAt(zone: string, micros: bigint): bigint {
  if (zone === "UTC") return 0n;
  const millis = Math.max(Number(micros / 1000n), EARLIEST_CHANGE);
  const second = Math.floor(millis / 1000);
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(second * 1000)) parts[type] = Number(value);
  const wall = Date.UTC(parts["year"] ?? 0, (parts["month"] ?? 1) - 1, parts["day"], parts["hour"], parts["minute"], parts["second"]);
  return BigInt(Math.round(wall / 1000) - second) * 1_000_000n;
}

/** A number of microseconds as a moment; an error outside the calendar. */
export function momentIn(micros: bigint, code: ErrorCode = "#NUM!"): Moment {
  if (micros < FIRST || micros >= END) throw new Failure(code);
  return new Moment(micros);
}

/** A moment as the clock on the wall shows it. */
export function wallOf(zone: string, moment: Moment): Wall {
  return splitMicros(momentIn(moment.micros + offsetAt(zone, moment.micros)).micros);
}

/** Microseconds from 1970-01-01 as a day and the rest. */
export function splitMicros(micros: bigint): Wall {
  const rest = ((micros % DAY_MICROS) + DAY_MICROS) % DAY_MICROS;
  return { days: Number((micros - rest) / DAY_MICROS), micros: Number(rest) };
}

export function joinWall(wall: Wall): bigint {
  return BigInt(wall.days) * DAY_MICROS + BigInt(wall.micros);
}

/**
 * The moment when the clock on the wall shows a time: the first of two when clocks were set back, and read by
 * the clock before the change when clocks were set forward over it.
 */
export function momentAt(zone: string, wall: bigint): Moment {
  const before = offsetAt(zone, wall - DAY_MICROS);
  const after = offsetAt(zone, wall + DAY_MICROS);
  const changed = before !== after && offsetAt(zone, wall - before) !== before && offsetAt(zone, wall - after) === after;
  return momentIn(wall - (changed ? after : before), "#VALUE!");
}

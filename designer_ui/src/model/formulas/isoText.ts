import { FIRST_DAY, LAST_DAY, dayFrom, daysOf, isoWeekday } from "./calendar";
import { DAY_MICROS } from "./zones";

/** ISO 8601 as far as it has one meaning only: also 20260131T0830, 2026-W05-6, +08:00. */

export interface IsoMoment {
  readonly wall: bigint;
  /** Microseconds ahead of UTC; null when none is written. */
  readonly offset: bigint | null;
}

const DATE = /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2}))$/;
const WEEK = /^(\d{4})(?:-W(\d{2})(?:-([1-7]))?|W(\d{2})([1-7])?)$/;
const TIME = /^([01]\d|2[0-3])(?::([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?|([0-5]\d)(?:([0-5]\d)(?:[.,](\d{1,9}))?)?)?(?:(Z)|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?$/;

/** The moment written in a text, null when it is no ISO 8601. */
export function readIso(text: string): IsoMoment | null {
  const gap = /[T ]/.exec(text);
  const day = readDate(gap ? text.slice(0, gap.index) : text);
  if (day === null) return null;
  const midnight = BigInt(day) * DAY_MICROS;
  if (!gap) return { wall: midnight, offset: null };
  const time = readTime(text.slice(gap.index + 1));
  return time && { wall: midnight + BigInt(time.micros), offset: time.offset };
}

function readDate(text: string): number | null {
  const found = DATE.exec(text)?.slice(1).filter((part) => part !== undefined).map(Number);
  if (found) return dayFrom(found[0] ?? 0, found[1] ?? 0, found[2] ?? 0);
  const week = WEEK.exec(text);
  return week && dayOfWeek(Number(week[1]), Number(week[2] ?? week[4]), Number(week[3] ?? week[5] ?? 1));
}

function dayOfWeek(year: number, week: number, weekday: number): number | null {
  if (year < 1 || week < 1) return null;
  const january = daysOf(year, 1, 1);
  const first = isoWeekday(january);
  const isLong = first === 4 || (first === 3 && daysOf(year + 1, 1, 1) - january === 366);
  if (week > (isLong ? 53 : 52)) return null;
  const monday = january + 4 - isoWeekday(january + 3);
  const day = monday + (week - 1) * 7 + weekday - 1;
  return day >= FIRST_DAY && day <= LAST_DAY ? day : null;
}

function readTime(text: string): { readonly micros: number; readonly offset: bigint | null } | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, hours, minutes, seconds, fraction, shortMinutes, shortSeconds, shortFraction, utc, sign, ahead, more] = found;
  const whole = Number(hours) * 3600 + Number(minutes ?? shortMinutes ?? 0) * 60 + Number(seconds ?? shortSeconds ?? 0);
  const micros = whole * 1_000_000 + Number((fraction ?? shortFraction ?? "").slice(0, 6).padEnd(6, "0"));
  if (utc) return { micros, offset: 0n };
  if (!sign) return { micros, offset: null };
  const offset = BigInt(Number(ahead) * 3600 + Number(more ?? 0) * 60) * 1_000_000n;
  return { micros, offset: sign === "-" ? -offset : offset };
}

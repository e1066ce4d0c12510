import type { Decimal } from "decimal.js";
import { DAYS, FARTHEST_DAYS, MONTHS, SECONDS, civil, dayIn, daysOf, endOf, endOfMonth, firstOfMonth, isoWeek, isoWeekday, monthOf, shift, startOf, weekStart } from "../calendar";
import type { Context } from "../context";
import { ONE, ZERO, decimal, whole } from "../decimals";
import { addDays, momentFromText } from "../operations";
import { blankForBlank, eager, inContext, type Twins } from "../twin";
import { Clock, Day, Failure, Moment, isNumber, type Value } from "../values";
import { DAY_MICROS, joinWall, momentAt, momentIn, wallOf } from "../zones";

/** Dates and times; "today" and the parts of a datetime are those of the workspace's time zone. */

/** More than fits 4,000 years of seconds. */
const MOST = 200_000_000_000;
/** The most hours, minutes or seconds that TIME takes, as in Excel. */
const MOST_CLOCK = 32_767;

function makeDate(year: Decimal, month: Decimal, day: Decimal): Day {
  const years = whole(year);
  const first = firstOfMonth((years >= 0 && years < 1900 ? years + 1900 : years) * 12 + whole(month) - 1);
  return new Day(shift(first, { days: whole(day) - 1 }));
}

function makeMoment(context: Context, value: Value, month: Decimal = ONE, day: Decimal = ONE, hour: Decimal = ZERO, minute: Decimal = ZERO, second: Decimal = ZERO): Value {
  if (typeof value === "string") return momentFromText(context, value);
  if (value instanceof Moment) return value;
  const start = isNumber(value) ? makeDate(value, month, day) : value;
  if (!(start instanceof Day)) throw new Failure("#VALUE!");
  const seconds = whole(hour) * 3600 + whole(minute) * 60 + whole(second);
  if (Math.abs(seconds) > FARTHEST_DAYS * 4 * 86_400) throw new Failure("#NUM!");
  const wall = momentIn(BigInt(start.days) * DAY_MICROS + BigInt(seconds) * 1_000_000n).micros;
  return momentAt(context.timeZone, wall);
}

function makeTime(...parts: readonly Decimal[]): Clock {
  const [hour = 0, minute = 0, second = 0] = parts.map((part) => Math.max(-40_000, Math.min(40_000, whole(part))));
  const seconds = hour * 3600 + minute * 60 + second;
  if (seconds < 0 || Math.max(hour, minute, second) > MOST_CLOCK) throw new Failure("#NUM!");
  return new Clock((seconds % 86_400) * 1_000_000);
}

/** The day of a date or of a moment on the clock on the wall. */
export function dayOf(context: Context, moment: Day | Moment): number {
  return moment instanceof Moment ? wallOf(context.timeZone, moment).days : moment.days;
}

function part(read: (days: number) => number) {
  return blankForBlank(1, inContext((context, moment: Day | Moment) => decimal(read(dayOf(context, moment)))));
}

/** Microseconds since midnight on the clock on the wall. */
function clockOf(context: Context, moment: Day | Moment | Clock): number {
  if (moment instanceof Moment) return wallOf(context.timeZone, moment).micros;
  return moment instanceof Clock ? moment.micros : 0;
}

function clockPart(read: (seconds: number) => number) {
  return blankForBlank(
    1,
    inContext((context, moment: Day | Moment | Clock) => {
      return decimal(read(Math.floor(clockOf(context, moment) / 1_000_000)));
    }),
  );
}

function weekday(days: number, kind: number): number {
  return ((isoWeekday(days) - weekStart(kind) + 7) % 7) + (kind === 3 ? 0 : 1);
}

function weekNumber(days: number, kind: number): number {
  if (kind === 21) return isoWeek(days);
  const start = weekStart(kind === 3 ? 0 : kind);
  const january = daysOf(civil(days).year, 1, 1);
  const offset = (isoWeekday(january) - start + 7) % 7;
  return Math.floor((days - january + offset) / 7) + 1;
}

function byKind(read: (days: number, kind: number) => number) {
  return blankForBlank(1, inContext((context, moment: Day | Moment, kind: Decimal = ONE) => decimal(read(dayOf(context, moment), whole(kind)))));
}

function dateAdd(context: Context, moment: Day | Moment, number: Decimal, unit: string): Value {
  const name = unit.toLowerCase();
  const steps = Math.max(-MOST, Math.min(MOST, whole(number)));
  const seconds = moment instanceof Moment ? (SECONDS[name] ?? 0) : 0;
  if (!(seconds || name in MONTHS || name in DAYS)) throw new Failure("#VALUE!");
  if (seconds && moment instanceof Moment) return later(moment, steps * seconds);
  const more = { days: steps * (DAYS[name] ?? 0), months: steps * (MONTHS[name] ?? 0) };
  if (moment instanceof Day) return new Day(shift(moment.days, more));
  const wall = wallOf(context.timeZone, moment);
  return momentAt(context.timeZone, joinWall({ ...wall, days: shift(wall.days, more) }));
}

function later(moment: Moment, seconds: number): Moment {
  if (Math.abs(seconds) > FARTHEST_DAYS * 86_400) throw new Failure("#NUM!");
  return momentIn(moment.micros + BigInt(seconds) * 1_000_000n);
}

export const date: Twins = {
  TODAY: inContext((context) => context.today),
  NOW: inContext((context) => context.now),
  DATE: eager(makeDate),
  DATETIME: inContext(makeMoment),
  TIME: eager(makeTime),
  YEAR: part((days) => civil(days).year),
  MONTH: part((days) => civil(days).month),
  QUARTER: part((days) => Math.floor((civil(days).month + 2) / 3)),
  DAY: part((days) => civil(days).day),
  HOUR: clockPart((seconds) => Math.floor(seconds / 3600)),
  MINUTE: clockPart((seconds) => Math.floor(seconds / 60) % 60),
  SECOND: clockPart((seconds) => seconds % 60),
  WEEKDAY: byKind(weekday),
  WEEKNUM: byKind(weekNumber),
  ISOWEEKNUM: part(isoWeek),
  EDATE: blankForBlank(1, eager((day: Day, months: Decimal) => new Day(shift(day.days, { months: whole(months) })))),
  EOMONTH: blankForBlank(1, eager((day: Day, months: Decimal) => dayIn(endOfMonth(firstOfMonth(monthOf(day.days) + whole(months)))))),
  DATEADD: blankForBlank(1, inContext(dateAdd)),
  DATEVALUE: eager((moment: Day | null) => moment),
  TIMEVALUE: blankForBlank(1, inContext((context, moment: Day | Moment | Clock) => new Clock(clockOf(context, moment)))),
  DATEDELTA: blankForBlank(1, eager((moment: Day | Moment, days: Decimal) => addDays(moment, days))),
  STARTOF: blankForBlank(1, eager((day: Day, unit: string) => new Day(startOf(day.days, unit.toLowerCase())))),
  ENDOF: blankForBlank(1, eager((day: Day, unit: string) => new Day(endOf(day.days, unit.toLowerCase())))),
};

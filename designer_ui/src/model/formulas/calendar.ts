import { Day, Failure } from "./values";

/** The Gregorian calendar, carried on in both directions; what leaves the years 1 to 9999 is the error #NUM!. */

export const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
export const DAYS: Readonly<Record<string, number>> = { week: 7, day: 1 };
export const SECONDS: Readonly<Record<string, number>> = { hour: 3600, minute: 60, second: 1 };
/** How far a date can be moved at once: 4,000 years. */
const FARTHEST_MONTHS = 48_000;
export const FARTHEST_DAYS = 1_460_000;
export const FIRST_DAY = -719_162;
export const LAST_DAY = 2_932_896;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day as a number from a year, a month (1 to 12) and a day that the month has. */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

export function civil(days: number): Civil {
  const moved = days + 719_468;
  const era = Math.floor(moved / 146_097);
  const dayOfEra = moved - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const place = Math.floor((5 * dayOfYear + 2) / 153);
  const month = place < 10 ? place + 3 : place - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * place + 2) / 5) + 1 };
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day of a year, month and day; null when there is none such. */
export function dayFrom(year: number, month: number, day: number): number | null {
  const exists = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? daysOf(year, month, day) : null;
}

/** A number of days as a day; the error #NUM! outside the calendar. */
export function inCalendar(days: number): number {
  if (!(days >= FIRST_DAY && days <= LAST_DAY)) throw new Failure("#NUM!");
  return days;
}

/** 1 (Monday) to 7. */
export function isoWeekday(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** The year's number of the week by ISO 8601. */
export function isoWeek(days: number): number {
  const thursday = days - isoWeekday(days) + 4;
  return Math.floor((thursday - daysOf(civil(thursday).year, 1, 1)) / 7) + 1;
}

/** Year * 12 + month - 1. */
export function monthOf(days: number): number {
  const { year, month } = civil(days);
  return year * 12 + month - 1;
}

/** The first day of a month given as year * 12 + month - 1. */
export function firstOfMonth(month: number): number {
  const year = Math.floor(month / 12);
  if (!(year >= 1 && year <= 9999)) throw new Failure("#NUM!");
  return daysOf(year, month - year * 12 + 1, 1);
}

export function endOfMonth(days: number): number {
  const { year, month } = civil(days);
  return daysOf(year, month, daysInMonth(year, month));
}

/** Some months later (held at the end of a shorter month), then some days. */
export function shift(days: number, more: { readonly months?: number; readonly days?: number }): number {
  const { months = 0, days: moved = 0 } = more;
  if (Math.abs(months) > FARTHEST_MONTHS || Math.abs(moved) > FARTHEST_DAYS) throw new Failure("#NUM!");
  const first = firstOfMonth(monthOf(days) + months);
  const last = civil(endOfMonth(first)).day;
  return inCalendar(first + Math.min(civil(days).day, last) - 1 + moved);
}

/** The ISO number of the day weeks begin with, by Excel's number of the kind of week. */
export function weekStart(kind: number): number {
  if (kind === 1) return 7;
  if (kind === 2 || kind === 3) return 1;
  if (kind >= 11 && kind <= 17) return kind - 10;
  throw new Failure("#NUM!");
}

/** DATEDIF: whole years, months, days, or what remains of them. */
export function difference(start: number, end: number, unit: string): number {
  const [from, to] = [civil(start), civil(end)];
  const lacksDay = to.day < from.day ? 1 : 0;
  const months = monthOf(end) - monthOf(start) - lacksDay;
  switch (unit) {
    case "D":
      return end - start;
    case "M":
      return months;
    case "Y":
      return Math.floor(months / 12);
    case "YM":
      return months % 12;
    case "MD":
      return end - firstOfMonth(monthOf(end) - lacksDay) - from.day + 1;
    case "YD":
      return end - firstOfMonth(monthOf(end) - (months % 12) - lacksDay) - from.day + 1;
  }
  throw new Failure("#NUM!");
}

function endsFebruary(days: number): boolean {
  return civil(days).month === 2 && endOfMonth(days) === days;
}

/** The days between two dates in months of 30 days; `bothEnds`: the end of February is a 30th at both. */
export function daysOfEqualMonths(start: number, end: number, european: boolean, bothEnds = false): number {
  let [first, last] = [civil(start).day, civil(end).day];
  if (!european && endsFebruary(start)) {
    first = 30;
    if (bothEnds && endsFebruary(end)) last = 30;
  }
  first = Math.min(first, 30);
  if (last === 31 && (european || first === 30)) last = 30;
  return (monthOf(end) - monthOf(start)) * 30 + last - first;
}

/** The days that the years between two dates have, and how many years that are when there is more than one. */
export function daysOfYears(start: number, end: number): readonly [number, number] {
  const [from, to] = [civil(start), civil(end)];
  const months = monthOf(end) - monthOf(start);
  if (months > 12 || (months === 12 && to.day > from.day)) {
    return [daysOf(to.year, 12, 31) - daysOf(from.year, 1, 1) + 1, to.year - from.year + 1];
  }
  if (from.year === to.year) return [isLeap(from.year) ? 366 : 365, 1];
  const year = [from.year, to.year].find(isLeap);
  const leapDay = year === undefined ? null : daysOf(year, 2, 29);
  return [leapDay !== null && start <= leapDay && leapDay <= end ? 366 : 365, 1];
}

/** The first day of the week (Monday), month, quarter or year. */
export function startOf(days: number, period: string): number {
  const { year, month } = civil(days);
  switch (period) {
    case "day":
      return days;
    case "week":
      return inCalendar(days - isoWeekday(days) + 1);
    case "month":
      return daysOf(year, month, 1);
    case "quarter":
      return daysOf(year, Math.floor((month - 1) / 3) * 3 + 1, 1);
    case "year":
      return daysOf(year, 1, 1);
  }
  throw new Failure("#VALUE!");
}

/** The last day of the week (Sunday), month, quarter or year. */
export function endOf(days: number, period: string): number {
  const first = startOf(days, period);
  if (period === "day" || period === "week") return shift(first, { days: period === "week" ? 6 : 0 });
  return endOfMonth(firstOfMonth(monthOf(first) + (MONTHS[period] ?? 1) - 1));
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** 2026-01-31 */
export function isoDate(days: number): string {
  const { year, month, day } = civil(days);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** 08:30:15, without what is below a second. */
export function isoTime(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}`;
}

export function dayIn(days: number): Day {
  return new Day(inCalendar(days));
}

/** Days as "2026-01-31", always in UTC: a calendar has no time zone. */
const DAY = 24 * 3600 * 1000;

const momentOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => dayOf(momentOf(day) + count * DAY);

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: string): number => new Date(momentOf(day)).getUTCDay() || 7;

/** The days of a month of a year, 1 to 12. */
export function daysOf(year: number, month: number): readonly string[] {
  const first = Date.UTC(year, month - 1, 1);
  const count = Math.round((Date.UTC(year, month, 1) - first) / DAY);
  return Array.from({ length: count }, (_, index) => dayOf(first + index * DAY));
}

/** Both ends and everything between; [] when the end lies before the beginning or something is no day. */
export function range(from: string, to: string, most: number): readonly string[] {
  const [first, last] = [momentOf(from), momentOf(to)];
  if (Number.isNaN(first) || Number.isNaN(last) || last < first || last - first >= most * DAY) return [];
  return Array.from({ length: (last - first) / DAY + 1 }, (_, index) => dayOf(first + index * DAY));
}

export interface CalendarDay {
  readonly day: string;
  readonly working: boolean;
  readonly name: string;
}

export interface Calendar {
  readonly weekdays: readonly number[];
  readonly days: readonly CalendarDay[];
}

export type DayKind = "working" | "free" | "holiday" | "makeup";

/** What a day is: as the week says, or against it. */
export function kindOf(day: string, calendar: Calendar, named: ReadonlyMap<string, CalendarDay>): DayKind {
  const own = named.get(day);
  if (own) return own.working ? "makeup" : "holiday";
  return calendar.weekdays.includes(weekdayOf(day)) ? "working" : "free";
}

/** Arithmetic of days written as "2026-01-31". Weeks begin on Monday, as those of filters and groups do. */
import type { CalendarMode } from "../view";

const DAY_MS = 86_400_000;

const read = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const write = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => write(read(day) + count * DAY_MS);

export const daysBetween = (first: string, last: string): number => Math.round((read(last) - read(first)) / DAY_MS);

/** Monday is 1, Sunday 7. */
export const weekday = (day: string): number => new Date(read(day)).getUTCDay() || 7;

export const startOfWeek = (day: string): string => addDays(day, 1 - weekday(day));

export const startOfMonth = (day: string): string => `${day.slice(0, 8)}01`;

/** The same day of another month, its last day where that month is shorter. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate();
  return write(Date.UTC(year, month - 1 + count, Math.min(date, last)));
}

export const daysFrom = (first: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => addDays(first, index));

export interface Period {
  readonly first: string;
  readonly last: string;
}

/** Days of an agenda. */
const AGENDA = 30;

/** What is shown around a day: a month in whole weeks, a week, the day, or the days from there on. */
export function periodOf(mode: CalendarMode, day: string): Period {
  switch (mode) {
    case "month": {
      const begin = startOfMonth(day);
      return { first: startOfWeek(begin), last: addDays(startOfWeek(addDays(addMonths(begin, 1), -1)), 6) };
    }
    case "week":
      return { first: startOfWeek(day), last: addDays(startOfWeek(day), 6) };
    case "day":
      return { first: day, last: day };
    case "agenda":
      return { first: day, last: addDays(day, AGENDA - 1) };
  }
}

/** The day around which the period before (-1) or after (1) is shown. */
export function stepDay(mode: CalendarMode, day: string, step: number): string {
  if (mode === "month") return addMonths(startOfMonth(day), step);
  return addDays(day, step * { week: 7, day: 1, agenda: AGENDA }[mode]);
}

/** Names of days and periods in the reader's language. */
import type { CalendarMode } from "@/model/view";
import type { Period } from "@/model/calendar";

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

const write = (day: string, language: string, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(at(day));

/** "Mon", "周一". */
export const dayName = (day: string, language: string): string => write(day, language, { weekday: "short" });

/** "Mon 30", "30日周一". */
export const shortDay = (day: string, language: string): string => write(day, language, { weekday: "short", day: "numeric" });

/** "Monday, 30 March 2026". */
export const longDay = (day: string, language: string): string => write(day, language, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** What stands above the days that are shown. */
export function periodName(mode: CalendarMode, day: string, { first, last }: Period, language: string): string {
  if (mode === "month") return write(day, language, { month: "long", year: "numeric" });
  if (mode === "day") return longDay(day, language);
  const range = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return range.formatRange(at(first), at(last));
}

/** Named stretches of days and how they are written: "this month" is two bounds on one field. */

export const PERIODS = [
  "today", "yesterday", "tomorrow",
  "this_week", "last_week", "next_week",
  "this_month", "last_month", "next_month",
  "this_quarter", "last_quarter", "next_quarter",
  "this_year", "last_year", "next_year",
] as const;
export type Period = (typeof PERIODS)[number];

const SINGLE_DAYS: Readonly<Record<string, number>> = { today: 0, yesterday: -1, tomorrow: 1 };
const MONTHS_IN: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const SHIFT: Readonly<Record<string, number>> = { this: 0, last: -1, next: 1 };

export function isPeriod(value: unknown): value is Period {
  return (PERIODS as readonly unknown[]).includes(value);
}

/** The first and the last day of a period, as expression text. */
export function periodBounds(period: Period): readonly [string, string] {
  const days = SINGLE_DAYS[period];
  if (days !== undefined) return [writeDay(days), writeDay(days)];
  const [which = "this", unit = "month"] = period.split("_");
  const anchor = writeAnchor(unit, SHIFT[which] ?? 0);
  return [`STARTOF(${anchor}, "${unit}")`, `ENDOF(${anchor}, "${unit}")`];
}

/** A day relative to today: `TODAY()`, `TODAY() - 7`. */
export function writeDay(days: number): string {
  if (days === 0) return "TODAY()";
  return days < 0 ? `TODAY() - ${-days}` : `TODAY() + ${days}`;
}

function writeAnchor(unit: string, shift: number): string {
  if (shift === 0) return "TODAY()";
  if (unit === "week") return writeDay(shift * 7);
  return `EDATE(TODAY(), ${shift * (MONTHS_IN[unit] ?? 1)})`;
}

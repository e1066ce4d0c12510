/** A grouped list: each group is the same list with more conditions. */
import { writeOperand, writeText } from "../filter";

/** The value of a group or of a kanban column as the server gives it: a key, a reference, or blank. */
export type GroupValue = string | number | boolean | null | { readonly id: number };

export const GROUP_PERIODS = ["day", "week", "month", "quarter", "year"] as const;
export type GroupPeriod = (typeof GROUP_PERIODS)[number];

/** One level of groups: a field, for dates with the period whose first day is the group's value. */
export interface GroupLevel {
  readonly field: string;
  readonly by: GroupPeriod | null;
}

export const MOST_LEVELS = 3;

const isGroupPeriod = (text: string | undefined): text is GroupPeriod => (GROUP_PERIODS as readonly unknown[]).includes(text);

/** Reads `owner,due:month`; repeated fields and levels beyond the third are left out. */
export function parseLevels(text: string): readonly GroupLevel[] {
  const found = new Map<string, GroupLevel>();
  for (const part of text.split(",")) {
    const [field = "", by] = part.trim().split(":");
    if (field !== "" && !found.has(field)) found.set(field, { field, by: isGroupPeriod(by) ? by : null });
  }
  return [...found.values()].slice(0, MOST_LEVELS);
}

export function formatLevels(levels: readonly GroupLevel[]): string {
  return levels.map(({ field, by }) => (by ? `${field}:${by}` : field)).join(",");
}

/** The condition that holds exactly for the records of a group. */
export function groupFilter(field: string, value: GroupValue, by: GroupPeriod | null = null): string {
  const path = `{${field}}`;
  if (value === null) return `ISBLANK(${path})`;
  if (by !== null && typeof value === "string") return `AND(${path} >= ${day(value)}, ${path} < ${day(nextPeriod(value, by))})`;
  if (typeof value === "boolean") return value ? path : `NOT(${path})`;
  if (typeof value === "object") return `${path} = ${writeOperand(value.id)}`;
  return `${path} = ${typeof value === "number" ? writeOperand(value) : writeText(value)}`;
}

const day = (date: string): string => writeOperand({ date });

const DAYS: Readonly<Partial<Record<GroupPeriod, number>>> = { day: 1, week: 7 };
const MONTHS: Readonly<Partial<Record<GroupPeriod, number>>> = { month: 1, quarter: 3, year: 12 };

/** The first day of the period after the one that begins on this day. */
export function nextPeriod(start: string, by: GroupPeriod): string {
  const date = new Date(`${start}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + (MONTHS[by] ?? 0));
  date.setUTCDate(date.getUTCDate() + (DAYS[by] ?? 0));
  return date.toISOString().slice(0, 10);
}

/** A stable text key of a group value, for maps and React. */
export function groupKey(value: GroupValue): string {
  if (value === null) return "blank";
  return typeof value === "object" ? `id:${value.id}` : `${typeof value}:${value}`;
}

/** Which days are worked, by the calendar of the workspace. */
import { weekday } from "./days";

export interface WorkingCalendar {
  /** Monday is 1. */
  readonly weekdays: readonly number[];
  readonly days: readonly { readonly day: string; readonly working: boolean; readonly name: string }[];
}

export interface DayKind {
  readonly working: boolean;
  /** Of a holiday or a make-up day. */
  readonly name: string;
}

/** What kind of day each is; without a calendar every day is worked. */
export function dayKinds(calendar: WorkingCalendar | undefined): (day: string) => DayKind {
  const special = new Map(calendar?.days.map(({ day, working, name }) => [day, { working, name }]));
  return (day) => special.get(day) ?? { working: !calendar || calendar.weekdays.includes(weekday(day)), name: "" };
}

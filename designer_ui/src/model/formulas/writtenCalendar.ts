import { readDay } from "./core";
import { WorkingCalendar } from "./workingCalendar";

/** A working calendar as the server sends it: days as 2026-01-31, the weekend as days of the week from 0, Monday. */
export interface WrittenCalendar {
  readonly weekend: readonly number[];
  readonly holidays: readonly string[];
  readonly working: readonly string[];
}

export function readCalendar({ weekend, holidays, working }: WrittenCalendar): WorkingCalendar {
  const numbers = (days: readonly string[]) => new Set(days.map((day) => readDay(day).days));
  return new WorkingCalendar(new Set(weekend), numbers(holidays), numbers(working));
}

import type { Decimal } from "decimal.js";
import { FIRST_DAY, isoWeekday, shift } from "../calendar";
import { ONE, decimal, whole } from "../decimals";
import { blankForBlank, eager, type Twins } from "../twin";
import { Day, Failure, each, isNumber, type Value } from "../values";

/** Working days: all days but those of the weekend and the holidays that are named. */

/** The free days of a week, Monday being 0. */
type Weekend = ReadonlySet<number>;

const USUAL: Weekend = new Set([5, 6]);

/** By number (two days from Saturday on, or from 11 one from Sunday on) or by seven 0 and 1 from Monday on. */
function weekendOf(given: Value): Weekend {
  if (typeof given === "string") {
    if (!/^[01]{7}$/.test(given)) throw new Failure("#VALUE!");
    return new Set([...given].flatMap((sign, place) => (sign === "1" ? [place] : [])));
  }
  const kind = isNumber(given) ? whole(given) : 0;
  if (kind >= 1 && kind <= 7) return new Set([(4 + kind) % 7, (5 + kind) % 7]);
  if (kind >= 11 && kind <= 17) return new Set([(kind - 5) % 7]);
  throw new Failure("#NUM!");
}

function weekday(day: number): number {
  return isoWeekday(day) - 1;
}

/** The holidays that are no days of the weekend, each once, in their order. */
function freeDays(holidays: Value, weekend: Weekend): number[] {
  const days = each([holidays]).flatMap((day) => (day instanceof Day && !weekend.has(weekday(day.days)) ? [day.days] : []));
  return [...new Set(days)].sort((one, other) => one - other);
}

/** How many days that are not of the weekend lie before a day, counted from the first Monday there is. */
function before(day: number, weekend: Weekend): number {
  const [weeks, rest] = [Math.floor((day - FIRST_DAY) / 7), (day - FIRST_DAY) % 7];
  return weeks * (7 - weekend.size) + Array.from({ length: rest }, (_, place) => place).filter((place) => !weekend.has(place)).length;
}

function workingDays(start: Day, end: Day, weekend: Weekend, holidays: Value): Decimal {
  const [first, last] = [Math.min(start.days, end.days), Math.max(start.days, end.days)];
  const free = freeDays(holidays, weekend).filter((day) => first <= day && day <= last).length;
  const days = before(last, weekend) - before(first, weekend) + (weekend.has(weekday(last)) ? 0 : 1) - free;
  return decimal(end.days >= start.days ? days : -days);
}

/** The day so many working days after (or before) a day; 0 is the day itself. */
function moved(start: Day, number: Decimal, weekend: Weekend, holidays: Value): Day {
  if (weekend.size === 7) throw new Failure("#VALUE!");
  const days = whole(number);
  const step = days > 0 ? 1 : -1;
  const free = freeDays(holidays, weekend).filter((day) => day !== start.days);
  let skipped = 0;
  for (;;) {
    const day = movedByWeeks(start.days, days + step * skipped, weekend);
    const [first, last] = days > 0 ? [start.days, day] : [day, start.days];
    const passed = free.filter((one) => first <= one && one <= last).length;
    if (passed === skipped) return new Day(day);
    skipped = passed;
  }
}

function movedByWeeks(start: number, days: number, weekend: Weekend): number {
  if (!days) return start;
  const step = days > 0 ? 1 : -1;
  const week = 7 - weekend.size;
  const weeks = Math.floor((Math.abs(days) - 1) / week);
  let day = shift(start, { days: step * 7 * weeks });
  for (let rest = (Math.abs(days) - 1) % week; rest >= 0; rest -= 1) {
    do day = shift(day, { days: step });
    while (weekend.has(weekday(day)));
  }
  return day;
}

export const workdays: Twins = {
  NETWORKDAYS: blankForBlank(2, eager((start: Day, end: Day, holidays: Value = null) => workingDays(start, end, USUAL, holidays))),
  "NETWORKDAYS.INTL": blankForBlank(2, eager((start: Day, end: Day, weekend: Value = ONE, holidays: Value = null) => workingDays(start, end, weekendOf(weekend), holidays))),
  WORKDAY: blankForBlank(1, eager((start: Day, days: Decimal, holidays: Value = null) => moved(start, days, USUAL, holidays))),
  "WORKDAY.INTL": blankForBlank(1, eager((start: Day, days: Decimal, weekend: Value = ONE, holidays: Value = null) => moved(start, days, weekendOf(weekend), holidays))),
};

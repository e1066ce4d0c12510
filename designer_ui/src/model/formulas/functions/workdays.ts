import type { Decimal } from "decimal.js";
import type { Context } from "../context";
import { decimal, whole } from "../decimals";
import { blankForBlank, inContext, type Twins } from "../twin";
import { Day, Failure, each, isNumber, type Value } from "../values";
import { SATURDAY_AND_SUNDAY, WorkingCalendar, type Weekend } from "../workingCalendar";

/** Working days: those of the workspace's calendar, or all but the weekend and the holidays that are named. */

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

/** What is left out is undefined: then the workspace's own counts. With named holidays only these count. */
function calendarOf(context: Context, weekend: Weekend | undefined, holidays: Value | undefined): WorkingCalendar {
  if (holidays === undefined) return weekend ? context.calendar.withWeekend(weekend) : context.calendar;
  const named = each([holidays]).flatMap((day) => (day instanceof Day ? [day.days] : []));
  return new WorkingCalendar(weekend ?? SATURDAY_AND_SUNDAY, new Set(named));
}

function given(weekend: Value | undefined): Weekend | undefined {
  return weekend === undefined ? undefined : weekendOf(weekend);
}

export const workdays: Twins = {
  NETWORKDAYS: blankForBlank(2, inContext((context, start: Day, end: Day, holidays: Value | undefined) =>
    decimal(calendarOf(context, undefined, holidays).between(start.days, end.days)))),
  "NETWORKDAYS.INTL": blankForBlank(2, inContext((context, start: Day, end: Day, weekend: Value | undefined, holidays: Value | undefined) =>
    decimal(calendarOf(context, given(weekend), holidays).between(start.days, end.days)))),
  WORKDAY: blankForBlank(1, inContext((context, start: Day, days: Decimal, holidays: Value | undefined) =>
    new Day(calendarOf(context, undefined, holidays).moved(start.days, whole(days))))),
  "WORKDAY.INTL": blankForBlank(1, inContext((context, start: Day, days: Decimal, weekend: Value | undefined, holidays: Value | undefined) =>
    new Day(calendarOf(context, given(weekend), holidays).moved(start.days, whole(days))))),
};

import type { Decimal } from "decimal.js";
import { FARTHEST_DAYS, dayIn, isoDate, isoTime, shift } from "./calendar";
import type { Context } from "./context";
import { dateFromText, dateTimeFromText, timeFromText } from "./datesInText";
import { ONE, ZERO, add, asQuotient, decimal, divide, hundredth, multiply, negate, plain, power, roundTo, Series, settle, subtract } from "./decimals";
import { numberFromText } from "./numbersInText";
import { blankForBlank, eager, inContext, type Twins } from "./twin";
import { Clock, Day, Duration, Failure, Moment, isEqual, isList, isNumber, order, type Value } from "./values";
import { DAY_MICROS, momentAt, momentIn, wallOf } from "./zones";

/** The operators and the coercions that the checker writes out. */

const MICROS_OF_DAY = decimal(DAY_MICROS);

/** Any simple value as text, as `&` shows it. */
export function textOf(context: Context, value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (isNumber(value)) return plain(value);
  if (value instanceof Moment) {
    const wall = wallOf(context.timeZone, value);
    return `${isoDate(wall.days)} ${isoTime(wall.micros)}`;
  }
  if (value instanceof Day) return isoDate(value.days);
  if (value instanceof Clock) return isoTime(value.micros);
  if (value instanceof Duration) return durationText(value);
  if (isList(value)) return value.map((item) => textOf(context, item)).join(", ");
  return value === null ? "" : String(value);
}

/** 1 day, 2:03:04.500000 */
function durationText({ micros }: Duration): string {
  const rest = ((micros % DAY_MICROS) + DAY_MICROS) % DAY_MICROS;
  const days = (micros - rest) / DAY_MICROS;
  const seconds = Number(rest / 1_000_000n);
  const digits = [Math.floor(seconds / 60) % 60, seconds % 60].map((one) => String(one).padStart(2, "0"));
  const fraction = rest % 1_000_000n;
  const shown = `${Math.floor(seconds / 3600)}:${digits.join(":")}${fraction ? `.${String(fraction).padStart(6, "0")}` : ""}`;
  return days ? `${days} day${days === 1n || days === -1n ? "" : "s"}, ${shown}` : shown;
}

export function isBlank(value: Value): boolean {
  return value === null || value === "" || (isList(value) && value.length === 0);
}

/** The moment written in a text; without an offset it is in the context's time zone. */
export function momentFromText(context: Context, text: string): Moment {
  const { wall, offset } = dateTimeFromText(text);
  return offset === null ? momentAt(context.timeZone, wall) : momentIn(wall - offset, "#VALUE!");
}

export function midnight(context: Context, day: Day): Moment {
  return momentAt(context.timeZone, BigInt(day.days) * DAY_MICROS);
}

export function addDays(moment: Day | Moment | null, days: Decimal, sign: 1 | -1 = 1): Value {
  if (moment === null) return null;
  if (days.abs().gt(FARTHEST_DAYS)) throw new Failure("#NUM!");
  if (moment instanceof Day) return dayIn(shift(moment.days, { days: days.trunc().toNumber() * sign }));
  const micros = BigInt(roundTo(multiply(days, MICROS_OF_DAY), 0).toFixed());
  return momentIn(moment.micros + micros * BigInt(sign));
}

/** A datetime or duration, longer by a duration. */
function addDuration(moment: Moment | Duration | null, duration: Duration | null, sign: 1n | -1n): Value {
  if (moment === null || duration === null) return moment;
  const micros = moment.micros + duration.micros * sign;
  return moment instanceof Moment ? momentIn(micros) : durationIn(micros);
}

/** A length of time of at most a thousand million days. */
function durationIn(micros: bigint): Duration {
  const most = 1_000_000_000n * DAY_MICROS;
  if (micros >= most || micros <= -most) throw new Failure("#NUM!");
  return new Duration(micros);
}

function ordered(holds: (sign: number) => boolean) {
  return eager((left: Value, right: Value) => left !== null && right !== null && holds(order(left, right)));
}

function orElse(otherwise: Value) {
  return eager((value: Value) => value ?? otherwise);
}

export const operations: Twins = {
  add: eager(add),
  subtract: eager(subtract),
  multiply: eager(multiply),
  divide: eager(divide),
  power: eager(power),
  negate: eager(negate),
  percent: eager(hundredth),
  add_days: eager((moment: Day | Moment | null, days: Decimal) => addDays(moment, days, 1)),
  subtract_days: eager((moment: Day | Moment | null, days: Decimal) => addDays(moment, days, -1)),
  add_duration: eager((moment: Moment | Duration | null, duration: Duration | null) => addDuration(moment, duration, 1n)),
  subtract_duration: eager((moment: Moment | Duration | null, duration: Duration | null) => addDuration(moment, duration, -1n)),
  days_between: blankForBlank(2, eager((end: Day, start: Day) => decimal(end.days - start.days))),
  time_between: blankForBlank(2, eager((end: Moment, start: Moment) => new Duration(end.micros - start.micros))),

  at_time: blankForBlank(2, inContext((context, day: Day, clock: Clock) => momentAt(context.timeZone, BigInt(day.days) * DAY_MICROS + BigInt(clock.micros)))),

  equal: eager(isEqual),
  differ: eager((left: Value, right: Value) => !isEqual(left, right)),
  lt: ordered((sign) => sign < 0),
  le: ordered((sign) => sign <= 0),
  gt: ordered((sign) => sign > 0),
  ge: ordered((sign) => sign >= 0),
  is_blank: eager(isBlank),
  is_filled: eager((value: Value) => !isBlank(value)),
  fold_case: eager((text: string | null) => (text ? text.toLowerCase() : null)),
  fold_items: blankForBlank(1, eager((items: readonly string[]) => items.map((item) => item.toLowerCase()))),

  zero_if_blank: orElse(ZERO),
  zero_text_if_blank: orElse("0"),
  empty_if_blank: orElse(""),
  blank_if_empty: eager((text: string | null) => text || null),
  empty_list_if_blank: orElse([]),
  false_if_blank: orElse(false),
  not_zero: eager((value: Decimal) => !value.isZero()),
  to_text: blankForBlank(1, inContext((context, value: Value) => textOf(context, value))),
  number_from_text: eager(numberFromText),
  number_from_truth: eager((value: boolean) => (value ? ONE : ZERO)),
  days_of_duration: eager((duration: Duration | null) => (duration === null ? ZERO : asQuotient(Series.div(decimal(duration.micros), MICROS_OF_DAY)))),
  date_from_text: blankForBlank(1, eager((text: string) => new Day(dateFromText(text)))),
  datetime_from_text: blankForBlank(1, inContext((context, text: string) => momentFromText(context, text))),
  time_from_text: blankForBlank(1, eager(timeFromText)),
  date_of_moment: blankForBlank(1, inContext((context, moment: Moment) => new Day(wallOf(context.timeZone, moment).days))),
  midnight: blankForBlank(1, inContext((context, day: Day) => midnight(context, day))),
  settle: eager(settle),
  one_item: blankForBlank(1, eager((value: Value) => [value])),
};

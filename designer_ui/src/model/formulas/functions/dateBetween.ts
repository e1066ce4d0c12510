import type { Decimal } from "decimal.js";
import { DAYS, MONTHS, SECONDS, civil, daysOfEqualMonths, daysOfYears, difference, monthOf } from "../calendar";
import type { Context } from "../context";
import { ZERO, decimal, divide, exactQuotient, whole } from "../decimals";
import { midnight } from "../operations";
import { blankForBlank, eager, inContext, type Twins } from "../twin";
import { Failure, Moment, type Day } from "../values";
import { dayOf } from "./date";

/** From one date to another: whole units, days, parts of a year. */

function instant(context: Context, moment: Day | Moment): bigint {
  return (moment instanceof Moment ? moment : midnight(context, moment)).micros;
}

function dateDiff(context: Context, start: Day | Moment, end: Day | Moment, unit = "day"): Decimal {
  const name = unit.toLowerCase();
  if (name in SECONDS) return decimal((instant(context, end) - instant(context, start)) / (BigInt(SECONDS[name] ?? 1) * 1_000_000n));
  const [first, last] = [dayOf(context, start), dayOf(context, end)];
  if (name in DAYS) return decimal(Math.trunc((last - first) / (DAYS[name] ?? 1)));
  if (!(name in MONTHS)) throw new Failure("#VALUE!");
  let months = monthOf(last) - monthOf(first);
  if (months > 0 && civil(last).day < civil(first).day) months -= 1;
  else if (months < 0 && civil(last).day > civil(first).day) months += 1;
  return decimal(Math.trunc(months / (MONTHS[name] ?? 1)));
}

function dateDif(start: Day, end: Day, unit: string): Decimal {
  if (end.days < start.days) throw new Failure("#NUM!");
  return decimal(difference(start.days, end.days, unit.toUpperCase()));
}

function yearFraction(start: Day, end: Day, basis: Decimal = ZERO): Decimal {
  const [first, last] = [Math.min(start.days, end.days), Math.max(start.days, end.days)];
  const kind = whole(basis);
  if (kind === 0 || kind === 4) return divide(decimal(daysOfEqualMonths(first, last, kind === 4, true)), decimal(360));
  const days = decimal(last - first);
  if (kind === 1) {
    const [length, years] = daysOfYears(first, last);
    return divide(days, exactQuotient(decimal(length), decimal(years)));
  }
  if (kind === 2 || kind === 3) return divide(days, decimal(kind === 2 ? 360 : 365));
  throw new Failure("#NUM!");
}

/** Rounded down, also before 1970. */
function milliseconds(context: Context, moment: Day | Moment): Decimal {
  const micros = instant(context, moment);
  return decimal((micros - (((micros % 1000n) + 1000n) % 1000n)) / 1000n);
}

export const dateBetween: Twins = {
  DATEDIF: blankForBlank(2, eager(dateDif)),
  DATEDIFF: blankForBlank(2, inContext(dateDiff)),
  DAYS: blankForBlank(2, eager((end: Day, start: Day) => decimal(end.days - start.days))),
  DAYS360: blankForBlank(2, eager((start: Day, end: Day, european: boolean = false) => decimal(daysOfEqualMonths(start.days, end.days, european)))),
  YEARFRAC: blankForBlank(2, eager(yearFraction)),
  TIMESTAMP: blankForBlank(1, inContext(milliseconds)),
};

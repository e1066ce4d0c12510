import type { Decimal } from "decimal.js";
import { ONE, Series, ZERO, add, asQuotient, decimal, divide, fused, power, subtract, whole } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure, type Value } from "../values";
import { decimals } from "./totals";

/** Loans, savings and investments; money paid out is negative, money received positive. */

const TENTH = decimal("0.1");
const MOST_ROUNDS = 100;
/** How near two guesses are when the second is good, and how much rounding may be left in what is searched. */
const NEAR = decimal("1e-25");
const LEFT = decimal("1e-15");
const MOST_PAYMENTS = 5_000;

function finite(value: Decimal): Decimal {
  if (!value.isFinite()) throw new Failure("#NUM!");
  return value;
}

/** What 1 becomes, with all its digits: so little is left of it at a rate near zero. */
function growthOf(rate: Decimal, periods: Decimal): Decimal {
  const base = Series.add(ONE, rate);
  power(base, periods);
  return base.isZero() ? ZERO : Series.pow(base, periods);
}

/** What 1 becomes after the periods, and what payments of 1 in each become. */
function paymentsOf(rate: Decimal, periods: Decimal, atStart: Decimal): readonly [Decimal, Decimal] {
  if (rate.isZero()) return [ONE, periods];
  const growth = growthOf(rate, periods);
  const due = atStart.isZero() ? ONE : Series.add(ONE, rate);
  return [growth, Series.div(Series.mul(due, Series.sub(growth, ONE)), rate)];
}

function futureOf(rate: Decimal, periods: Decimal, payment: Decimal, present: Decimal, atStart: Decimal): Decimal {
  const [growth, paid] = paymentsOf(rate, periods, atStart);
  return fused(present, growth, Series.mul(payment, paid)).neg();
}

function paymentOf(rate: Decimal, periods: Decimal, present: Decimal, future: Decimal, atStart: Decimal): Decimal {
  if (periods.isZero()) throw new Failure("#NUM!");
  const [growth, paid] = paymentsOf(rate, periods, atStart);
  return divide(fused(present, growth, future).neg(), paid);
}

function presentValue(rate: Decimal, periods: Decimal, payment: Decimal, future: Decimal = ZERO, atStart: Decimal = ZERO): Decimal {
  const [growth, paid] = paymentsOf(rate, periods, atStart);
  return divide(fused(payment, paid, future).neg(), growth);
}

function periodsOf(rate: Decimal, payment: Decimal, present: Decimal, future: Decimal = ZERO, atStart: Decimal = ZERO): Decimal {
  if (rate.isZero()) return divide(Series.add(present, future).neg(), payment);
  const paid = Series.mul(payment, atStart.isZero() ? ONE : Series.add(ONE, rate));
  const over = Series.sub(paid, Series.mul(future, rate));
  const under = Series.add(paid, Series.mul(present, rate));
  if (under.isZero() || Series.div(over, under).lte(0) || rate.lte(-1)) throw new Failure("#NUM!");
  return divide(Series.ln(Series.div(over, under)), Series.ln(Series.add(ONE, rate)));
}

/** The interest in a payment, and the payment. */
function interestOf(rate: Decimal, number: Decimal, periods: Decimal, present: Decimal, future: Decimal, atStart: Decimal): readonly [Decimal, Decimal] {
  if (number.lt(1) || number.gte(periods.plus(1))) throw new Failure("#NUM!");
  const place = whole(number);
  const payment = paymentOf(rate, periods, present, future, atStart);
  if (!atStart.isZero() && place === 1) return [ZERO, payment];
  const owed = futureOf(rate, decimal(place - 1), payment, present, atStart);
  const interest = Series.mul(owed, rate);
  return [atStart.isZero() ? interest : divide(interest, Series.add(ONE, rate)), payment];
}

function repayment(rate: Decimal, number: Decimal, periods: Decimal, present: Decimal, future: Decimal = ZERO, atStart: Decimal = ZERO): Decimal {
  const [interest, payment] = interestOf(rate, number, periods, present, future, atStart);
  return asQuotient(Series.sub(payment, interest));
}

function rateOf(periods: Decimal, payment: Decimal, present: Decimal, future: Decimal = ZERO, atStart: Decimal = ZERO, guess: Decimal = TENTH): Decimal {
  if (periods.lte(0)) throw new Failure("#NUM!");
  return asQuotient(root((rate) => Series.sub(future, futureOf(rate, periods, payment, present, atStart)), guess));
}

/** What amounts at the ends of periods are worth at the beginning of the first. */
function worth(rate: Decimal, amounts: readonly Decimal[]): Decimal {
  const factor = finite(Series.div(ONE, Series.add(ONE, rate)));
  return amounts.reduceRight((total, amount) => Series.mul(Series.add(total, amount), factor), ZERO);
}

function amountsOf(values: readonly Value[]): Decimal[] {
  const found = decimals(values);
  if (found.length > MOST_PAYMENTS) throw new Failure("#NUM!");
  return found;
}

function netPresentValue(rate: Decimal, ...values: readonly Value[]): Decimal {
  if (rate.eq(-1)) throw new Failure("#DIV/0!");
  return asQuotient(worth(rate, amountsOf(values)));
}

function internalRate(amounts: Value, guess: Decimal = TENTH): Decimal {
  const found = amountsOf([amounts]);
  if (!found.some((one) => one.lt(0)) || !found.some((one) => one.gt(0))) throw new Failure("#NUM!");
  return asQuotient(root((rate) => worth(rate, found), guess));
}

/** Where a curve is zero, by secants from a guess on. */
function root(of: (rate: Decimal) => Decimal, guess: Decimal): Decimal {
  let [before, at] = [guess, add(guess, decimal("0.001"))];
  let height: Decimal;
  try {
    let heightBefore = of(before);
    height = of(at);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (height.abs().lt(LEFT.times(LEFT)) || Series.sub(at, before).abs().lt(NEAR)) break;
      const step = finite(Series.div(Series.mul(height, Series.sub(at, before)), Series.sub(height, heightBefore)));
      [before, heightBefore, at] = [at, height, Series.sub(at, step)];
      if (at.lte(-1)) at = Series.div(Series.sub(before, ONE), 2);
      height = of(at);
    }
  } catch (error) {
    if (error instanceof Failure) throw new Failure("#NUM!");
    throw error;
  }
  if (height.abs().gt(LEFT)) throw new Failure("#NUM!");
  return at;
}

function timesAYear(times: Decimal, rate: Decimal): Decimal {
  if (times.lt(1) || rate.lte(0)) throw new Failure("#NUM!");
  return times.trunc();
}

function effective(rate: Decimal, times: Decimal): Decimal {
  const parts = timesAYear(times, rate);
  return asQuotient(Series.sub(growthOf(divide(rate, parts), parts), ONE));
}

function nominal(rate: Decimal, times: Decimal): Decimal {
  const parts = timesAYear(times, rate);
  return asQuotient(Series.mul(parts, Series.sub(power(Series.add(ONE, rate), divide(ONE, parts)), ONE)));
}

export const finance: Twins = {
  PMT: eager((rate: Decimal, periods: Decimal, present: Decimal, future: Decimal = ZERO, atStart: Decimal = ZERO) => asQuotient(paymentOf(rate, periods, present, future, atStart))),
  FV: eager((rate: Decimal, periods: Decimal, payment: Decimal, present: Decimal = ZERO, atStart: Decimal = ZERO) => asQuotient(futureOf(rate, periods, payment, present, atStart))),
  PV: eager(presentValue),
  NPER: eager(periodsOf),
  IPMT: eager((rate: Decimal, number: Decimal, periods: Decimal, present: Decimal, future: Decimal = ZERO, atStart: Decimal = ZERO) =>
    asQuotient(interestOf(rate, number, periods, present, future, atStart)[0]),
  ),
  PPMT: eager(repayment),
  RATE: eager(rateOf),
  NPV: eager(netPresentValue),
  IRR: eager(internalRate),
  SLN: eager((cost: Decimal, rest: Decimal, periods: Decimal) => divide(subtract(cost, rest), periods)),
  EFFECT: eager(effective),
  NOMINAL: eager(nominal),
};

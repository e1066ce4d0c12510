import { Decimal } from "decimal.js";
import { Failure } from "./values";

/**
 * Exact decimal arithmetic with the server's rules: sums and products are exact, a quotient (root, logarithm ...) is
 * kept to 30 decimals while arithmetic goes on and settled to 20 as soon as anything else uses it.
 */
const QUOTIENT_PLACES = 30;
const SETTLED_PLACES = 20;
/** A result from 1E+100 on is the error #NUM!. */
export const MAXIMUM_EXPONENT = 99;

const SHARED = { rounding: Decimal.ROUND_HALF_UP, minE: -9999, maxE: 9999, toExpNeg: -9e15, toExpPos: 9e15 };
/** For sums and products. */
const Exact = Decimal.clone({ ...SHARED, precision: 160 });
/** For what is computed by series. */
export const Series = Decimal.clone({ ...SHARED, precision: 140 });
/** For products of such, with all their digits. */
const Whole = Decimal.clone({ ...SHARED, precision: 320 });

export const ZERO = new Exact(0);
export const ONE = new Exact(1);
export const TEN = new Exact(10);
const HUNDREDTH = new Exact("0.01");

export const HALF_AWAY = Decimal.ROUND_HALF_UP;
export const UP = Decimal.ROUND_UP;
export const DOWN = Decimal.ROUND_DOWN;
export const FLOOR = Decimal.ROUND_FLOOR;
export const CEILING = Decimal.ROUND_CEIL;

/** The number written in plain digits or with an exponent, or a whole number. */
export function decimal(written: string | number | bigint): Decimal {
  return new Exact(typeof written === "bigint" ? written.toString() : written);
}

function checked(value: Decimal): Decimal {
  if (!value.isFinite() || (!value.isZero() && value.e > MAXIMUM_EXPONENT)) throw new Failure("#NUM!");
  return value;
}

export function add(one: Decimal, other: Decimal): Decimal {
  return checked(Exact.add(one, other));
}

export function subtract(one: Decimal, other: Decimal): Decimal {
  return checked(Exact.sub(one, other));
}

export function multiply(one: Decimal, other: Decimal): Decimal {
  return checked(Exact.mul(one, other));
}

export function negate(value: Decimal): Decimal {
  return subtract(ZERO, value);
}

export function hundredth(value: Decimal): Decimal {
  return multiply(value, HUNDREDTH);
}

/** The quotient as arithmetic keeps it. */
export function divide(one: Decimal, other: Decimal): Decimal {
  if (other.isZero()) throw new Failure("#DIV/0!");
  return asQuotient(Series.div(one, other));
}

/** The quotient with all the digits that a number can have. */
export function exactQuotient(one: Decimal, other: Decimal): Decimal {
  return checked(Exact.div(one, other));
}

/** An inexact result with the decimals that are kept while arithmetic goes on. */
export function asQuotient(value: Decimal): Decimal {
  return checked(checked(value).toDecimalPlaces(QUOTIENT_PLACES, HALF_AWAY));
}

/** An inexact number rounded to the decimals that are shown, stored and compared. */
export function settle(value: Decimal | null): Decimal | null {
  return value === null ? null : checked(value.toDecimalPlaces(SETTLED_PLACES, HALF_AWAY));
}

/** The sum of a product and a number, rounded once. */
export function fused(one: Decimal, other: Decimal, more: Decimal): Decimal {
  return Series.add(Whole.mul(one, other), more);
}

/** The number with its point moved to the right. */
export function shiftPoint(value: Decimal, places: number): Decimal {
  return checked(Exact.mul(value, new Exact(`1e${places}`)));
}

/** The number with at most `places` decimals (negative: tens, hundreds ...). */
export function roundTo(value: Decimal, places: number, rounding: Decimal.Rounding = HALF_AWAY): Decimal {
  if (places >= 0) return value.decimalPlaces() <= places ? value : checked(value.toDecimalPlaces(places, rounding));
  if (places < -MAXIMUM_EXPONENT) return ZERO;
  const step = new Exact(`1e${-places}`);
  return checked(Exact.mul(Exact.mul(value, new Exact(`1e${places}`)).toDecimalPlaces(0, rounding), step));
}

/** The number without what stands behind the point, as counts and positions are taken. */
export function whole(value: Decimal): number {
  return value.trunc().toNumber();
}

/** The same without any loss. */
export function wholeBig(value: Decimal): bigint {
  return BigInt(value.trunc().toFixed());
}

/** The number as text: all digits, no exponent, no zeros at the end. */
export function plain(value: Decimal): string {
  return value.toFixed();
}

/** The place of the first digit: 0 for 1 to 9, 1 for 10 to 99. */
export function magnitude(value: Decimal): number {
  return value.isZero() ? 0 : value.e;
}

export function power(base: Decimal, exponent: Decimal): Decimal {
  if (base.isZero() && exponent.lte(0)) throw new Failure(exponent.isZero() ? "#NUM!" : "#DIV/0!");
  if (base.lt(0) && !exponent.isInteger()) throw new Failure("#NUM!");
  if (base.isZero()) return ZERO;
  const size = Series.log10(base.abs()).abs().times(exponent.abs());
  if (size.gt(100)) {
    if (base.abs().gt(1) === exponent.gt(0)) throw new Failure("#NUM!");
    return ZERO;
  }
  return asQuotient(Series.pow(base, exponent));
}

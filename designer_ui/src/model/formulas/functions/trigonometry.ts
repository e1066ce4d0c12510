import { Decimal } from "decimal.js";
import { ONE, Series, asQuotient } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";

/** Angles: the same series as on the server, so that not even the last digit differs. */

/** With what it takes to turn large angles back into one turn. */
const PI = new Series("3.14159265358979323846264338327950288419716939937510582097494459230782");
const FULL_TURN = Series.mul(PI, 2);
const QUARTER_TURN = Series.div(PI, 2);
const ONE_DEGREE = Series.div(PI, 180);
const ONE_RADIAN = Series.div(180, PI);
/** The smallest term that counts, and the first angle that Excel refuses. */
const TINY = new Series("1e-45");
const TOO_LARGE = 2 ** 27;

function sine(angle: Decimal): Decimal {
  if (angle.abs().gte(TOO_LARGE)) throw new Failure("#NUM!");
  const turns = Series.div(angle, FULL_TURN).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
  let term = Series.sub(angle, Series.mul(turns, FULL_TURN));
  let total = term;
  const square = Series.mul(term, term.neg());
  for (let place = 3; term.abs().gt(TINY); place += 2) {
    term = Series.div(Series.mul(term, square), (place - 1) * place);
    total = Series.add(total, term);
  }
  return total;
}

function cosine(angle: Decimal): Decimal {
  return sine(Series.add(angle, QUARTER_TURN));
}

function signedLike(size: Decimal, like: Decimal): Decimal {
  return like.isNegative() ? size.neg() : size;
}

function arctangent(tangent: Decimal): Decimal {
  if (tangent.abs().gt(1)) return Series.sub(signedLike(QUARTER_TURN, tangent), arctangent(Series.div(ONE, tangent)));
  let value = tangent;
  for (let times = 0; times < 3; times += 1) {
    const root = Series.sqrt(Series.add(ONE, Series.mul(value, value)));
    value = Series.div(value, Series.add(ONE, root));
  }
  let [total, power] = [value, value];
  const square = Series.mul(value, value.neg());
  for (let place = 3; power.abs().gt(TINY); place += 2) {
    power = Series.mul(power, square);
    total = Series.add(total, Series.div(power, place));
  }
  return Series.mul(total, 8);
}

function arcsine(value: Decimal): Decimal {
  if (value.abs().gt(1)) throw new Failure("#NUM!");
  if (value.abs().eq(1)) return signedLike(QUARTER_TURN, value);
  return arctangent(Series.div(value, Series.sqrt(Series.sub(ONE, Series.mul(value, value)))));
}

function quotient(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new Failure("#DIV/0!");
  return asQuotient(Series.div(value, divisor));
}

function angleTo(x: Decimal, y: Decimal): Decimal {
  if (x.isZero()) {
    if (y.isZero()) throw new Failure("#DIV/0!");
    return asQuotient(signedLike(QUARTER_TURN, y));
  }
  const angle = arctangent(Series.div(y, x));
  return asQuotient(x.lt(0) ? Series.add(angle, y.isZero() ? PI : signedLike(PI, y)) : angle);
}

export const trigonometry: Twins = {
  PI: eager(() => asQuotient(PI)),
  RADIANS: eager((degrees: Decimal) => asQuotient(Series.mul(degrees, ONE_DEGREE))),
  DEGREES: eager((angle: Decimal) => asQuotient(Series.mul(angle, ONE_RADIAN))),
  SIN: eager((angle: Decimal) => asQuotient(sine(angle))),
  COS: eager((angle: Decimal) => asQuotient(cosine(angle))),
  TAN: eager((angle: Decimal) => quotient(sine(angle), cosine(angle))),
  COT: eager((angle: Decimal) => quotient(cosine(angle), sine(angle))),
  ASIN: eager((value: Decimal) => asQuotient(arcsine(value))),
  ACOS: eager((value: Decimal) => asQuotient(Series.sub(QUARTER_TURN, arcsine(value)))),
  ATAN: eager((value: Decimal) => asQuotient(arctangent(value))),
  ATAN2: eager(angleTo),
};

import { Decimal } from "decimal.js";
import { MAXIMUM_EXPONENT, Series, TEN, ZERO, add, asQuotient, decimal, power, wholeBig } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";

/** Numbers: division and its rests, powers, roots, logarithms, counting of arrangements. */

/** Whole numbers above it have more digits than a number may have. */
const LARGEST = 10n ** BigInt(MAXIMUM_EXPONENT + 1) - 1n;
const MOST_FACTORS = 69n;

function modulo(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new Failure("#DIV/0!");
  const rest = value.mod(divisor);
  return !rest.isZero() && rest.lt(0) !== divisor.lt(0) ? add(rest, divisor) : add(rest, ZERO);
}

function quotient(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new Failure("#DIV/0!");
  return add(value.divToInt(divisor), ZERO);
}

function squareRoot(value: Decimal): Decimal {
  if (value.lt(0)) throw new Failure("#NUM!");
  return asQuotient(Series.sqrt(value));
}

function exponential(value: Decimal): Decimal {
  if (value.gt(228)) throw new Failure("#NUM!");
  return asQuotient(Series.exp(Decimal.max(value, -200)));
}

function logarithm(value: Decimal): Decimal {
  if (value.lte(0)) throw new Failure("#NUM!");
  return Series.ln(value);
}

function logarithmTo(value: Decimal, base: Decimal = TEN): Decimal {
  const [above, below] = [logarithm(value), logarithm(base)];
  if (below.isZero()) throw new Failure("#DIV/0!");
  return asQuotient(Series.div(above, below));
}

function wholes(values: readonly Decimal[]): bigint[] {
  const found = values.map(wholeBig);
  if (found.some((one) => one < 0n)) throw new Failure("#NUM!");
  return found;
}

function greatestDivisor(one: bigint, other: bigint): bigint {
  return other ? greatestDivisor(other, one % other) : one;
}

function leastMultiple(one: bigint, other: bigint): bigint {
  return one && other ? (one / greatestDivisor(one, other)) * other : 0n;
}

function factorial(value: Decimal): Decimal {
  const factors = wholes([value])[0] ?? 0n;
  if (factors > MOST_FACTORS) throw new Failure("#NUM!");
  let product = 1n;
  for (let factor = 2n; factor <= factors; factor += 1n) product *= factor;
  return decimal(product);
}

function within(result: bigint): bigint {
  if (result > LARGEST) throw new Failure("#NUM!");
  return result;
}

function chosenFrom(count: Decimal, size: Decimal): readonly [bigint, bigint] {
  const [number = 0n, chosen = 0n] = wholes([count, size]);
  if (chosen > number) throw new Failure("#NUM!");
  return [number, chosen];
}

function combinations(count: Decimal, chosen: Decimal): Decimal {
  const [number, wanted] = chosenFrom(count, chosen);
  const size = wanted < number - wanted ? wanted : number - wanted;
  let result = 1n;
  for (let place = 1n; place <= size; place += 1n) result = within((result * (number - size + place)) / place);
  return decimal(result);
}

function permutations(count: Decimal, chosen: Decimal): Decimal {
  const [number, size] = chosenFrom(count, chosen);
  let result = 1n;
  for (let factor = number; factor > number - size; factor -= 1n) result = within(result * factor);
  return decimal(result);
}

export const number: Twins = {
  ABS: eager((value: Decimal) => value.abs()),
  MOD: eager(modulo),
  POWER: eager(power),
  SQRT: eager(squareRoot),
  SIGN: eager((value: Decimal) => decimal(value.cmp(0))),
  EXP: eager(exponential),
  LN: eager((value: Decimal) => asQuotient(logarithm(value))),
  LOG: eager(logarithmTo),
  LOG10: eager((value: Decimal) => logarithmTo(value)),
  QUOTIENT: eager(quotient),
  GCD: eager((...values: readonly Decimal[]) => decimal(wholes(values).reduce(greatestDivisor))),
  LCM: eager((...values: readonly Decimal[]) => add(decimal(wholes(values).reduce(leastMultiple)), ZERO)),
  FACT: eager(factorial),
  COMBIN: eager(combinations),
  PERMUT: eager(permutations),
};

import type { Decimal } from "decimal.js";
import { FLOOR, ZERO, decimal, roundTo, subtract } from "./decimals";
import type { Token } from "./formatSections";
import { Failure } from "./values";

/** # ?/?: the nearest fraction whose divisor has no more digits than there are places, or is written. */

type Fraction = readonly [bigint, bigint];

export function fractionText(value: Decimal, tokens: readonly Token[], decimalText: (value: Decimal, tokens: readonly Token[]) => string): string {
  const slash = tokens.findIndex((one) => one.kind === "/");
  let start = slash;
  while (start > 0 && tokens[start - 1]?.kind === "digit") start -= 1;
  let end = slash + 1;
  while (end < tokens.length && (tokens[end]?.kind === "digit" || isDigits(tokens[end]?.text ?? ""))) end += 1;
  const [over, under] = [tokens.slice(start, slash), tokens.slice(slash + 1, end)];
  if (over.length === 0 || under.length === 0 || under.length > 5) throw new Failure("#VALUE!");
  const hasWhole = tokens.slice(0, start).some((one) => one.kind === "digit");
  let whole = hasWhole ? roundTo(value, 0, FLOOR) : ZERO;
  const rest = exactly(subtract(value, whole));
  const written = under.map((one) => one.text).join("");
  const fixed = isDigits(written) ? BigInt(written) : 0n;
  const [found, bottom] = fixed ? nearestOver(rest, fixed) : nearest(rest, 10n ** BigInt(under.length) - 1n);
  const isWhole = hasWhole && found === bottom;
  if (isWhole) whole = whole.plus(1);
  const top = isWhole ? 0n : found;
  const after = tokens
    .slice(end)
    .map((one) => one.text)
    .join("");
  if (hasWhole && top === 0n) {
    const shown = whole.isZero() ? [...tokens.slice(0, start - 1), { kind: "digit", text: "0" }] : tokens.slice(0, start);
    return decimalText(whole, shown) + " ".repeat(over.length + 1 + under.length) + after;
  }
  const before = hasWhole
    ? decimalText(whole, tokens.slice(0, start))
    : tokens
        .slice(0, start)
        .map((one) => one.text)
        .join("");
  return `${before}${String(top).padStart(over.length)}/${String(bottom).padEnd(under.length)}${after}`;
}

function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

/** The decimal as a fraction in lowest terms. */
function exactly(value: Decimal): Fraction {
  const places = value.decimalPlaces();
  const [top, bottom] = [BigInt(value.times(decimal(`1e${places}`)).toFixed()), 10n ** BigInt(places)];
  const divisor = greatestDivisor(top, bottom);
  return [top / divisor, bottom / divisor];
}

function greatestDivisor(one: bigint, other: bigint): bigint {
  return other ? greatestDivisor(other, one % other) : one;
}

/** So many parts of the divisor, half upwards. */
function nearestOver([top, bottom]: Fraction, divisor: bigint): Fraction {
  return [(2n * top * divisor + bottom) / (2n * bottom), divisor];
}

/** The nearest fraction with a divisor up to a limit: the last convergents of the continued fraction. */
function nearest([top, bottom]: Fraction, most: bigint): Fraction {
  if (bottom <= most) return [top, bottom];
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [n, d] = [top, bottom];
  for (;;) {
    const part = n / d;
    const q2 = q0 + part * q1;
    if (q2 > most) break;
    [p0, q0, p1, q1] = [p1, q1, p0 + part * p1, q2];
    [n, d] = [d, n - part * d];
  }
  const times = (most - q0) / q1;
  const bounds: readonly [Fraction, Fraction] = [
    [p0 + times * p1, q0 + times * q1],
    [p1, q1],
  ];
  // The distances from the number, over common denominators.
  const distance = ([over, under]: Fraction) => [absolute(over * bottom - top * under), under] as const;
  const [[far, farUnder], [near, nearUnder]] = [distance(bounds[0]), distance(bounds[1])];
  return near * farUnder <= far * nearUnder ? bounds[1] : bounds[0];
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

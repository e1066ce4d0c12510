import type { Decimal } from "decimal.js";
import { checkLength, length, slice, withinLength } from "../codePoints";
import { ONE, decimal, whole } from "../decimals";
import { titleCase } from "../titleCase";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";

/** Texts: parts and change. */

const LONGEST = 1_000_000;
 
const UNSEEN = /[\x00-\x1f]/g;

function count(value: Decimal, least = 0): number {
  const found = Math.min(whole(value), LONGEST);
  if (found < least) throw new Failure("#VALUE!");
  return found;
}

function right(text: string, size: Decimal = ONE): string {
  const wanted = count(size);
  return slice(text, Math.max(0, length(text) - wanted));
}

function middle(text: string, start: Decimal, size: Decimal): string {
  const first = count(start, 1) - 1;
  return slice(text, first, first + count(size));
}

function substitute(text: string, old: string, replacement: string, which?: Decimal): string {
  if (which) return substituteOne(text, old, replacement, count(which, 1));
  if (!old) return text;
  const parts = text.split(old);
  checkLength(length(text) + (parts.length - 1) * (length(replacement) - length(old)));
  return parts.join(replacement);
}

function substituteOne(text: string, old: string, replacement: string, which: number): string {
  const parts = old ? text.split(old) : [text];
  if (which >= parts.length) return text;
  return withinLength(parts.slice(0, which).join(old) + replacement + parts.slice(which).join(old));
}

function replace(text: string, start: Decimal, size: Decimal, replacement: string): string {
  const first = count(start, 1) - 1;
  return withinLength(slice(text, 0, first) + replacement + slice(text, first + count(size)));
}

function repeat(text: string, times: Decimal): string {
  const wanted = count(times);
  checkLength(length(text) * wanted);
  return text.repeat(wanted);
}

function character(code: Decimal): string {
  const number = whole(code);
  if (!(number > 0 && number <= 0x10ffff) || (number >= 0xd800 && number < 0xe000)) throw new Failure("#VALUE!");
  return String.fromCodePoint(number);
}

function code(text: string): Decimal {
  const first = text.codePointAt(0);
  if (first === undefined) throw new Failure("#VALUE!");
  return decimal(first);
}

/** Without spaces at the ends, and with single spaces inside. */
function trim(text: string): string {
  return text
    .split(" ")
    .filter((part) => part !== "")
    .join(" ");
}

export const text: Twins = {
  CONCAT: eager((...texts: readonly string[]) => withinLength(texts.join(""))),
  LEFT: eager((text: string, size: Decimal = ONE) => slice(text, 0, count(size))),
  RIGHT: eager(right),
  MID: eager(middle),
  LEN: eager((text: string) => decimal(length(text))),
  LOWER: eager((text: string) => text.toLowerCase()),
  UPPER: eager((text: string) => text.toUpperCase()),
  PROPER: eager(titleCase),
  CLEAN: eager((text: string) => text.replace(UNSEEN, "")),
  TRIM: eager(trim),
  SUBSTITUTE: eager(substitute),
  REPLACE: eager(replace),
  REPT: eager(repeat),
  EXACT: eager((text: string, other: string) => text === other),
  CHAR: eager(character),
  CODE: eager(code),
};

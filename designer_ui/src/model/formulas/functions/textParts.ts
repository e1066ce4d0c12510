import type { Decimal } from "decimal.js";
import { checkLength, length } from "../codePoints";
import { ONE, ZERO, whole } from "../decimals";
import { textOf } from "../operations";
import { eager, inContext, type Twins } from "../twin";
import { Failure, each, isList, type Value } from "../values";

/** Texts put together from parts, and taken apart at separators. */

function joined(parts: readonly string[], separator: string): string {
  checkLength(parts.reduce((sum, part) => sum + length(part), 0) + length(separator) * parts.length);
  return parts.join(separator);
}

function textJoin(separator: string, skipBlank: boolean, ...texts: readonly Value[]): string {
  const parts = texts.flatMap((text) => (isList(text) ? (text as readonly string[]) : [(text as string | null) ?? ""]));
  return joined(skipBlank ? parts.filter((part) => part !== "") : parts, separator);
}

function split(text: string, separator: string): Value {
  if (!separator) throw new Failure("#VALUE!");
  return text ? text.split(separator) : null;
}

/** Where the separator begins, from left to right, none over another. */
function placesOf(text: string, separator: string, ignoreCase: boolean): number[] {
  const [whole, part] = ignoreCase ? [[...text.toLowerCase()], [...separator.toLowerCase()]] : [[...text], [...separator]];
  const found: number[] = [];
  let place = 0;
  while (place + part.length <= whole.length) {
    const fits = part.every((sign, index) => sign === whole[place + index]);
    if (fits) found.push(place);
    place += fits ? part.length : 1;
  }
  return found;
}

/** Where the wanted separator begins; null when there are not so many. */
function cut(text: string, separator: string, which: Decimal, ignoreCase: Decimal, atEnd: Decimal): number | null {
  const number = whole(which);
  if (number === 0 || Math.abs(number) > Math.max(length(text), 1)) throw new Failure("#VALUE!");
  if (!separator) return number > 0 ? 0 : length(text);
  let places = placesOf(text, separator, !ignoreCase.isZero());
  if (!atEnd.isZero()) places = number > 0 ? [...places, length(text)] : [-length(separator), ...places];
  return places.at(number > 0 ? number - 1 : number) ?? null;
}

function instead(otherwise: string | undefined): string {
  if (otherwise === undefined) throw new Failure("#N/A");
  return otherwise;
}

function before(text: string, separator: string, which: Decimal = ONE, ignoreCase: Decimal = ZERO, atEnd: Decimal = ZERO, otherwise?: string): string {
  const place = cut(text, separator, which, ignoreCase, atEnd);
  return place === null ? instead(otherwise) : [...text].slice(0, Math.max(place, 0)).join("");
}

function after(text: string, separator: string, which: Decimal = ONE, ignoreCase: Decimal = ZERO, atEnd: Decimal = ZERO, otherwise?: string): string {
  const place = cut(text, separator, which, ignoreCase, atEnd);
  return place === null ? instead(otherwise) : [...text].slice(place + length(separator)).join("");
}

export const textParts: Twins = {
  TEXTJOIN: eager(textJoin),
  JOIN: inContext((context, items: Value, separator: string = ",") =>
    joined(
      each([items]).map((item) => textOf(context, item)),
      separator,
    ),
  ),
  SPLIT: eager(split),
  TEXTBEFORE: eager(before),
  TEXTAFTER: eager(after),
};

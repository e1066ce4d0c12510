import type { Decimal } from "decimal.js";
import { find, length, slice } from "../codePoints";
import { ONE, decimal, whole } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";
import { findPattern } from "../wildcards";

/** Texts in texts: where one stands, and whether it does. */

/** The place to begin at, counted from 0. */
function first(start: Decimal, text: string): number {
  const place = Math.min(whole(start), 1_000_000) - 1;
  if (!(place >= 0 && place <= length(text))) throw new Failure("#VALUE!");
  return place;
}

function placeOf(found: number): Decimal {
  if (found < 0) throw new Failure("#VALUE!");
  return decimal(found + 1);
}

function search(part: string, text: string, start: Decimal = ONE): Decimal {
  const from = first(start, text);
  const [small, sought] = [text.toLowerCase(), part.toLowerCase()];
  if (!/[?*~]/.test(sought)) return placeOf(from > length(small) ? -1 : find(small, sought, from));
  const found = findPattern(sought, slice(small, from));
  return placeOf(found < 0 ? -1 : found + from);
}

function within(holds: (text: string, part: string) => boolean) {
  return eager((text: string, part: string) => holds(text.toLowerCase(), part.toLowerCase()));
}

export const textSearch: Twins = {
  FIND: eager((part: string, text: string, start: Decimal = ONE) => placeOf(find(text, part, first(start, text)))),
  SEARCH: eager(search),
  CONTAINS: within((text, part) => text.includes(part)),
  STARTSWITH: within((text, part) => text.startsWith(part)),
  ENDSWITH: within((text, part) => text.endsWith(part)),
};

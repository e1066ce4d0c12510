import type { Decimal } from "decimal.js";
import { decimal, hundredth, negate } from "./decimals";
import { Failure } from "./values";

/** Numbers as people write them: "1,234.5", "15%", "-$5", "(5)" for minus five, "1e3". */

const LONGEST = 60;
const CURRENCIES = "$¥￥€£";
const AMOUNT = "(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})? *%?";
const SIGN = `(?:[+-]?[${CURRENCIES}]?|[${CURRENCIES}][+-])`;
const NUMBER = new RegExp(`^(?:${SIGN} *${AMOUNT}|\\([${CURRENCIES}]?${AMOUNT}\\)|[${CURRENCIES}]\\(${AMOUNT}\\))$`);
const DECORATION = new RegExp(`[,%() ${CURRENCIES}+]`, "g");

function trimmed(text: string): string {
  return text.replace(/^ +| +$/g, "");
}

export function looksLikeNumber(text: string): boolean {
  const found = trimmed(text);
  return found.length <= LONGEST && NUMBER.test(found);
}

/** The number written in a text; anything else is #VALUE!. */
export function numberFromText(text: string): Decimal {
  if (!looksLikeNumber(text)) throw new Failure("#VALUE!");
  const digits = text.replace(DECORATION, "").replace(/e(\d)/i, "e+$1");
  const value = text.includes("%") ? hundredth(decimal(digits)) : decimal(digits);
  return text.includes("(") ? negate(value) : value;
}

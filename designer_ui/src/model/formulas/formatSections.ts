import type { Decimal } from "decimal.js";
import { length } from "./codePoints";
import { decimal } from "./decimals";
import { Failure } from "./values";

/** Formats such as "#,##0.00;(0)" taken apart: sections by ";", each a row of tokens. */

/** Characters of the longest format, as in Excel. */
const MAXIMUM_FORMAT = 255;
const TOKEN =
  /(?<quoted>"[^"]*"?)|\\(?<escaped>.)|_(?<space>.)|\*(?<fill>.)|\[(?<bracket>[^\]]*)\]|(?<general>General)|(?<half>AM\/PM|A\/P|上午\/下午)|(?<exponent>E[+-])|(?<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)|(?<digit>[0#?])|(?<sign>[.,%/@])|(?<other>.)/gisu;
const CONDITION = /^(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)$/;
const CURRENCY = /^\$([^-]*)(?:-.*)?$/s;

/** A piece of a section: "text" shown as it is, "digit", "date", "elapsed", or a sign by itself. */
export interface Token {
  readonly kind: string;
  readonly text: string;
}

/** What is shown, and for which numbers when that is written: [<100]. */
export interface Section {
  readonly tokens: readonly Token[];
  readonly condition: { readonly sign: string; readonly limit: Decimal } | null;
}

export function has(section: Section, ...kinds: readonly string[]): boolean {
  return section.tokens.some((token) => kinds.includes(token.kind));
}

/** Whether it shows dates or times. */
export function isOfDates(section: Section): boolean {
  return has(section, "date", "half", "elapsed");
}

/** The one to four sections of a format; one that is no format is #VALUE!. */
export function sectionsOf(pattern: string): readonly [Section, ...Section[]] {
  if (length(pattern) > MAXIMUM_FORMAT) throw new Failure("#VALUE!");
  const rows: { tokens: Token[]; condition: Section["condition"] }[] = [{ tokens: [], condition: null }];
  for (const match of pattern.matchAll(TOKEN)) {
    const found = match.groups ?? {};
    const row = rows[rows.length - 1];
    const condition = found["bracket"] === undefined ? null : CONDITION.exec(found["bracket"]);
    if (found["other"] === ";") rows.push({ tokens: [], condition: null });
    else if (row && condition) row.condition = { sign: condition[1] ?? "", limit: decimal(condition[2] ?? "0") };
    else {
      const token = tokenOf(found, match[0]);
      if (token) row?.tokens.push(token);
    }
  }
  if (rows.length > 4 || rows.some((row) => isOfDates(row) && has(row, "digit"))) throw new Failure("#VALUE!");
  return rows as unknown as readonly [Section, ...Section[]];
}

function tokenOf(found: Readonly<Record<string, string | undefined>>, text: string): Token | null {
  const kind = Object.keys(found).find((name) => found[name] !== undefined) ?? "other";
  const inside = found[kind] ?? "";
  switch (kind) {
    case "quoted":
      return { kind: "text", text: text.replace(/^"+|"+$/g, "") };
    case "escaped":
    case "other":
      return { kind: "text", text: inside };
    case "space":
      return { kind: "text", text: " " };
    case "fill":
      return null;
    case "bracket":
      return bracket(inside);
    case "sign":
      return { kind: text, text };
  }
  return { kind, text };
}

/** [h] counts all hours, [$¥-804] shows a currency; colours and languages are left out. */
function bracket(inside: string): Token | null {
  if (/^(?:h+|m+|s+)$/i.test(inside)) return { kind: "elapsed", text: inside.toLowerCase() };
  const currency = CURRENCY.exec(inside);
  return currency ? { kind: "text", text: currency[1] ?? "" } : null;
}

function holds({ condition }: Section, value: Decimal): boolean {
  if (!condition) return false;
  const sign = value.cmp(condition.limit);
  const tests: Readonly<Record<string, boolean>> = { "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "=": sign === 0, "<>": sign !== 0 };
  return tests[condition.sign] ?? false;
}

/**
 * The section that shows a number, and the number as it is to be shown: a section of its own for negative numbers
 * brings its own sign.
 */
export function sectionFor(sections: readonly [Section, ...Section[]], value: Decimal): readonly [Section, Decimal] {
  const [first, second, third] = sections;
  const numeric = sections.slice(0, 3);
  if (numeric.some((one) => one.condition)) {
    const found = numeric.find((one) => !one.condition || holds(one, value));
    return found ? [found, value] : [{ tokens: [{ kind: "text", text: "#" }], condition: null }, value.abs()];
  }
  if (value.lt(0) && second) return [second, value.abs()];
  if (value.isZero() && third) return [third, value];
  return [first, value];
}

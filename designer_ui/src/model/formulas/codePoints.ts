import { Failure } from "./values";

/** Texts as the server counts them: by code points, so that an emoji is one character. */

/** Characters of the longest text an expression may make. */
const MAXIMUM_TEXT = 100_000;
const SURROGATE = /[\ud800-\udfff]/;
const SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const AROUND = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "g");
const ANYWHERE = new RegExp(`[${SPACES}]+`, "g");

export function length(text: string): number {
  return SURROGATE.test(text) ? [...text].length : text.length;
}

/** The characters from `start` up to but without `end`. */
export function slice(text: string, start: number, end = Infinity): string {
  return SURROGATE.test(text) ? [...text].slice(start, end).join("") : text.slice(start, end);
}

/** Where `part` begins, at `start` or behind it; -1 when it is not there. */
export function find(text: string, part: string, start = 0): number {
  const from = SURROGATE.test(text) ? slice(text, 0, start).length : start;
  const place = text.indexOf(part, from);
  return place < 0 ? -1 : length(text.slice(0, place));
}

/** Without white space at both ends. */
export function strip(text: string): string {
  return text.replace(AROUND, "");
}

export function withoutSpaces(text: string): string {
  return text.replace(ANYWHERE, "");
}

/** Raises an error when a text of that length would be too long. */
export function checkLength(size: number): void {
  if (size > MAXIMUM_TEXT) throw new Failure("#VALUE!");
}

export function withinLength(text: string): string {
  if (text.length > MAXIMUM_TEXT) checkLength(length(text));
  return text;
}

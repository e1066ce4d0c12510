import { length } from "./codePoints";
import { Failure } from "./values";

/** Texts in which "?" stands for any character and "*" for any characters; "~" takes away a sign's meaning. */

/** Characters of the longest pattern, as the server writes it out for its matcher. */
const MAXIMUM_PATTERN = 1_000;
const ANY = null;
type Sign = string | typeof ANY;

/** The pattern's pieces between its "*", each a row of characters and places for any. */
function piecesOf(pattern: string): Sign[][] {
  const pieces: Sign[][] = [[]];
  const signs = [...pattern];
  let written = 0;
  for (let place = 0; place < signs.length; place += 1) {
    const sign = signs[place] ?? "";
    if (sign === "*") {
      pieces.push([]);
      written += 3;
      continue;
    }
    const escaped = sign === "~";
    if (escaped) place += 1;
    const meant = escaped ? signs[place] : sign;
    if (meant === undefined) continue;
    pieces.at(-1)?.push(sign === "?" ? ANY : meant);
    written += sign === "?" ? 1 : writtenLength(meant);
  }
  if (written > MAXIMUM_PATTERN) throw new Failure("#VALUE!");
  return pieces;
}

/** How long a character is in a regular expression: all but letters, digits, "_" and what is not ASCII is escaped. */
function writtenLength(character: string): number {
  if (character === "\0") return 4;
  return /^[A-Za-z0-9_\u0080-\u{10ffff}]$/u.test(character) ? length(character) : 2;
}

function fits(piece: readonly Sign[], text: readonly string[], at: number): boolean {
  return at + piece.length <= text.length && piece.every((sign, place) => sign === ANY || sign === text[at + place]);
}

function place(piece: readonly Sign[], text: readonly string[], from: number): number {
  for (let at = from; at + piece.length <= text.length; at += 1) if (fits(piece, text, at)) return at;
  return -1;
}

/** Where the pattern first fits in the text; -1 when nowhere. When the rest does not follow its first piece, it follows no later one. */
export function findPattern(pattern: string, text: string): number {
  const signs = [...text];
  const [head = [], ...rest] = piecesOf(pattern);
  const start = place(head, signs, 0);
  if (start < 0) return -1;
  let end = start + head.length;
  for (const piece of rest) {
    const found = place(piece, signs, end);
    if (found < 0) return -1;
    end = found + piece.length;
  }
  return start;
}

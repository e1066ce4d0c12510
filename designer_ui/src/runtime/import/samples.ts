/** How the first cells of a column are read, to be looked at by a person. */
import type { DateOrder, NumberStyle } from "./types";

const SHORT_DATE = /^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T]+(\d{1,2}:\d{2}.*))?\s*$/;
/** Two-digit years from here on belong to the last century. */
const CENTURY_TURN = 69;

/** A short date as YYYY-MM-DD when it is read in this order; null when it cannot be. */
export function readDate(text: string, order: DateOrder): string | null {
  const found = SHORT_DATE.exec(text);
  if (!found) return null;
  const parts: Record<string, string> = Object.fromEntries([...order].map((part, index) => [part, found[index + 1] ?? ""]));
  const { d = "", m = "", y = "" } = parts;
  const wrong = (y.length !== 2 && y.length !== 4) || d.length > 2 || Number(m) < 1 || Number(m) > 12 || Number(d) < 1 || Number(d) > 31;
  if (wrong) return null;
  const year = y.length === 4 ? Number(y) : Number(y) + (Number(y) >= CENTURY_TURN ? 1900 : 2000);
  return `${String(year).padStart(4, "0")}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
}

/** A number as digits with a point when its decimals stand behind this sign; null when it is none. */
export function readNumber(text: string, style: NumberStyle): string | null {
  const bare = text.replace(/[\s'’]/g, "");
  const digits = style === "comma" ? bare.replaceAll(".", "").replace(",", ".") : bare.replaceAll(",", "");
  return /^-?\d+(\.\d+)?$/.test(digits) ? digits : null;
}

/** The first sample that can be read, with what it reads as. */
export function firstRead(samples: readonly string[], read: (text: string) => string | null): readonly [string, string] | null {
  for (const sample of samples) {
    const value = read(sample);
    if (value !== null) return [sample, value];
  }
  return null;
}

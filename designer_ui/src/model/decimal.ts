/** Exact decimal text: what a person types becomes a value without ever passing through a double. */

/** Digits every double represents exactly; longer numbers travel as text. */
const EXACT_DIGITS = 15;

const PLAIN = /^-?(\d+(\.\d*)?|\.\d+)$/;

/** Typed text (full-width digits, thousands separators, currency signs) as plain decimal text, or null when it is none. */
export function readDecimal(typed: string): string | null {
  const text = typed
    .normalize("NFKC")
    .replace(/[,\s'_]/g, "")
    .replace(/^[¥$€£]/, "")
    .replace(/%$/, "")
    .replace(/^(-?)[¥$€£]/, "$1")
    .replace(/^\+/, "");
  if (!PLAIN.test(text)) return null;
  return tidy(text);
}

function tidy(text: string): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const left = whole.replace(/^0+(?=\d)/, "") || "0";
  const right = fraction.replace(/0+$/, "");
  const digits = right ? `${left}.${right}` : left;
  return negative && digits !== "0" ? `-${digits}` : digits;
}

/** Moves the point `places` to the right (negative: left). */
export function shiftPoint(text: string, places: number): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const at = whole.length + places;
  const digits = whole + fraction;
  const padded = at <= 0 ? digits.padStart(digits.length - at + 1, "0") : digits.padEnd(at, "0");
  const point = at <= 0 ? 1 : at;
  const shifted = `${padded.slice(0, point)}.${padded.slice(point)}`;
  return tidy(negative ? `-${shifted}` : shifted);
}

/** Rounds half away from zero, as the server does. */
export function roundDecimal(text: string, decimals: number): string {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  if (fraction.length <= decimals) return tidy(text);
  const up = (fraction[decimals] ?? "0") >= "5" ? 1n : 0n;
  const digits = (BigInt(whole + fraction.slice(0, decimals)) + up).toString().padStart(decimals + 1, "0");
  const at = digits.length - decimals;
  return tidy(`${text.startsWith("-") ? "-" : ""}${digits.slice(0, at)}.${digits.slice(at)}`);
}

/** A JSON number (or exact text) as plain decimal text, without an exponent. */
export function decimalText(value: number | string): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/i.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  return sign + shiftPoint(fraction ? `${whole}.${fraction}` : whole, Number(exponent));
}

/** Decimal text as the API takes it: a JSON number where that is exact, else text. */
export function decimalJson(text: string): number | string {
  const digits = text.replace(/[-.]/g, "").replace(/^0+/, "");
  return digits.length <= EXACT_DIGITS ? Number(text) : text;
}

/** The exact sum of plain decimal texts. */
export function sumDecimals(texts: readonly string[]): string {
  const places = Math.max(0, ...texts.map((text) => (text.split(".")[1] ?? "").length));
  let sum = 0n;
  for (const text of texts) {
    const [whole = "", fraction = ""] = text.replace("-", "").split(".");
    const units = BigInt((whole || "0") + fraction.padEnd(places, "0"));
    sum += text.startsWith("-") ? -units : units;
  }
  return shiftPoint(sum.toString(), -places);
}

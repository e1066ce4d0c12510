import type { Decimal } from "decimal.js";
import type { Context } from "./context";
import { dateTimeFromText, timeFromText } from "./datesInText";
import { TEN, decimal, magnitude, plain, roundTo, shiftPoint } from "./decimals";
import { has, isOfDates, sectionFor, sectionsOf, type Section, type Token } from "./formatSections";
import { fractionText } from "./fractionFormats";
import { DAY_ZERO, formatMoment, momentOfSerial, shownLength, shownWall, type Shown } from "./momentFormats";
import { looksLikeNumber, numberFromText } from "./numbersInText";
import { textOf } from "./operations";
import { Clock, Day, Duration, Failure, Moment, isNumber, type Value } from "./values";
import { DAY_MICROS, joinWall, wallOf } from "./zones";

/** Values as text by a format of Excel's, such as "#,##0.00", "0%" or "yyyy-mm-dd". */

const MOST_PLACES = 30;
const MOST_DIGITS = 60;
const GENERAL_WIDTH = 11;

type Sections = readonly [Section, ...Section[]];

/** A number, date, datetime, time or duration by a format; a text that looks like one alike. */
export function formatValue(context: Context, value: Value, pattern: string): string {
  const sections = sectionsOf(pattern);
  if (typeof value === "string") return formatText(value, sections);
  if (isNumber(value)) return formatNumber(value, sections);
  const shown = shownOf(context, value);
  return shown ? formatMoment(shown, sectionOfDates(sections)) : textOf(context, value);
}

function shownOf(context: Context, value: Value): Shown | null {
  if (value instanceof Moment) return shownWall(joinWall(wallOf(context.timeZone, value)));
  if (value instanceof Day) return shownWall(BigInt(value.days) * DAY_MICROS);
  if (value instanceof Clock) return shownWall(DAY_ZERO + BigInt(value.micros));
  return value instanceof Duration ? shownLength(value.micros) : null;
}

/** A number by the section that is for it. */
function formatNumber(value: Decimal, sections: Sections): string {
  const [section, shown] = sectionFor(sections, value);
  if (isOfDates(section)) return formatMoment(momentOfSerial(shown, has(section, "elapsed")), section);
  const body = bodyOf(shown.abs(), section);
  return shown.lt(0) ? `-${body}` : body;
}

function bodyOf(value: Decimal, section: Section): string {
  if (has(section, "general", "@")) return section.tokens.map((one) => (one.kind === "general" || one.kind === "@" ? generalText(value) : one.text)).join("");
  if (has(section, "/")) return fractionText(value, section.tokens, decimalText);
  return has(section, "exponent") ? scientific(value, section.tokens) : decimalText(value, section.tokens);
}

/** A number as a cell without a format shows it: at most 11 characters, with an exponent from 1E+11 on. */
function generalText(value: Decimal): string {
  const text = plain(value);
  if (text.length <= GENERAL_WIDTH) return text;
  let power = magnitude(value);
  if (power < GENERAL_WIDTH && power >= -4) return plain(roundTo(value, GENERAL_WIDTH - 2 - Math.max(power, 0)));
  let mantissa = roundTo(shiftPoint(value, -power), 5);
  if (mantissa.gte(TEN)) [mantissa, power] = [decimal(1), power + 1];
  return `${plain(mantissa)}E${power >= 0 ? "+" : "-"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Dates are positive numbers to Excel; a format for numbers cannot show them here. */
function sectionOfDates(sections: Sections): Section {
  if (!isOfDates(sections[0]) && has(sections[0], "digit", "general")) throw new Failure("#VALUE!");
  return sections[0];
}

function formatText(value: string, sections: Sections): string {
  const [first] = sections;
  const onlyText = has(first, "@") && !has(first, "digit");
  if (!onlyText && sections.length < 4) {
    if (looksLikeNumber(value)) return formatNumber(numberFromText(value), sections);
    const moment = isOfDates(first) ? momentIn(value) : null;
    if (moment) return formatMoment(moment, first);
  }
  const section = sections.length === 4 ? sections[3] : onlyText ? first : undefined;
  return section ? section.tokens.map((one) => (one.kind === "@" ? value : one.text)).join("") : value;
}

function momentIn(text: string): Shown | null {
  const readers = [() => shownWall(dateTimeFromText(text).wall), () => shownWall(DAY_ZERO + BigInt(timeFromText(text).micros))];
  for (const read of readers) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return null;
}

/** Digits where the format has places for them, and everything else where it stands. */
function decimalText(value: Decimal, tokens: readonly Token[]): string {
  const found = tokens.findIndex((one) => one.kind === ".");
  const point = found < 0 ? tokens.length : found;
  const digitPlaces = tokens.flatMap((one, place) => (one.kind === "digit" ? [place] : []));
  const wholePlaces = digitPlaces.filter((place) => place < point);
  const places = digitPlaces.filter((place) => place > point);
  if (places.length > MOST_PLACES || wholePlaces.length > MOST_DIGITS) throw new Failure("#VALUE!");
  const last = wholePlaces.at(-1) ?? point - 1;
  const first = wholePlaces[0] ?? point;
  const thousands = tokens.slice(0, point).some((one, place) => one.kind === "," && first < place && place < last);
  const scale = 2 * tokens.filter((one) => one.kind === "%").length - 3 * commasAfter(tokens, Math.max(last, ...places));
  const [whole = "", fraction = ""] = roundTo(shiftPoint(value, scale), places.length).toFixed().split(".");
  const before = whole.replace(/^0+/, "");
  const shown = [
    ...wholeDigits(before, wholePlaces.map((place) => tokens[place]?.text ?? "0"), thousands),
    ...fractionDigits(fraction, places.map((place) => tokens[place]?.text ?? "0")),
  ];
  const digits = new Map([...wholePlaces, ...places].map((place, index) => [place, shown[index] ?? ""]));
  if (wholePlaces.length === 0 && point < tokens.length) digits.set(point, `${before}.`);
  return tokens.map((one, place) => digits.get(place) ?? (one.kind === "," ? "" : one.text)).join("");
}

/** How many commas follow the last digit at once: each divides by a thousand. */
function commasAfter(tokens: readonly Token[], last: number): number {
  let count = 0;
  while (tokens[last + 1 + count]?.kind === ",") count += 1;
  return count;
}

/** What stands at each place for a digit before the point; the first place takes all that are more. */
function wholeDigits(digits: string, masks: readonly string[], thousands: boolean): string[] {
  if (masks.length === 0) return [];
  const more = Math.max(0, digits.length - masks.length);
  const atPlaces = more ? [digits.slice(0, more + 1), ...digits.slice(more + 1)] : [...digits];
  const fillers: Readonly<Record<string, string>> = { "0": "0", "?": " ", "#": "" };
  const shown = [...masks.slice(0, masks.length - atPlaces.length).map((mask) => fillers[mask] ?? ""), ...atPlaces];
  if (!thousands) return shown;
  const grouped: string[] = [];
  let behind = 0;
  for (const text of shown.toReversed()) {
    let part = "";
    for (const digit of [...text].reverse()) {
      part = digit + (behind && behind % 3 === 0 && digit !== " " ? "," : "") + part;
      behind += 1;
    }
    grouped.unshift(part);
  }
  return grouped;
}

function fractionDigits(digits: string, masks: readonly string[]): string[] {
  const shown = [...digits.padEnd(masks.length, "0")];
  for (let place = masks.length - 1; place >= 0 && shown[place] === "0" && masks[place] !== "0"; place -= 1) {
    shown[place] = masks[place] === "#" ? "" : " ";
  }
  return shown;
}

/** 0.00E+00; with several whole places the exponent is a multiple of their number. */
function scientific(value: Decimal, tokens: readonly Token[]): string {
  const at = tokens.findIndex((one) => one.kind === "exponent");
  const sign = tokens[at]?.text ?? "E+";
  const mantissa = tokens.slice(0, at);
  const found = mantissa.findIndex((one) => one.kind === ".");
  const point = found < 0 ? mantissa.length : found;
  const step = Math.max(1, mantissa.slice(0, point).filter((one) => one.kind === "digit").length);
  const places = mantissa.slice(point).filter((one) => one.kind === "digit").length;
  let power = value.isZero() ? 0 : Math.floor(magnitude(value) / step) * step;
  let rounded = roundTo(shiftPoint(value, -power), places);
  if (rounded.gte(decimal(`1e${step}`))) {
    power += step;
    rounded = roundTo(shiftPoint(value, -power), places);
  }
  const exponent = decimalText(decimal(Math.abs(power)), tokens.slice(at + 1));
  return `${decimalText(rounded, mantissa)}${sign[0]}${power < 0 ? "-" : sign.endsWith("+") ? "+" : ""}${exponent}`;
}

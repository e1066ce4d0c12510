import type { Decimal } from "decimal.js";
import { civil, isoWeekday, daysOf } from "./calendar";
import { MONTH_NAMES } from "./datesInText";
import { decimal, multiply, roundTo } from "./decimals";
import { has, type Section, type Token } from "./formatSections";
import { Failure } from "./values";
import { DAY_MICROS, splitMicros } from "./zones";

/** Dates, times and durations as text by a section of a format such as "yyyy-mm-dd hh:mm". */

const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const CHINESE_DAYS = "一二三四五六日";
/** Excel counts days from here; before March 1900 it counts a day that never was. */
export const DAY_ZERO = BigInt(daysOf(1899, 12, 30)) * DAY_MICROS;
const FEBRUARY_1900 = 61;
const LAST_SERIAL = 2_958_466;
const UNITS: Readonly<Record<string, bigint>> = { h: 3_600_000_000n, m: 60_000_000n, s: 1_000_000n };

/** What a clock on the wall shows, in microseconds from 1970-01-01, and the time since Excel's day zero. */
export interface Shown {
  readonly wall: bigint;
  readonly elapsed: bigint;
}

export function shownWall(wall: bigint): Shown {
  return { wall, elapsed: wall - DAY_ZERO };
}

export function shownLength(micros: bigint): Shown {
  if (micros < 0n) throw new Failure("#VALUE!");
  return { wall: DAY_ZERO + micros, elapsed: micros };
}

/** The moment that Excel means by a number of days, or (`elapsed`) just as long a time. */
export function momentOfSerial(serial: Decimal, elapsed: boolean): Shown {
  if (serial.lt(0) || serial.gte(LAST_SERIAL)) throw new Failure("#VALUE!");
  const micros = BigInt(roundTo(multiply(serial, decimal(DAY_MICROS)), 0).toFixed());
  if (elapsed) return shownLength(micros);
  return shownWall(DAY_ZERO + micros + (serial.lt(FEBRUARY_1900) ? DAY_MICROS : 0n));
}

/** "mm" after hours or before seconds is minutes, else the month. */
export function formatMoment(shown: Shown, section: Section): string {
  const timed = section.tokens.filter((one) => one.kind === "date" || one.kind === "elapsed");
  const twelve = has(section, "half");
  let place = -1;
  const texts = section.tokens.map((one) => {
    if (one.kind === "half") return half(shown, one.text);
    if (one.kind !== "date" && one.kind !== "elapsed") return one.text;
    place += 1;
    if (one.kind === "elapsed") return elapsedText(shown.elapsed, one.text);
    const before = timed[place - 1]?.text[0]?.toLowerCase();
    const after = timed[place + 1]?.text[0]?.toLowerCase();
    return part(shown, one, before === "h" || after === "s", twelve);
  });
  return texts.join("");
}

function elapsedText(elapsed: bigint, letters: string): string {
  const unit = UNITS[letters[0] ?? "s"] ?? 1n;
  const count = elapsed >= 0n ? elapsed / unit : -((-elapsed + unit - 1n) / unit);
  return signPadded(String(count), letters.length);
}

/** Filled up with noughts behind a sign. */
function signPadded(digits: string, width: number): string {
  return digits.startsWith("-") ? `-${digits.slice(1).padStart(width - 1, "0")}` : digits.padStart(width, "0");
}

function half({ wall }: Shown, written: string): string {
  const [early = "", late = ""] = written.toUpperCase().split("/");
  return splitMicros(wall).micros < 43_200_000_000 ? early : late;
}

function part({ wall }: Shown, token: Token, minutes: boolean, twelve: boolean): string {
  const { days, micros } = splitMicros(wall);
  const { year, month, day } = civil(days);
  const seconds = Math.floor(micros / 1_000_000);
  const [letters = "", fraction = ""] = token.text.toLowerCase().split(".");
  const padded = (value: number) => String(value).padStart(Math.min(letters.length, 2), "0");
  const weekday = isoWeekday(days) - 1;
  switch (letters[0]) {
    case "y":
      return letters.length > 2 ? String(year).padStart(4, "0") : String(year % 100).padStart(2, "0");
    case "e":
      return String(year).padStart(4, "0");
    case "d":
      return named(DAY_NAMES[weekday] ?? "", letters) ?? padded(day);
    case "a":
      return letters.length === 3 ? (CHINESE_DAYS[weekday] ?? "") : `星期${CHINESE_DAYS[weekday]}`;
    case "h": {
      const hour = Math.floor(seconds / 3600);
      return padded(twelve ? hour % 12 || 12 : hour);
    }
    case "s": {
      const digits = String(micros % 1_000_000).padStart(6, "0").padEnd(fraction.length, "0").slice(0, fraction.length);
      return padded(seconds % 60) + (fraction ? `.${digits}` : "");
    }
  }
  if (minutes && letters.length <= 2) return padded(Math.floor(seconds / 60) % 60);
  return named(MONTH_NAMES[month - 1] ?? "", letters) ?? padded(month);
}

/** The name for three letters (short), four (whole) and five (its first letter). */
function named(name: string, letters: string): string | null {
  if (letters.length < 3) return null;
  return letters.length === 3 ? name.slice(0, 3) : letters.length === 5 ? name.slice(0, 1) : name;
}

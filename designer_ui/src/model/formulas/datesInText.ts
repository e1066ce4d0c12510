import { dayFrom } from "./calendar";
import { length, strip } from "./codePoints";
import { readIso } from "./isoText";
import { Clock, Failure } from "./values";
import { DAY_MICROS } from "./zones";

/** Dates and times as people write them: 2026-01-31, 2026年1月31日, 31-Jan-2026, 1/31/2026, 8:30 PM. */

export const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"] as const;

const MONTH = "(?<name>[A-Za-z]{3,9})\\.?";
const DAY = "(?<day>[0-9]{1,2})";
const YEAR = "(?<year>[0-9]{4})";
const DATES = [
  `${YEAR}[-/.年](?<month>[0-9]{1,2})[-/.月]${DAY}日?`,
  `(?<month>[0-9]{1,2})/${DAY}/${YEAR}`,
  `${DAY}[- ]${MONTH}[- ]${YEAR}`,
  `${MONTH} ${DAY},? ${YEAR}`,
].map((pattern) => new RegExp(`^${pattern}$`));
const TIME = /^(上午|下午)?([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}(?:\.[0-9]{1,6})?))?(?: ?([AaPp][Mm]))?$/;
/** What parts a date from the time after it. */
const GAP = /[ T]+(?=(?:上午|下午)?[0-9]{1,2}:)|(?<=日)(?=(?:上午|下午)?[0-9]{1,2}:)/;

/** What a text says: microseconds from 1970-01-01 on the clock on the wall, and the offset where one is written. */
export interface Written {
  readonly wall: bigint;
  /** Microseconds ahead of UTC; null when none is written. */
  readonly offset: bigint | null;
}

/** The date and time written in a text; anything else is #VALUE!. */
export function dateTimeFromText(text: string): Written {
  const stripped = strip(text);
  if (length(stripped) <= 60) {
    const gap = GAP.exec(stripped);
    const day = readDate(gap ? stripped.slice(0, gap.index) : stripped);
    const clock = gap ? readTime(stripped.slice(gap.index + gap[0].length)) : 0;
    if (day !== null && clock !== null) return { wall: BigInt(day) * DAY_MICROS + BigInt(clock), offset: null };
    const found = readIso(stripped);
    if (found) return found;
  }
  throw new Failure("#VALUE!");
}

export function dateFromText(text: string): number {
  return dayOf(dateTimeFromText(text).wall);
}

/** The time of day written in a text, also when a date stands before it. */
export function timeFromText(text: string): Clock {
  const micros = readTime(strip(text));
  if (micros !== null) return new Clock(micros);
  const { wall } = dateTimeFromText(text);
  return new Clock(Number(wall - BigInt(dayOf(wall)) * DAY_MICROS));
}

function dayOf(wall: bigint): number {
  const rest = ((wall % DAY_MICROS) + DAY_MICROS) % DAY_MICROS;
  return Number((wall - rest) / DAY_MICROS);
}

function readDate(text: string): number | null {
  for (const pattern of DATES) {
    const parts = pattern.exec(text)?.groups;
    if (!parts) continue;
    const month = parts["name"] === undefined ? Number(parts["month"]) : monthNamed(parts["name"]);
    return dayFrom(Number(parts["year"]), month, Number(parts["day"]));
  }
  return null;
}

/** 1 to 12 for a name or its first three letters, 0 for anything else. */
function monthNamed(name: string): number {
  const wanted = name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
  return MONTH_NAMES.findIndex((one) => wanted === one || wanted === one.slice(0, 3)) + 1;
}

/** Microseconds since midnight; null when it is no time of day. */
function readTime(text: string): number | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, early, hour = "", minute = "", second = "0", late] = found;
  const half = early === "上午" ? "AM" : early === "下午" ? "PM" : (late ?? "").toUpperCase();
  let hours = Number(hour);
  if (half) {
    if (hours < 1 || hours > 12 || (early && late)) return null;
    hours = (hours % 12) + (half === "PM" ? 12 : 0);
  }
  const [seconds = "0", fraction = ""] = second.split(".");
  if (hours > 23 || Number(minute) > 59 || Number(seconds) > 59) return null;
  return (hours * 3600 + Number(minute) * 60 + Number(seconds)) * 1_000_000 + Number(fraction.padEnd(6, "0"));
}

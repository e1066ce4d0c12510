/** Days and times as spreadsheets and people write them, in English and Chinese. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const CENTURY = 2000;

const two = (number: number): string => String(number).padStart(2, "0");

/** A day of the calendar in ISO 8601; null when there is no such day. */
function isoDay(year: number, month: number, day: number): string | null {
  const full = year < 100 ? CENTURY + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  const real = date.getUTCFullYear() === full && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && full >= 1000 && full <= 9999 ? `${full}-${two(month)}-${two(day)}` : null;
}

type Shape = readonly [RegExp, (groups: readonly string[]) => string | null];

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const SHAPES: readonly Shape[] = [
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, ([y, m, d]) => isoDay(Number(y), Number(m), Number(d))],
  [/^(\d{4})(\d{2})(\d{2})$/, ([y, m, d]) => isoDay(Number(y), Number(m), Number(d))],
  [/^(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$/, ([y, m, d]) => isoDay(Number(y), Number(m), Number(d))],
  [/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/, ([a, b, y]) => monthFirst(Number(a), Number(b), Number(y))],
  [/^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i, ([m = "", d, y]) => isoDay(Number(y), monthOf(m), Number(d))],
  [/^(\d{1,2})(?:st|nd|rd|th)?[-\s]+([a-z]{3,9})\.?,?[-\s]+(\d{4}|\d{2})$/i, ([d, m = "", y]) => isoDay(Number(y), monthOf(m), Number(d))],
];

/** 1/31/2026 begins with the month; only where that cannot be, with the day. */
function monthFirst(first: number, second: number, year: number): string | null {
  return isoDay(year, first, second) ?? isoDay(year, second, first);
}

/** A day in ISO 8601, or null when the text is none. A time of midnight after it is left away. */
export function readDate(text: string): string | null {
  const written = text.normalize("NFKC").trim().replace(/[T\s]+0{1,2}:00(:00)?$/, "");
  for (const [pattern, make] of SHAPES) {
    const match = pattern.exec(written);
    if (match) return make(match.slice(1));
  }
  return null;
}

const TIME = /^(上午|下午|晚上|am|pm)?\s*(\d{1,2})[:点时](\d{1,2})?(?::(\d{2})(?:\.\d+)?)?\s*分?\s*(am|pm)?$/i;

/** A time of day as HH:MM:SS, or null when the text is none. */
export function readTime(text: string): string | null {
  const match = TIME.exec(text.normalize("NFKC").trim());
  if (!match) return null;
  const [, before = "", hours, minutes = "0", seconds = "0", after = ""] = match;
  const half = (before || after).toLowerCase();
  const late = half === "pm" || half === "下午" || half === "晚上";
  const early = half === "am" || half === "上午";
  const typed = Number(hours);
  const hour = late && typed < 12 ? typed + 12 : early && typed === 12 ? 0 : typed;
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${two(hour)}:${two(Number(minutes))}:${two(Number(seconds))}`;
}

/** A day and a time of day on the wall, "2026-01-31T08:30:00"; with the zone's letter when one was given. */
export function readWallTime(text: string): { readonly wall: string; readonly utc: boolean } | null {
  const written = text.normalize("NFKC").trim();
  const utc = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z$/.exec(written);
  if (utc) return { wall: (utc[1] ?? "").padEnd(19, ":00"), utc: true };
  const day = readDate(written);
  if (day) return { wall: `${day}T00:00:00`, utc: false };
  // The time is the shortest end of the text that reads as one.
  for (let place = written.length - 1; place > 0; place -= 1) {
    const [left, right] = [written.slice(0, place).replace(/[T,\s]+$/, ""), written.slice(place).replace(/^[T,\s]+/, "")];
    const [date, time] = [readDate(left), readTime(right)];
    if (date && time && !/^\d$/.test(left.slice(-1) + (written[place] ?? "").replace(/\D/, ""))) return { wall: `${date}T${time}`, utc: false };
  }
  return null;
}

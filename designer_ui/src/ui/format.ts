import { createContext, useContext } from "react";
import type { LanguageCode } from "./preferences";

export interface BilingualText {
  readonly en?: string;
  readonly zh?: string;
}

export interface NumberStyle {
  /** At most so many digits after the point; with a currency always exactly so many. */
  readonly decimals?: number | undefined;
  readonly grouping?: boolean;
  readonly currency?: string | undefined;
  readonly percent?: boolean;
}

/** How values look in one language and time zone. Cheap to call: Intl formatters are kept. */
export interface Format {
  readonly language: LanguageCode;
  readonly timeZone: string;
  label(text: BilingualText | string | null | undefined): string;
  /** A JSON number, or the exact digits as text; digits beyond the first 15 are kept. */
  number(value: number | string, style?: NumberStyle): string;
  date(iso: string): string;
  dateTime(iso: string): string;
  time(iso: string): string;
  relative(iso: string, now?: number): string;
  bytes(size: number): string;
}

const SECOND = 1000;
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * 24 * 3600 * SECOND],
  ["month", 30 * 24 * 3600 * SECOND],
  ["day", 24 * 3600 * SECOND],
  ["hour", 3600 * SECOND],
  ["minute", 60 * SECOND],
];

function numberOptions({ decimals, currency, percent, grouping = true }: NumberStyle): Intl.NumberFormatOptions {
  const digits = { maximumFractionDigits: decimals ?? 20, useGrouping: grouping };
  if (percent) return { ...digits, style: "percent", maximumFractionDigits: decimals ?? 4 };
  if (currency) {
    return { ...digits, style: "currency", currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: decimals ?? 2, maximumFractionDigits: decimals ?? 2 };
  }
  return digits;
}

export function makeFormat(language: LanguageCode, timeZone: string): Format {
  const numbers = new Map<string, Intl.NumberFormat>();
  const dates = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
  const isoDates = language === "zh-CN";
  const moments = new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: isoDates ? "2-digit" : "short",
    day: isoDates ? "2-digit" : "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const label: Format["label"] = (text) => {
    if (!text) return "";
    if (typeof text === "string") return text;
    return (language === "zh-CN" ? text.zh : text.en) ?? text.en ?? text.zh ?? "";
  };
  const number: Format["number"] = (value, style = {}) => {
    const key = `${style.decimals ?? ""}|${style.currency ?? ""}|${style.percent ?? ""}|${style.grouping ?? ""}`;
    let formatter = numbers.get(key);
    if (!formatter) {
      formatter = new Intl.NumberFormat(language, numberOptions(style));
      numbers.set(key, formatter);
    }
    // Intl takes decimal text exactly; the type says number only.
    return formatter.format(value as number);
  };
  return {
    language,
    timeZone,
    label,
    number,
    date(iso) {
      if (isoDates) return iso;
      const moment = new Date(`${iso}T00:00:00Z`);
      return Number.isNaN(moment.getTime()) ? iso : dates.format(moment);
    },
    dateTime(iso) {
      const moment = new Date(iso);
      if (Number.isNaN(moment.getTime())) return iso;
      const text = moments.format(moment);
      return isoDates ? text.replaceAll("/", "-") : text;
    },
    time: (iso) => iso.slice(0, 5),
    relative(iso, now = Date.now()) {
      const distance = new Date(iso).getTime() - now;
      for (const [unit, size] of STEPS) {
        if (Math.abs(distance) >= size) return relative.format(Math.round(distance / size), unit);
      }
      return relative.format(0, "second");
    },
    bytes(size) {
      if (size < 1024) return `${number(size)} B`;
      if (size < 1024 * 1024) return `${number(size / 1024, { decimals: 0 })} KB`;
      return `${number(size / 1024 / 1024, { decimals: 1 })} MB`;
    },
  };
}

export const FormatContext = createContext<Format>(makeFormat("en", "UTC"));

export const useFormat = (): Format => useContext(FormatContext);

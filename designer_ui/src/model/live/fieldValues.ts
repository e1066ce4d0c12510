import type { FieldInfo, Json } from "@/api";
import { decimalJson, decimalText } from "../decimal";
import { Clock, Day, Moment, Problem, decimal, isList, isNumber, isoDate, isoTime, plain, readClock, readDay, readMoment, roundTo, splitMicros, textLength, type Value } from "../formulas";

/** Digits before the point that a number field takes, and characters that a computed text may have. */
const MAXIMUM_INTEGER_DIGITS = 30;
const MAXIMUM_TEXT = 500;
/** Digits of a percentage that stand behind those that are shown. */
const PERCENT_SHIFT = 2;

/** The type whose values a field holds. */
export function kindOf(field: FieldInfo): string {
  return field.type === "formula" ? (field.result ?? "text") : field.type;
}

function numberSetting(field: FieldInfo, name: string): string | undefined {
  const value = field.settings?.[name];
  return typeof value === "number" || typeof value === "string" ? decimalText(value) : undefined;
}

/** The digits after the point that a number field keeps. */
export function keptDecimals(field: FieldInfo): number {
  return Number(numberSetting(field, "decimals") ?? 10) + (kindOf(field) === "percent" ? PERCENT_SHIFT : 0);
}

/** A value of the API as expressions take it. */
export function valueOf(field: FieldInfo, json: Json | undefined): Value {
  if (json === undefined || json === null || json === "") return null;
  if (Array.isArray(json)) return json.length > 0 ? json.map((item) => identity(item as Json)) : null;
  switch (kindOf(field)) {
    case "number":
    case "money":
    case "percent":
    case "rating":
      return typeof json === "number" || typeof json === "string" ? decimal(decimalText(json)) : null;
    case "date":
      return typeof json === "string" ? readDay(json) : null;
    case "datetime":
      return typeof json === "string" ? readMoment(json) : null;
    case "time":
      return typeof json === "string" ? readClock(json.length === 5 ? `${json}:00` : json) : null;
  }
  return identity(json);
}

/** People, departments and records by their ids. */
function identity(json: Json): Value {
  if (typeof json !== "object" || json === null) return json;
  const id = "id" in json ? json["id"] : null;
  return typeof id === "number" ? id : null;
}

/** A computed value as its field stores it: rounded, or blank where it does not fit. */
export function stored(field: FieldInfo, value: Value | Problem): Value {
  if (value instanceof Problem) return null;
  if (isNumber(value) && ["number", "money", "percent"].includes(kindOf(field))) {
    return value.abs().gte(`1e${MAXIMUM_INTEGER_DIGITS}`) ? null : roundTo(value, keptDecimals(field));
  }
  if (typeof value === "string" && kindOf(field) === "text") {
    return textLength(value) > MAXIMUM_TEXT ? null : value.replaceAll("\0", "") || null;
  }
  return value;
}

function fraction(micros: number): string {
  const rest = micros % 1_000_000;
  return rest ? `.${String(rest).padStart(6, "0")}` : "";
}

/** A value as the API would give it. */
export function jsonOf(value: Value): Json {
  if (isNumber(value)) return decimalJson(plain(value));
  if (value instanceof Day) return isoDate(value.days);
  if (value instanceof Clock) return isoTime(value.micros) + fraction(value.micros);
  if (value instanceof Moment) {
    const { days, micros } = splitMicros(value.micros);
    return `${isoDate(days)}T${isoTime(micros)}${fraction(micros)}Z`;
  }
  if (isList(value)) return value.map(jsonOf);
  return typeof value === "object" ? null : value;
}

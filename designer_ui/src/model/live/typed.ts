import type { FieldInfo, Json } from "@/api";
import { decimalText } from "../decimal";
import { decimal, isList, roundTo, textLength, type Value } from "../formulas";
import { keptDecimals, kindOf, valueOf } from "./fieldValues";

/**
 * What somebody typed, as the server will read it; undefined where only the server can say what it is or that it is
 * none: an address of mail, a text with a pattern, a number out of its bounds.
 */
export function typedValue(field: FieldInfo, json: Json | undefined): Value | undefined {
  if (json === undefined || json === null || json === "" || (Array.isArray(json) && json.length === 0)) return null;
  const read = READERS[kindOf(field)];
  return read ? read(field, json) : undefined;
}

type Reader = (field: FieldInfo, json: Json) => Value | undefined;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const TIME = /^\d{2}:\d{2}(:\d{2})?$/;
const CONTROL = /[\p{Cc}\p{Cs}]/u;
const CONTROL_IN_LINES = /[^\P{Cc}\n\t]|\p{Cs}/u;

function setting(field: FieldInfo, name: string): Json {
  return field.settings?.[name] ?? null;
}

function isAbove(one: Json, other: Json): boolean {
  return typeof one === "number" && typeof other === "number" && one > other;
}

function text(control: RegExp): Reader {
  return (field, json) => {
    if (typeof json !== "string" || setting(field, "pattern") !== null) return undefined;
    const cleaned = json.trim().normalize("NFC").trim();
    const size = textLength(cleaned);
    if (control.test(cleaned) || isAbove(size, setting(field, "max_length"))) return undefined;
    if (cleaned !== "" && isAbove(setting(field, "min_length"), size)) return undefined;
    return cleaned || null;
  };
}

function number(field: FieldInfo, json: Json): Value | undefined {
  if (typeof json !== "number" && typeof json !== "string") return undefined;
  const written = decimalText(json).trim();
  if (!NUMBER.test(written) || written.length > 100) return undefined;
  const value = decimal(written.replace(/^\+/, ""));
  if (value.abs().gte("1e30")) return undefined;
  const kept = roundTo(value, keptDecimals(field));
  const [least, most] = [setting(field, "minimum"), setting(field, "maximum")];
  const outside = (least !== null && kept.lt(decimalText(least as number))) || (most !== null && kept.gt(decimalText(most as number)));
  return outside ? undefined : kept;
}

function rating(field: FieldInfo, json: Json): Value | undefined {
  if (typeof json !== "number" || !Number.isInteger(json) || json < 0 || isAbove(json, setting(field, "maximum"))) return undefined;
  return json === 0 ? null : valueOf(field, json);
}

function written(pattern: RegExp): Reader {
  return (field, json) => (typeof json === "string" && pattern.test(json) ? valueOf(field, json) : undefined);
}

function option(field: FieldInfo, json: Json): Value | undefined {
  return typeof json === "string" && json in optionsOf(field) ? json : undefined;
}

function optionsOf(field: FieldInfo): Readonly<Record<string, unknown>> {
  return (setting(field, "options") ?? {}) as Readonly<Record<string, unknown>>;
}

/** Options come in their own order, whatever the order in which they were chosen. */
function severalOptions(field: FieldInfo, json: Json): Value | undefined {
  const options = optionsOf(field);
  const order = [...((setting(field, "option_order") ?? []) as readonly string[]), ...Object.keys(options)];
  const chosen = Array.isArray(json) ? (json as readonly Json[]) : [json];
  if (!chosen.every((key) => typeof key === "string" && key in options) || isAbove(chosen.length, setting(field, "maximum"))) return undefined;
  return [...new Set(order)].filter((key) => chosen.includes(key));
}

/** People, departments and records by their ids, each once. */
function chosen(field: FieldInfo, json: Json): Value | undefined {
  if (typeof json === "string") return undefined;
  const value = valueOf(field, json) ?? undefined;
  return isList(value) ? [...new Set(value)] : value;
}

const READERS: Readonly<Record<string, Reader>> = {
  text: text(CONTROL),
  long_text: text(CONTROL_IN_LINES),
  number,
  money: number,
  percent: number,
  rating,
  boolean: (_, json) => (typeof json === "boolean" ? json : undefined),
  choice: option,
  multi_choice: severalOptions,
  date: written(DATE),
  datetime: written(MOMENT),
  time: written(TIME),
  user: chosen,
  users: chosen,
  department: chosen,
  departments: chosen,
  organisation: chosen,
  relation: chosen,
};

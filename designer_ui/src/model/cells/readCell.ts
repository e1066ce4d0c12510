import type { FieldInfo, Json, OptionInfo } from "@/api";
import { decimalJson, readDecimal, roundDecimal, shiftPoint } from "../decimal";
import { readDate, readTime, readWallTime } from "./readDates";

/** What a text in a cell means: a value, or names that have to be looked up first. */
export type Reading =
  | { readonly value: Json }
  | { readonly names: readonly string[]; readonly several: boolean }
  /** Nothing that the field can hold. */
  | { readonly unreadable: true };

/** Turns the time on the wall in the workspace's zone into a moment in UTC. */
export type ToMoment = (wall: string) => string;

const UNREADABLE: Reading = { unreadable: true };
const SEPARATORS = /[,，、;；|\n]+/;
const YES = new Set(["yes", "y", "true", "1", "是", "对", "有", "✓", "√", "✔", "x"]);
const NO = new Set(["no", "n", "false", "0", "否", "错", "无", "✗", "×", "-"]);

export const plainName = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

function setting(field: FieldInfo, name: string): number | undefined {
  const value = field.settings?.[name];
  return typeof value === "number" ? value : undefined;
}

/** Money may stand in words around the number: "CNY 1,234.50", "1,234 元", "(12)" for what is owed. */
function digitsOf(text: string): string | null {
  let written = text.normalize("NFKC").trim();
  const owed = /^\((.*)\)$/.exec(written);
  if (owed) written = `-${(owed[1] ?? "").trim()}`;
  written = written.replace(/^(-?)\s*(?:[A-Z]{3}|[$¥€£]|US\$)\s*/i, "$1").replace(/\s*(?:[A-Z]{3}|元|%)$/i, "");
  // Points between thousands and a comma before the decimals can mean one thing only.
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(written)) written = written.replaceAll(".", "").replace(",", ".");
  return readDecimal(written);
}

function readNumber(field: FieldInfo, text: string, percent: boolean): Reading {
  const unit = typeof field.settings?.["unit"] === "string" ? field.settings["unit"] : "";
  const written = unit && text.trim().endsWith(unit) ? text.trim().slice(0, -unit.length) : text;
  const digits = digitsOf(written);
  if (digits === null) return UNREADABLE;
  const shifted = percent || /[%％]\s*$/.test(text) ? shiftPoint(digits, -2) : digits;
  const decimals = setting(field, "decimals") ?? (field.type === "money" ? 2 : undefined);
  return { value: decimalJson(decimals === undefined ? shifted : roundDecimal(shifted, percent ? decimals + 2 : decimals)) };
}

function readBoolean(text: string): Reading {
  const word = plainName(text);
  return YES.has(word) ? { value: true } : NO.has(word) ? { value: false } : UNREADABLE;
}

function readRating(field: FieldInfo, text: string): Reading {
  const stars = /^[★☆]+$/.test(text.trim()) ? [...text].filter((star) => star === "★").length : Number(text);
  const most = setting(field, "maximum") ?? 5;
  return Number.isInteger(stars) && stars >= 0 && stars <= most ? { value: stars === 0 ? null : stars } : UNREADABLE;
}

function optionKey(field: FieldInfo, text: string): string | null {
  const options = (field.settings?.["options"] ?? {}) as unknown as Readonly<Record<string, OptionInfo>>;
  const name = plainName(text);
  const names = (key: string, { label }: OptionInfo): string[] => [key, label.en, label.zh].map((one) => plainName(one ?? ""));
  return Object.entries(options).find(([key, option]) => names(key, option).includes(name))?.[0] ?? null;
}

const parts = (text: string): string[] => text.split(SEPARATORS).map((part) => part.trim()).filter(Boolean);

function readOptions(field: FieldInfo, text: string): Reading {
  const whole = optionKey(field, text);
  if (whole) return { value: [whole] };
  const keys = parts(text).map((part) => optionKey(field, part));
  return keys.every((key) => key !== null) ? { value: [...new Set(keys)] } : UNREADABLE;
}

function readMoment(text: string, toMoment: ToMoment): Reading {
  const found = readWallTime(text);
  if (!found) return UNREADABLE;
  return { value: found.utc ? `${found.wall}Z` : toMoment(found.wall) };
}

const orUnreadable = (value: string | null): Reading => (value === null ? UNREADABLE : { value });

function paragraphs(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped.split("\n").map((line) => `<p>${line}</p>`).join("");
}

type Reader = (field: FieldInfo, text: string, toMoment: ToMoment) => Reading;

const plainText: Reader = (_, text) => ({ value: text.replaceAll("\n", " ").trim() });
const names = (several: boolean): Reader => (_, text) => ({ names: several ? parts(text) : [text.trim()], several });

const READERS: Readonly<Record<string, Reader>> = {
  text: plainText,
  email: plainText,
  phone: plainText,
  url: plainText,
  long_text: (_, text) => ({ value: text.trim() }),
  rich_text: (_, text) => ({ value: paragraphs(text.trim()) }),
  address: (_, text) => ({ value: { detail: text.trim() } }),
  number: (field, text) => readNumber(field, text, false),
  money: (field, text) => readNumber(field, text, false),
  percent: (field, text) => readNumber(field, text, true),
  rating: readRating,
  boolean: (_, text) => readBoolean(text),
  date: (_, text) => orUnreadable(readDate(text)),
  time: (_, text) => orUnreadable(readTime(text)),
  datetime: (_, text, toMoment) => readMoment(text, toMoment),
  choice: (field, text) => orUnreadable(optionKey(field, text)),
  multi_choice: readOptions,
  user: names(false),
  users: names(true),
  department: names(false),
  departments: names(true),
  organisation: names(false),
  relation: names(false),
  relations: names(true),
  relation_any: names(false),
};

/** Whether text can be pasted into a field at all: files and what is computed cannot come from one. */
export function takesText(field: FieldInfo): boolean {
  return field.type in READERS && !field.read_only;
}

/** What a pasted text means for a field. */
export function readCell(field: FieldInfo, text: string, toMoment: ToMoment): Reading {
  if (text.trim() === "") return { value: null };
  return READERS[field.type]?.(field, text, toMoment) ?? UNREADABLE;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T/;
const CLOCK = /^\d{2}:\d{2}(:\d{2})?/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** Whether a value is a text that its field could not read: it stands there as it was pasted until somebody corrects it. */
export function isUnreadable(field: FieldInfo, value: Json | undefined): boolean {
  if (typeof value !== "string" || value === "") return false;
  switch (field.type) {
    case "number":
    case "money":
    case "percent":
      return !NUMBER.test(value);
    case "date":
      return readDate(value) !== value;
    case "datetime":
      return !MOMENT.test(value);
    case "time":
      return !CLOCK.test(value) || readTime(value.slice(0, 8)) === null;
    case "choice":
      return !(value in ((field.settings?.["options"] ?? {}) as object));
    case "rating":
    case "boolean":
    case "multi_choice":
    case "user":
    case "users":
    case "department":
    case "departments":
    case "organisation":
    case "relation":
    case "relations":
    case "relation_any":
      return true;
  }
  return false;
}

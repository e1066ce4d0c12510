/** The change that a batch edit is put together from: one line per field. */
import type { Json } from "@/api";
import { sentValue } from "@/model/draft";
import type { BatchChange } from "./calls";

export type How = "set" | "clear" | "add" | "remove" | "compute";

export interface FieldChange {
  readonly key: string | undefined;
  readonly how: How;
  readonly value: Json;
  readonly text: string;
}

export const FIRST_CHANGE: FieldChange = { key: undefined, how: "set", value: null, text: "" };

const SEVERAL = new Set(["multi_choice", "users", "departments", "relations"]);

/** The ways in which a field of a type can be changed. */
export function waysOf(type: string): readonly How[] {
  return SEVERAL.has(type) ? ["set", "clear", "add", "remove"] : ["set", "clear", "compute"];
}

/** Whether a line says what is to become of its field. */
export function isWhole({ key, how, value, text }: FieldChange): boolean {
  if (key === undefined) return false;
  if (how === "clear") return true;
  if (how === "compute") return text.trim() !== "";
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The lines as the server takes them. */
export function bodyOf(changes: readonly FieldChange[]): BatchChange {
  const part = (how: How, sent: (change: FieldChange) => Json): Readonly<Record<string, Json>> =>
    Object.fromEntries(changes.flatMap((change) => (change.key !== undefined && change.how === how ? [[change.key, sent(change)]] : [])));
  const value = (change: FieldChange): Json => sentValue(change.value);
  return {
    values: { ...part("set", value), ...part("clear", () => null) },
    add: part("add", value),
    remove: part("remove", value),
    compute: part("compute", ({ text }) => text.trim()) as Readonly<Record<string, string>>,
  };
}

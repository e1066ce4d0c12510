/** The conditions of an app's draft: found by kind and words, and put back where they stand. */
import type { Json, Label } from "@/api";

export interface Condition {
  /** JSON pointer into the draft. */
  readonly path: string;
  readonly text: string;
  readonly kind: string;
  /** The form in whose definition it stands. */
  readonly owner: string;
  /** The form whose names it uses. */
  readonly form: string;
  /** The form of the record in hand, behind `$form`. */
  readonly record: string | null;
  /** Labels of the parts around it, from the form inwards. */
  readonly place: readonly Label[];
  readonly expects: string | null;
}

export interface Change {
  readonly path: string;
  readonly value: Json;
}

/** What is at a JSON pointer; undefined where nothing is. */
export function valueAt(document: unknown, path: string): unknown {
  let part: unknown = document;
  for (const key of path.split("/").slice(1)) {
    if (typeof part !== "object" || part === null) return undefined;
    part = (part as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return part;
}

/** The changes of the draft that put a text in place of a condition; null when the same stands there already. */
export function changesOf(document: unknown, condition: Condition, text: string): readonly Change[] | null {
  if (condition.kind !== "validate" || typeof valueAt(document, condition.path) === "string") return [pathInObject(document, condition.path, text)];
  // A validation is the name of its message: all of them are written anew, in their order.
  const around = condition.path.slice(0, condition.path.lastIndexOf("/"));
  const messages = (valueAt(document, around) ?? {}) as Record<string, Json>;
  if (text !== condition.text && text in messages) return null;
  const renamed = Object.entries(messages).map(([name, message]) => [name === condition.text ? text : name, message] as const);
  return [{ path: around, value: Object.fromEntries(renamed) }];
}

/** A place inside a list is set with the whole list: the draft is changed by members of objects only. */
function pathInObject(document: unknown, path: string, value: Json): Change {
  const parts = path.split("/");
  const inList = parts.findIndex((_, index) => Array.isArray(valueAt(document, parts.slice(0, index).join("/"))));
  if (inList < 0) return { path, value };
  const list = parts.slice(0, inList).join("/");
  const copy = structuredClone(valueAt(document, list)) as Json;
  const inner = parts.slice(inList).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  let around = copy as unknown as Record<string, unknown>;
  for (const part of inner.slice(0, -1)) around = around[part] as Record<string, unknown>;
  around[inner.at(-1) ?? ""] = value;
  return { path: list, value: copy };
}

/** The conditions of a kind ("all" for any) that have the words in their place or text. */
export function matching(conditions: readonly Condition[], kind: string, words: string, show: (label: Label) => string): readonly Condition[] {
  const wanted = words.trim().toLowerCase();
  return conditions.filter(
    (one) => (kind === "all" || one.kind === kind) && [one.text, one.path, ...one.place.map(show)].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** Where a condition stands in words, without the form: "Budget › The budget cannot be negative." */
export const placeText = ({ place }: Condition, show: (label: Label) => string): string => place.slice(1).map(show).join(" › ");


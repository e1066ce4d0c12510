import type { Describe, DuplicateMatch, Values } from "@/api";
import { sameValue, sentValue } from "./draft";

/**
 * What the search for records that are there already depends on: the values that duplicate rules and uniqueness look
 * at, as far as they differ from the record as it was read. Null: there is nothing to search for.
 */
export function searchedValues(describe: Describe, base: Values, values: Values, changed: Values): Values | null {
  if (Object.keys(changed).length === 0) return null;
  const looked = describe.duplicates.filter((key) => !sameValue(base[key], values[key], describe.fields[key]));
  return looked.length ? Object.fromEntries(looked.map((key) => [key, sentValue(values[key])])) : null;
}

/** Matches at the first of their fields that is shown; those without one stand under "". */
export function matchesByField(matches: readonly DuplicateMatch[], isShown: (key: string) => boolean): ReadonlyMap<string, readonly DuplicateMatch[]> {
  const found = new Map<string, readonly DuplicateMatch[]>();
  for (const match of matches) {
    const key = match.fields.find(isShown) ?? "";
    found.set(key, [...(found.get(key) ?? []), match]);
  }
  return found;
}

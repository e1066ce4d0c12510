/** The sort of a list: `-created_at,company` and how clicks on headers change it. */
import type { SortKey } from "./types";

export function parseSort(text: string | null | undefined): readonly SortKey[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "-")
    .map((part) => (part.startsWith("-") ? { field: part.slice(1), descending: true } : { field: part, descending: false }));
}

export function formatSort(keys: readonly SortKey[]): string {
  return keys.map(({ field, descending }) => (descending ? `-${field}` : field)).join(",");
}

/**
 * The sort after a click on a header: ascending, descending, none. With `add` (shift) the column joins the
 * others, without it the column sorts alone.
 */
export function toggleSort(keys: readonly SortKey[], field: string, add: boolean): readonly SortKey[] {
  const before = keys.find((key) => key.field === field);
  const after = nextKey(before, field);
  if (!add) return after ? [after] : [];
  if (!before) return after ? [...keys, after] : keys;
  return keys.flatMap((key) => (key.field !== field ? [key] : after ? [after] : []));
}

function nextKey(before: SortKey | undefined, field: string): SortKey | null {
  if (!before) return { field, descending: false };
  return before.descending ? null : { field, descending: true };
}

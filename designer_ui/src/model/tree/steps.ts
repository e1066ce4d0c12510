/** Where the keys of a treegrid lead. */
import type { TreeRow } from "./rows";

/** To another line, by its place; or a record is opened or closed. */
export type Step = { readonly to: number } | { readonly toggle: number };

/** What a key does from a line; null when it is no key of the tree. A page is `page` lines. */
export function stepFrom(rows: readonly TreeRow[], at: number, key: string, page: number): Step | null {
  const last = rows.length - 1;
  const held = (place: number): Step => ({ to: Math.max(0, Math.min(last, place)) });
  if (key === "ArrowDown") return held(at + 1);
  if (key === "ArrowUp") return held(at - 1);
  if (key === "PageDown") return held(at + page);
  if (key === "PageUp") return held(at - page);
  if (key === "Home") return held(0);
  if (key === "End") return held(last);
  if (key === "ArrowRight") return right(rows, at);
  if (key === "ArrowLeft") return left(rows, at);
  return null;
}

function right(rows: readonly TreeRow[], at: number): Step {
  const row = rows[at];
  if (row?.kind !== "record" || row.open === null) return { to: at };
  return row.open ? { to: Math.min(at + 1, rows.length - 1) } : { toggle: row.record.id };
}

function left(rows: readonly TreeRow[], at: number): Step {
  const row = rows[at];
  if (row?.kind === "record" && row.open) return { toggle: row.record.id };
  const above = rows.findLastIndex((other, place) => place < at && other.level < (row?.level ?? 1));
  return { to: above < 0 ? at : above };
}

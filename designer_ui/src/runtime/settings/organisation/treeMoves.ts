import type { TreeRow } from "../departments";

/** A place in the tree: below whom, before which neighbour (null: as the last). */
export interface Place {
  readonly parent_id: number | null;
  readonly before_id: number | null;
}

export type Way = "up" | "down" | "into" | "out";

/** Where the four moves by keyboard put a row; those that lead nowhere are missing. */
export function movesOf(row: TreeRow, rows: readonly TreeRow[]): Partial<Record<Way, Place>> {
  const line = rows.filter((one) => (one.parent?.id ?? null) === (row.parent?.id ?? null));
  const before = line[row.place - 1]?.department;
  const after = line[row.place + 2]?.department.id ?? null;
  const parent_id = row.parent?.id ?? null;
  const up = rows.find((one) => one.department.id === row.parent?.id);
  const aunt = up ? rows.filter((one) => (one.parent?.id ?? null) === (up.parent?.id ?? null))[up.place + 1]?.department.id : undefined;
  return {
    ...(before ? { up: { parent_id, before_id: before.id }, into: { parent_id: before.id, before_id: null } } : {}),
    ...(row.place + 1 < row.size ? { down: { parent_id, before_id: after } } : {}),
    ...(up ? { out: { parent_id: up.parent?.id ?? null, before_id: aunt ?? null } } : {}),
  };
}

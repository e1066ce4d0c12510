/** A tree of records as the lines of a list: what is open, level by level. */
import type { Count, Json, RecordJson } from "@/api";

/** The place of a record: the one above it, how many are directly below, totals of it and all below it. */
export interface TreeNode {
  readonly parent: number | null;
  readonly children: number;
  /** False for a record that is there only for the sake of one below it. */
  readonly matches: boolean;
  readonly totals: Readonly<Record<string, Json>>;
}

export interface TreePage {
  readonly records: readonly RecordJson[];
  readonly nodes: Readonly<Record<string, TreeNode>>;
  readonly next_cursor: string | null;
  readonly count: Count | null;
}

/** What is loaded of the records below one; `rest` is whether there are more of them. */
export interface Branch {
  readonly pages: readonly TreePage[];
  readonly rest: boolean;
  readonly loading: boolean;
  readonly error: unknown;
}

/** The id of a record, null for the top. */
export type Parent = number | null;
export type Branches = ReadonlyMap<Parent, Branch>;

interface Line {
  readonly key: string;
  readonly parent: Parent;
  /** From 1 at the top. */
  readonly level: number;
}

export interface RecordRow extends Line {
  readonly kind: "record";
  readonly record: RecordJson;
  readonly node: TreeNode;
  /** Null where nothing is below. */
  readonly open: boolean | null;
  /** Of the records below the same one: how many (-1 when unknown), and which of them, from 1. */
  readonly size: number;
  readonly place: number;
}

export type TreeRow =
  | RecordRow
  | (Line & { readonly kind: "more"; readonly rest: number | null; readonly loading: boolean })
  | (Line & { readonly kind: "wait" })
  | (Line & { readonly kind: "failed"; readonly error: unknown });

export const rowKey = (id: number): string => `record/${id}`;

/** The lines of a tree from the top, each open record followed by what is below it. */
export function treeRows(branches: Branches, isOpen: (id: number) => boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (parent: Parent, level: number, known: number | null): void => {
    const branch = branches.get(parent);
    const line = { parent, level };
    if (!branch || (branch.pages.length === 0 && !branch.error)) {
      rows.push({ kind: "wait", key: `wait/${parent}`, ...line });
      return;
    }
    const count = branch.pages[0]?.count;
    const loaded = branch.pages.reduce((sum, page) => sum + page.records.length, 0);
    const size = known ?? (count?.exact ? count.value : branch.rest ? -1 : loaded);
    let place = 0;
    for (const page of branch.pages) {
      for (const record of page.records) {
        const node = page.nodes[record.id];
        if (!node) continue;
        place += 1;
        const open = node.children > 0 ? isOpen(record.id) : null;
        rows.push({ kind: "record", key: rowKey(record.id), ...line, record, node, open, size, place });
        if (open) add(record.id, level + 1, node.children);
      }
    }
    if (branch.error) rows.push({ kind: "failed", key: `failed/${parent}`, ...line, error: branch.error });
    else if (branch.rest) rows.push({ kind: "more", key: `more/${parent}`, ...line, rest: size < 0 ? null : Math.max(0, size - loaded), loading: branch.loading });
  };
  add(null, 1, null);
  return rows;
}

/** A page of records from all levels, with all that is above each of them, as branches. */
export function branchesOf(page: TreePage): Branches {
  const below = new Map<Parent, RecordJson[]>([[null, []]]);
  for (const record of page.records) {
    const parent = page.nodes[record.id]?.parent ?? null;
    const list = below.get(parent);
    if (list) list.push(record);
    else below.set(parent, [record]);
  }
  return new Map(
    [...below].map(([parent, records]) => [
      parent,
      { pages: [{ ...page, records, count: { value: records.length, exact: true } }], rest: false, loading: false, error: null },
    ]),
  );
}

/** A record and all above it, as far as they are known, from below. */
export function pathUp(id: Parent, parentOf: (id: number) => Parent | undefined): readonly number[] {
  const path: number[] = [];
  for (let at = id; at !== null && !path.includes(at); at = parentOf(at) ?? null) path.push(at);
  return path;
}

import type { GridItem, GroupInfo } from "../grid/types";

/** The head of a group, and what stands directly below it: nothing where further groups follow. */
export interface Block {
  readonly group: GroupInfo | null;
  readonly lines: readonly Exclude<GridItem, { kind: "group" }>[];
}

/** Cards have no height of their own until they are there: a few stand for all that are awaited. */
const MOST_WAITING = 3;

/** The lines of a list by the heads they stand under; those above every head have none. */
export function blocksOf(items: readonly GridItem[]): readonly Block[] {
  const blocks: { group: GroupInfo | null; lines: Exclude<GridItem, { kind: "group" }>[] }[] = [];
  for (const item of items) {
    if (item.kind === "group") blocks.push({ group: item.group, lines: [] });
    else if (blocks.length === 0) blocks.push({ group: null, lines: [item] });
    else if (item.kind !== "wait" || countWaiting(blocks.at(-1)) < MOST_WAITING) blocks.at(-1)?.lines.push(item);
  }
  return blocks;
}

const countWaiting = (block: Block | undefined): number => block?.lines.filter((line) => line.kind === "wait").length ?? 0;

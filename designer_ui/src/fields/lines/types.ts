import type { Json } from "@/api";
import type { Cell } from "@/model/cells";
import type { Lines } from "@/model/lines";

/** The one cell in which somebody types. */
export interface Editing extends Cell {
  /** The key of its line: lines may move meanwhile. */
  readonly line: string;
  readonly field: string;
  /** With what the input begins. */
  readonly value: Json;
  /** The lines before, for giving up and for the step back. */
  readonly before: Lines;
}

/** Where to go from a cell that was edited. */
export type Leave = "stay" | "down" | "up" | "next" | "previous";

export const cellId = (grid: string, line: string, column: number): string => `${grid}-${line}-${column}`;

import type { FieldInfo, Json, RecordJson } from "@/api";
import type { GroupPeriod, GroupValue } from "@/model/view";

export interface Column {
  readonly key: string;
  readonly field: FieldInfo;
  readonly label: string;
  readonly width: number;
  readonly end: boolean;
  readonly editable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  /** Distance from the left edge of a column that stays in place; null for the others. */
  readonly left: number | null;
}

export interface GroupInfo {
  readonly key: string;
  readonly value: GroupValue;
  readonly count: number;
  /** The field of this level and the period of its dates. */
  readonly field: string;
  readonly by: GroupPeriod | null;
  /** From 1 for the outermost. */
  readonly level: number;
  /** Totals by column key. */
  readonly totals: Readonly<Record<string, Json>>;
  readonly open: boolean;
}

/** One line of the grid. */
export type GridItem =
  | { readonly kind: "record"; readonly key: string; readonly record: RecordJson }
  | { readonly kind: "group"; readonly key: string; readonly group: GroupInfo }
  | { readonly kind: "more"; readonly key: string; readonly group: string; readonly rest: number; readonly loading: boolean }
  | { readonly kind: "wait"; readonly key: string };

/** Where the active cell is: row -1 is the header, column 0 holds the check boxes. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

export const HEADER_ROW = -1;
export const CHECK_WIDTH = 44;
export const HEADER_HEIGHT = 36;

export const cellId = (grid: string, { row, column }: Position): string => `${grid}-r${row}-c${column}`;

/** Selected cells, from the anchor to the active one: places of rows and of columns, both ends within. */
export interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function rangeBetween(one: Position, other: Position): CellRange {
  return {
    top: Math.max(0, Math.min(one.row, other.row)),
    bottom: Math.max(one.row, other.row),
    left: Math.max(1, Math.min(one.column, other.column)),
    right: Math.max(one.column, other.column),
  };
}

import type { Json } from "@/api";

/** A cell: rows from 0 and columns from 0; column -1 is the row's number. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The active cell, and the cell from which the selection reaches to it. */
export interface Selected {
  readonly active: Cell;
  readonly anchor: Cell;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one Page Down goes over. */
  readonly page: number;
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const NUMBER_COLUMN = -1;

export const at = (row: number, column: number): Selected => ({ active: { row, column }, anchor: { row, column } });

/** The selected rectangle; a selection that touches the numbers takes whole lines. */
export function rangeOf({ active, anchor }: Selected, { rows, columns }: Size): Range {
  const whole = active.column === NUMBER_COLUMN || anchor.column === NUMBER_COLUMN;
  return {
    top: Math.max(0, Math.min(active.row, anchor.row)),
    bottom: Math.min(rows - 1, Math.max(active.row, anchor.row)),
    left: whole ? 0 : Math.min(active.column, anchor.column),
    right: whole ? columns - 1 : Math.max(active.column, anchor.column),
  };
}

export function holds({ top, bottom, left, right }: Range, { row, column }: Cell): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** Whether it is more than one cell. */
export const isSeveral = ({ top, bottom, left, right }: Range): boolean => top !== bottom || left !== right;

/** The selection held within what there is. */
export function heldIn(selected: Selected, size: Size): Selected {
  const hold = ({ row, column }: Cell): Cell => ({
    row: Math.max(0, Math.min(row, size.rows - 1)),
    column: Math.max(NUMBER_COLUMN, Math.min(column, size.columns - 1)),
  });
  return { active: hold(selected.active), anchor: hold(selected.anchor) };
}

export interface Press {
  readonly key: string;
  readonly control: boolean;
  readonly shift: boolean;
}

/** Where an arrow, Home, End or Page key leads; null for every other key. With Shift the selection grows. */
export function movedBy({ key, control, shift }: Press, selected: Selected, size: Size): Selected | null {
  const { row, column } = selected.active;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const targets: Readonly<Record<string, Cell>> = {
    ArrowUp: { row: control ? 0 : row - 1, column },
    ArrowDown: { row: control ? last.row : row + 1, column },
    ArrowLeft: { row, column: control ? 0 : column - 1 },
    ArrowRight: { row, column: control ? last.column : column + 1 },
    Home: { row: control ? 0 : row, column: 0 },
    End: { row: control ? last.row : row, column: last.column },
    PageUp: { row: row - size.page, column },
    PageDown: { row: row + size.page, column },
  };
  const target = targets[key];
  if (!target) return null;
  const held = heldIn({ active: target, anchor: target }, size).active;
  return { active: held, anchor: shift ? selected.anchor : held };
}

/** The next cell in reading order among those that can be filled in; null beyond the first and the last. */
export function stepTo(cell: Cell, step: 1 | -1, size: Size, isOpen: (cell: Cell) => boolean): Cell | null {
  let { row, column } = cell;
  for (;;) {
    column += step;
    if (column < 0 || column >= size.columns) {
      row += step;
      column = step > 0 ? 0 : size.columns - 1;
    }
    if (row < 0 || row >= size.rows) return null;
    if (isOpen({ row, column })) return { row, column };
  }
}

/** One cell's new value. */
export interface CellChange {
  readonly row: number;
  readonly field: string;
  readonly value: Json;
}

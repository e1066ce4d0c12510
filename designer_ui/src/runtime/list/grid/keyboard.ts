/** Where a key leads in a grid, as a pure function. */
import { HEADER_ROW, type Position } from "./types";

export interface GridSize {
  readonly rows: number;
  /** Data columns; the check box column 0 comes on top. */
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** The next active cell for a navigation key, or null when the key does not move. */
export function moveBy(key: string, control: boolean, at: Position, size: GridSize): Position | null {
  const to = (row: number, column: number): Position => ({
    row: Math.max(HEADER_ROW, Math.min(size.rows - 1, row)),
    column: Math.max(0, Math.min(size.columns, column)),
  });
  switch (key) {
    case "ArrowUp":
      return to(at.row - 1, at.column);
    case "ArrowDown":
      return to(at.row + 1, at.column);
    case "ArrowLeft":
      return to(at.row, at.column - 1);
    case "ArrowRight":
      return to(at.row, at.column + 1);
    case "PageUp":
      return to(Math.max(0, at.row - size.page), at.column);
    case "PageDown":
      return to(at.row + size.page, at.column);
    case "Home":
      return control ? to(0, 0) : to(at.row, 0);
    case "End":
      return control ? to(size.rows - 1, size.columns) : to(at.row, size.columns);
    default:
      return null;
  }
}

/** The next cell that can be edited in a row, going one way; null at the row's end. */
export function nextEditable(editable: readonly boolean[], from: number, step: 1 | -1): number | null {
  for (let column = from + step; column >= 1 && column <= editable.length; column += step) {
    if (editable[column - 1]) return column;
  }
  return null;
}

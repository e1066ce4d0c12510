/** The keys that work with many cells; they come before those that move the active one. */
import { useEffect, useEffectEvent, type RefObject } from "react";
import { moveBy } from "../grid/keyboard";
import { HEADER_HEIGHT, type Column, type GridItem, type Position } from "../grid/types";

interface Keys {
  readonly items: readonly GridItem[];
  readonly columns: readonly Column[];
  readonly active: Position;
  readonly anchor: Position | null;
  readonly several: boolean;
  readonly extend: (to: Position, from: Position) => void;
  readonly onSelect: (active: Position, anchor?: Position | null) => void;
  readonly fillDown: () => void;
  readonly clear: () => void;
  readonly undo: () => void;
}

const USUAL_ROW = 36;

export function useCellKeys(element: RefObject<HTMLElement | null>, keys: Keys): void {
  const { items, columns, active, anchor } = keys;
  const inCells = active.row >= 0 && active.column > 0;
  const lastRow = items.findLastIndex((item) => item.kind === "record");

  const extended = (event: KeyboardEvent, control: boolean): boolean => {
    if (!inCells || !event.shiftKey) return false;
    const page = Math.max(1, Math.floor(((element.current?.clientHeight ?? 0) - HEADER_HEIGHT) / USUAL_ROW) - 1);
    const to = moveBy(event.key, control, active, { rows: lastRow + 1, columns: columns.length, page });
    if (!to) return false;
    keys.extend({ row: Math.max(0, to.row), column: Math.max(1, to.column) }, anchor ?? active);
    return true;
  };

  /** First all cells; pressed again, the list selects the records. */
  const all = (): boolean => {
    if (!inCells || (anchor?.row === 0 && anchor.column === 1 && active.row === lastRow && active.column === columns.length)) return false;
    keys.extend({ row: lastRow, column: columns.length }, { row: 0, column: 1 });
    return true;
  };

  const act = (event: KeyboardEvent): boolean => {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (extended(event, control)) return true;
    if (control && event.shiftKey) return false;
    if (control && key === "a") return all();
    if (control && key === "z") keys.undo();
    else if (control && key === "d" && inCells) keys.fillDown();
    else if (!control && (key === "delete" || key === "backspace") && inCells) keys.clear();
    else if (key === "escape" && keys.several) keys.onSelect(active);
    else return false;
    return true;
  };

  const handle = useEffectEvent((event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.target !== element.current || !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const grid = element.current;
    grid?.addEventListener("keydown", handle);
    return () => grid?.removeEventListener("keydown", handle);
  }, [element]);
}

/** The keyboard of the grid, as in a spreadsheet. */
import { useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { at, isSeveral, movedBy, NUMBER_COLUMN, rangeOf, stepTo, type Cell, type Selected, type Size } from "@/model/cells";
import { announce } from "@/ui/announce";
import type { Operations } from "./useOperations";

interface Keys {
  readonly selected: Selected;
  readonly size: Size;
  readonly readOnly: boolean;
  readonly isOpen: (cell: Cell) => boolean;
  /** Whether Tab at the end adds a line: not below one that is still blank. */
  readonly mayAdd: boolean;
  readonly operations: Operations;
  readonly onSelect: (selected: Selected) => void;
  readonly onEdit: (cell: Cell, how: "keep" | "replace") => void;
  readonly onResize: (column: number, step: number) => void;
}

const STEP = 24;

/** A key that writes a character, or begins one of an input method. */
const isWriting = (event: KeyboardEvent): boolean => (event.key.length === 1 || event.key === "Process") && !event.ctrlKey && !event.metaKey && !event.altKey;

export function useLinesKeys(keys: Keys): (event: KeyboardEvent) => void {
  const { t } = useTranslation();
  /** After Escape, Tab leaves the grid. */
  const leaving = useRef(false);
  const { selected, size, operations, onSelect } = keys;
  const range = rangeOf(selected, size);

  const tab = (event: KeyboardEvent): boolean => {
    if (leaving.current) return false;
    const next = stepTo(selected.active, event.shiftKey ? -1 : 1, size, keys.isOpen);
    if (next) onSelect(at(next.row, next.column));
    else return !event.shiftKey && keys.mayAdd && operations.insert(size.rows);
    return true;
  };

  const escape = (): boolean => {
    if (isSeveral(range)) onSelect(at(selected.active.row, Math.max(0, selected.active.column)));
    else if (leaving.current) return false;
    else {
      leaving.current = true;
      announce(t("lines.leaving"));
      return true;
    }
    return true;
  };

  const shift = (event: KeyboardEvent): boolean => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (!keys.readOnly) operations.move(event.key === "ArrowUp" ? -1 : 1);
      return true;
    }
    if (!event.shiftKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return false;
    keys.onResize(selected.active.column, event.key === "ArrowLeft" ? -STEP : STEP);
    return true;
  };

  const withControl = (event: KeyboardEvent): boolean => {
    const key = event.key.toLowerCase();
    if (key === "a") onSelect({ anchor: { row: 0, column: NUMBER_COLUMN }, active: { row: size.rows - 1, column: selected.active.column } });
    else if (keys.readOnly) return false;
    else if (key === "z") (event.shiftKey ? operations.redo : operations.undo)();
    else if (key === "y") operations.redo();
    else if (key === "d") (range.top < range.bottom && !isWhole() ? operations.fillDown : operations.duplicate)();
    else if (key === "enter") operations.insert(event.shiftKey ? range.top : range.bottom + 1, selected.active.column);
    else if (key === "delete" || key === "backspace" || key === "-") operations.remove();
    else return false;
    return true;
  };

  const isWhole = (): boolean => range.left === 0 && range.right === size.columns - 1;

  const plain = (event: KeyboardEvent): boolean => {
    const { active } = selected;
    if (event.key === "Enter" || event.key === "F2") keys.onEdit(active, "keep");
    else if (event.key === " " && event.shiftKey) onSelect({ anchor: { ...selected.anchor, column: NUMBER_COLUMN }, active });
    else if (event.key === " ") keys.onEdit(active, "keep");
    else if ((event.key === "Delete" || event.key === "Backspace") && !keys.readOnly) operations.clear();
    else if (isWriting(event)) {
      keys.onEdit(active, "replace");
      // The character itself goes into the input, which has the focus by now.
      return false;
    } else return false;
    return true;
  };

  return (event) => {
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
    const control = event.ctrlKey || event.metaKey;
    const done = (): boolean => {
      if (event.key === "Tab") return !control && tab(event);
      if (event.key === "Escape") return escape();
      if (event.altKey) return shift(event);
      const moved = movedBy({ key: event.key, control, shift: event.shiftKey }, selected, size);
      if (moved) onSelect(moved);
      else return control ? withControl(event) : plain(event);
      return true;
    };
    const handled = done();
    if (event.key !== "Escape" && event.key !== "Shift") leaving.current = false;
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** The mouse on many cells: dragging and Shift select, the handle in the corner fills. */
import { useEffect, useEffectEvent, useRef, type RefObject } from "react";
import type { CellRange, Position } from "../grid/types";

interface Pointing {
  readonly active: Position;
  readonly anchor: Position | null;
  readonly range: CellRange;
  readonly extend: (to: Position, from: Position) => void;
  readonly focus: () => void;
  /** Fills the rows from these selected ones as far as another. */
  readonly fillTo: (source: CellRange, row: number) => void;
}

interface Drag {
  readonly from: Position;
  /** Whether it has left its first cell. */
  readonly moved: boolean;
  /** The rows to fill others with; null while cells are only selected. */
  readonly source: CellRange | null;
}

function cellAt(event: MouseEvent): Position | null {
  const target = event.target as Element;
  const cell = target.closest<HTMLElement>('[role="gridcell"][data-row]');
  if (!cell || target.closest(".grid-editor, button, input")) return null;
  const at = { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
  return at.column > 0 ? at : null;
}

export function useCellPointer(element: RefObject<HTMLElement | null>, { active, anchor, range, extend, focus, fillTo }: Pointing): void {
  const drag = useRef<Drag | null>(null);
  /** The click at the end of a drag, or of a press with Shift, follows no link. */
  const selected = useRef(false);

  const press = useEffectEvent((event: MouseEvent): void => {
    const at = cellAt(event);
    drag.current = null;
    selected.current = false;
    if (!at || event.button !== 0) return;
    const onHandle = (event.target as Element).closest(".grid-fill") !== null;
    if (!onHandle && !event.shiftKey) {
      drag.current = { from: at, moved: false, source: null };
      return;
    }
    // The press would begin to mark text, and make the cell the only one that is selected.
    event.preventDefault();
    event.stopPropagation();
    selected.current = true;
    focus();
    if (onHandle) drag.current = { from: { row: range.top, column: range.left }, moved: false, source: range };
    else if (active.row >= 0 && active.column > 0) extend(at, anchor ?? active);
  });

  const over = useEffectEvent((event: MouseEvent): void => {
    const [now, at] = [drag.current, event.buttons === 1 ? cellAt(event) : null];
    if (!now || !at || !element.current) return;
    const isHere = at.row === active.row && at.column === active.column;
    if (isHere && (now.moved || now.source === null)) return;
    if (!now.moved) {
      window.getSelection()?.removeAllRanges();
      element.current.style.userSelect = "none";
      focus();
    }
    drag.current = { ...now, moved: true };
    selected.current = true;
    const { source } = now;
    if (source === null) extend(at, now.from);
    else if (at.row < source.top) extend({ row: at.row, column: source.left }, { row: source.bottom, column: source.right });
    else extend({ row: Math.max(at.row, source.bottom), column: source.right }, { row: source.top, column: source.left });
  });

  const release = useEffectEvent((): void => {
    const now = drag.current;
    drag.current = null;
    if (element.current) element.current.style.userSelect = "";
    if (!now?.moved || now.source === null) return;
    const to = active.row;
    if (to > now.source.bottom || to < now.source.top) fillTo(now.source, to);
  });

  const click = useEffectEvent((event: MouseEvent): void => {
    if (!selected.current || (event.target as Element).closest("[data-row]") === null) return;
    event.preventDefault();
    event.stopPropagation();
  });

  const dragStart = useEffectEvent((event: DragEvent): void => {
    if (drag.current) event.preventDefault();
  });

  useEffect(() => {
    const grid = element.current;
    grid?.addEventListener("mousedown", press);
    grid?.addEventListener("mouseover", over);
    grid?.addEventListener("click", click, true);
    grid?.addEventListener("dragstart", dragStart);
    document.addEventListener("mouseup", release);
    return () => {
      grid?.removeEventListener("mousedown", press);
      grid?.removeEventListener("mouseover", over);
      grid?.removeEventListener("click", click, true);
      grid?.removeEventListener("dragstart", dragStart);
      document.removeEventListener("mouseup", release);
    };
  }, [element]);
}

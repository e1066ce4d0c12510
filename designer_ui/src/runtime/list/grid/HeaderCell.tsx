/** A column's head: click sorts, shift adds to the sort, the edge resizes, dragging reorders. */
import { clampWidth, moveColumn, toggleSort } from "@/model/view";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useEffect, useRef, useState, type PointerEvent } from "react";
import type { ListHandle } from "../useListState";
import { ColumnMenu } from "./ColumnMenu";
import { loadColumnMoving } from "./onDemand";
import { cellId, HEADER_ROW, type Column } from "./types";

interface Props {
  readonly grid: string;
  readonly list: ListHandle;
  readonly columns: readonly Column[];
  readonly column: Column;
  readonly index: number;
  readonly active: boolean;
  /** Whether it can be dragged already. */
  readonly movable: boolean;
  readonly menuOpen: boolean;
  readonly onMenu: (open: boolean) => void;
  /** While the edge is being dragged: the width so far, or null when the drag has ended. */
  readonly onResize: (key: string, width: number | null) => void;
}

export function HeaderCell({ grid, list, columns, column, index, active, movable, menuOpen, onMenu, onResize }: Props) {
  const { state, change } = list;
  const cell = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<"before" | "after" | null>(null);
  const sortIndex = state.sort.findIndex((key) => key.field === column.key);
  const sort = state.sort[sortIndex];
  useEffect(() => {
    const element = cell.current;
    if (!element || !movable) return undefined;
    const order = columns.map((item) => item.key);
    let stop = (): void => undefined;
    let gone = false;
    const follow = async (): Promise<void> => {
      const { makeMovable } = await loadColumnMoving();
      if (gone) return;
      stop = makeMovable({
        element,
        key: column.key,
        index,
        onOver: setOver,
        onDrop: (key) => change({ columns: moveColumn(order, key, index) }),
      });
    };
    // Without it columns are moved in their menus.
    follow().catch(() => undefined);
    return () => {
      gone = true;
      stop();
    };
  }, [columns, column.key, index, change, movable]);
  const startResize = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const start = event.clientX;
    const widthAt = (x: number): number => clampWidth(column.width + x - start);
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => onResize(column.key, widthAt(moved.clientX));
    const end = (ended: globalThis.PointerEvent): void => {
      handle.removeEventListener("pointermove", move);
      onResize(column.key, null);
      change({ widths: { ...state.widths, [column.key]: widthAt(ended.clientX) } });
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
  };
  const classes = ["grid-cell", "grid-head", column.left === null ? "" : "frozen", column.end ? "end" : "", active ? "active" : "", over ? `drop-${over}` : ""];
  return (
    <div
      ref={cell}
      role="columnheader"
      id={cellId(grid, { row: HEADER_ROW, column: index + 1 })}
      aria-colindex={index + 2}
      aria-sort={sort ? (sort.descending ? "descending" : "ascending") : column.sortable ? "none" : undefined}
      data-row={HEADER_ROW}
      data-column={index + 1}
      className={classes.filter(Boolean).join(" ")}
      style={{ width: column.width, left: column.left ?? undefined, cursor: column.sortable ? "pointer" : "default" }}
      onClick={(event) => {
        // Clicks in the menu, which lies elsewhere on the page, come by here too.
        const own = event.currentTarget.contains(event.target as Node);
        if (own && column.sortable) change({ sort: toggleSort(state.sort, column.key, event.shiftKey) });
      }}
    >
      <span className="grid-headlabel" title={column.label}>{column.label}</span>
      {sort ? (
        <span className="grid-sort">
          {sort.descending ? <IconArrowDown size={14} aria-hidden /> : <IconArrowUp size={14} aria-hidden />}
          {state.sort.length > 1 ? <span className="num" aria-hidden>{sortIndex + 1}</span> : null}
        </span>
      ) : null}
      <ColumnMenu list={list} columns={columns} column={column} index={index} open={menuOpen} onOpenChange={onMenu} />
      <span
        className="grid-resize"
        aria-hidden
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        onPointerDown={startResize}
        onClick={(event) => event.stopPropagation()}
      />
    </div>
  );
}

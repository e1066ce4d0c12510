/** One record as a row. Drawn again only when something of this row changes. */
import type { Json, RecordJson } from "@/api";
import { toneClass } from "@/ui/Tag";
import { memo, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { columnOn } from "./columnOn";
import { useGrid } from "./context";
import { GridCell } from "./GridCell";
import { cellId, CHECK_WIDTH } from "./types";

export interface Editing {
  readonly row: number;
  readonly column: number;
  readonly value: Json;
}

interface Props {
  readonly record: RecordJson;
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly level: number | undefined;
  readonly selected: boolean;
  /** The active column when the active cell is in this row. */
  readonly activeColumn: number | null;
  /** The selected columns, where any but the active cell are. */
  readonly left: number;
  readonly right: number;
  /** Whether the selected cells end in this row. */
  readonly last: boolean;
  readonly editing: Editing | null;
  /** The column under the pointer when it is over this row. */
  readonly pointed: number | null;
}

export const GridRow = memo(function GridRow({ record, row, top, height, level, selected, activeColumn, left, right, last, editing, pointed }: Props) {
  const { t } = useTranslation();
  const grid = useGrid();
  const colors = grid.colors(record);
  const element = useRef<HTMLDivElement>(null);
  // The grid is one stop for Tab; links inside cells are reached with the arrows and Enter, or the mouse.
  useLayoutEffect(() => {
    for (const link of element.current?.querySelectorAll<HTMLAnchorElement>(".grid-value a") ?? []) link.tabIndex = -1;
  });
  return (
    <div
      ref={element}
      role="row"
      aria-rowindex={row + 2}
      aria-level={level}
      aria-selected={selected}
      className={`grid-row${selected ? " selected" : ""}${colors.row ? ` ${toneClass(colors.row)} tinted` : ""}`}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        id={cellId(grid.id, { row, column: 0 })}
        aria-colindex={1}
        data-row={row}
        data-column={0}
        className={activeColumn === 0 ? "grid-cell grid-check frozen active" : "grid-cell grid-check frozen"}
        style={{ width: CHECK_WIDTH, left: 0 }}
      >
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={t("list.select.row", { title: record.title ?? `#${record.id}` })}
          onChange={(event) => grid.toggleRow(record, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </div>
      {grid.columns.map((general) => columnOn(general, record)).map((column, index) => (
        <GridCell
          key={column.key}
          record={record}
          column={column}
          row={row}
          index={index}
          color={colors.cells[column.key] ?? null}
          active={activeColumn === index + 1}
          inRange={index + 1 >= left && index < right}
          corner={last && index + 1 === right}
          pencil={column.editable && pointed === index + 1}
          editing={editing?.column === index + 1 ? editing.value : undefined}
        />
      ))}
    </div>
  );
});

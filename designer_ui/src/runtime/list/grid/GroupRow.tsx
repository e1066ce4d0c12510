/** The head of a group with its count and sums, and the line that brings more of a group. */
import type { FieldInfo } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { shownType } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { IconChevronRight } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useGrid } from "./context";
import { cellId, CHECK_WIDTH, type GridItem, type GroupInfo } from "./types";

/** Types whose values are drawn as links: inside the button that folds a group they are words. */
const LINKS = new Set(["relation", "email", "phone", "url"]);

interface Place {
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
}

export function GroupRow({ group, field, fieldKey, row, top, height, active }: Place & {
  readonly group: GroupInfo;
  readonly field: FieldInfo;
  readonly fieldKey: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useGrid();
  const { app, key: form } = grid.describe;
  const firstSum = grid.columns.findIndex((column) => column.key in group.sums);
  const headColumns = firstSum === -1 ? grid.columns : grid.columns.slice(0, firstSum);
  const headWidth = headColumns.reduce((sum, column) => sum + column.width, CHECK_WIDTH);
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-level={1}
      aria-expanded={group.open}
      className="grid-row grid-group"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        id={cellId(grid.id, { row, column: 0 })}
        aria-colindex={1}
        aria-colspan={headColumns.length + 1}
        data-row={row}
        data-column={0}
        className={active ? "grid-cell grid-grouphead active" : "grid-cell grid-grouphead"}
        style={{ width: headWidth }}
      >
        <button type="button" tabIndex={-1} className="grid-grouptoggle" onClick={() => grid.toggleGroup(group.key)}>
          <IconChevronRight size={16} aria-hidden className={group.open ? "open" : ""} />
          {LINKS.has(field.type) && group.value !== null ? (
            <span className="ellipsis">{shownType(field).text(group.value, field, format)}</span>
          ) : (
            <FieldCell value={group.value} field={field} place={{ app, form, field: fieldKey }} blank={t("list.group.blank")} />
          )}
          <span className="list-badge num" aria-label={t("list.count", { count: group.count, shown: format.number(group.count) })}>
            {format.number(group.count)}
          </span>
        </button>
      </div>
      {grid.columns.slice(headColumns.length).map((column, index) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={headColumns.length + index + 2}
          className="grid-cell end grid-sum"
          style={{ width: column.width }}
        >
          {column.key in group.sums ? (
            <FieldCell value={group.sums[column.key]} field={column.field} place={{ app, form, field: column.key }} />
          ) : null}
        </div>
      ))}
    </div>
  );
}

export function MoreRow({ item, row, top, height, active }: Place & { readonly item: GridItem & { kind: "more" } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useGrid();
  return (
    <div role="row" aria-rowindex={row + 2} aria-level={2} className="grid-row" style={{ height, transform: `translateY(${top}px)` }}>
      <div
        role="gridcell"
        id={cellId(grid.id, { row, column: 0 })}
        aria-colindex={1}
        aria-colspan={grid.columns.length + 1}
        data-row={row}
        data-column={0}
        className={active ? "grid-cell grid-morecell active" : "grid-cell grid-morecell"}
      >
        <Button type="link" size="small" tabIndex={-1} loading={item.loading} onClick={() => grid.moreOf(item.group)}>
          {t("list.group.more", { shown: format.number(item.rest) })}
        </Button>
      </div>
    </div>
  );
}

export function WaitRow({ row, top, height }: Omit<Place, "active">) {
  const { columns } = useGrid();
  return (
    <div role="row" aria-rowindex={row + 2} className="grid-row grid-wait" style={{ height, transform: `translateY(${top}px)` }}>
      <div role="gridcell" className="grid-cell" style={{ width: CHECK_WIDTH }} />
      {columns.map((column) => (
        <div role="gridcell" key={column.key} className="grid-cell" style={{ width: column.width }}>
          <i />
        </div>
      ))}
    </div>
  );
}

/** The head of a group with its count and totals, and the line that brings more of a group. */
import { useFormat } from "@/ui/format";
import { IconChevronRight } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useGrid, type GridContextValue } from "./context";
import { GroupName } from "./GroupName";
import { TotalCell } from "./TotalCell";
import { cellId, CHECK_WIDTH, type GridItem, type GroupInfo } from "./types";

interface Place {
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
}

/** How many columns the head of a group spans, and how wide it is: up to the first column with a total. */
export function totalHead({ columns, totals }: Pick<GridContextValue, "columns" | "totals">): { readonly columns: number; readonly width: number } {
  const first = columns.findIndex((column) => totals.some(({ field }) => field === column.key));
  const spanned = first === -1 ? columns : columns.slice(0, Math.max(1, first));
  return { columns: spanned.length, width: spanned.reduce((sum, column) => sum + column.width, CHECK_WIDTH) };
}

export function TotalCells({ from, totals }: { readonly from: number; readonly totals: GroupInfo["totals"] }) {
  const { t } = useTranslation();
  const grid = useGrid();
  const { app, key: form } = grid.describe;
  return grid.columns.slice(from).map((column, index) => {
    const fn = grid.totals.find(({ field }) => field === column.key)?.fn;
    return (
      <div
        key={column.key}
        role="gridcell"
        aria-colindex={from + index + 2}
        className="grid-cell end grid-sum"
        title={fn ? `${column.label}: ${t(`list.total.${fn}`)}` : undefined}
        style={{ width: column.width }}
      >
        {fn ? <TotalCell app={app} form={form} column={column.key} field={column.field} fn={fn} value={totals[column.key] ?? null} /> : null}
      </div>
    );
  });
}

export function GroupRow({ group, row, top, height, active }: Place & { readonly group: GroupInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useGrid();
  const head = totalHead(grid);
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-level={group.level}
      aria-expanded={group.open}
      className="grid-row grid-group"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        id={cellId(grid.id, { row, column: 0 })}
        aria-colindex={1}
        aria-colspan={head.columns + 1}
        data-row={row}
        data-column={0}
        className={active ? "grid-cell grid-grouphead active" : "grid-cell grid-grouphead"}
        style={{ width: head.width, paddingLeft: INDENT * (group.level - 1) + 10 }}
      >
        <button type="button" tabIndex={-1} className="grid-grouptoggle" onClick={() => grid.toggleGroup(group.key)}>
          <IconChevronRight size={16} aria-hidden className={group.open ? "open" : ""} />
          <GroupName describe={grid.describe} group={group} />
          <span className="list-badge num" aria-label={t("list.count", { count: group.count, shown: format.number(group.count) })}>
            {format.number(group.count)}
          </span>
        </button>
      </div>
      <TotalCells from={head.columns} totals={group.totals} />
    </div>
  );
}

const INDENT = 20;

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

/** Stands for rows that are on their way; its first cell may be the active one, where the keys led ahead of them. */
export function WaitRow({ row, top, height, active }: Place) {
  const { id, columns } = useGrid();
  return (
    <div role="row" aria-rowindex={row + 2} className="grid-row grid-wait" style={{ height, transform: `translateY(${top}px)` }}>
      <div role="gridcell" id={cellId(id, { row, column: 0 })} className={active ? "grid-cell active" : "grid-cell"} style={{ width: CHECK_WIDTH }} />
      {columns.map((column) => (
        <div role="gridcell" key={column.key} className="grid-cell" style={{ width: column.width }}>
          <i />
        </div>
      ))}
    </div>
  );
}

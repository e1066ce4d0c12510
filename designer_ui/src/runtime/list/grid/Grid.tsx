/** The grid of a list: one Tab stop, a moving active cell, rows drawn only where they are seen. */
import type { Json, RecordJson } from "@/api";
import { useFormat } from "@/ui/format";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useId, useMemo, useRef, useState, type MouseEvent, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { ROW_HEIGHTS, useRowHeight } from "../rowHeight";
import type { CellSaving } from "../saving";
import { fieldsOf } from "../fields";
import type { ListHandle } from "../useListState";
import { gridColumns, frozenWidth, totalWidth } from "./columns";
import { GridContext, useSteadyActions, type GridActions, type GridContextValue } from "./context";
import { GridHeader } from "./GridHeader";
import { GridRow, type Editing } from "./GridRow";
import { GroupRow, MoreRow, WaitRow } from "./GroupRow";
import { nextEditable } from "./keyboard";
import { cellId, CHECK_WIDTH, HEADER_HEIGHT, HEADER_ROW, type Column, type GridItem, type Position } from "./types";
import { useGridKeys } from "./useGridKeys";
import type { Selection } from "./useSelection";
import type { Leave } from "./CellEditor";
import "./grid.css";

interface Props {
  readonly list: ListHandle;
  readonly label: string;
  readonly items: readonly GridItem[];
  /** All rows the list has, loaded or not; -1 when nobody knows. */
  readonly total: number;
  readonly busy: boolean;
  readonly saving: CellSaving;
  readonly selection: Selection;
  readonly onEnd?: (() => void) | undefined;
  readonly onToggleGroup?: (key: string) => void;
  readonly onMore?: (key: string) => void;
  readonly footer?: ReactNode;
}

const AHEAD = 25;
const nothing = (): void => undefined;

export function Grid({ list, label, items, total, busy, saving, selection, onEnd, onToggleGroup = nothing, onMore = nothing, footer }: Props) {
  const id = useId();
  const format = useFormat();
  const navigate = useNavigate();
  const { describe, state } = list;
  const rowHeight = ROW_HEIGHTS[useRowHeight((store) => store.height)];
  const [resizing, setResizing] = useState<Readonly<Record<string, number>>>({});
  const [at, setActive] = useState<Position>({ row: 0, column: 1 });
  const [editing, setEditing] = useState<Editing | null>(null);
  const [pointed, setPointed] = useState<Position | null>(null);
  const [menuColumn, setMenuColumn] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(
    () => gridColumns(describe, { ...state, widths: { ...state.widths, ...resizing } }, format),
    [describe, state, resizing, format],
  );
  const records = useMemo(() => items.flatMap((item) => (item.kind === "record" ? [item.record] : [])), [items]);
  const row = Math.min(at.row, items.length - 1);
  // Heads of groups and the like have a single cell.
  const single = row !== HEADER_ROW && items[row]?.kind !== "record";
  const active: Position = { row, column: single ? 0 : Math.min(at.column, columns.length) };

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: HEADER_HEIGHT,
    // The active row stays in the document, or the active descendant would point at nothing.
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), Math.max(0, active.row)])].sort((a, b) => a - b).filter((row) => row < items.length),
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const shown = virtual.getVirtualItems();
  const lastShown = Math.max(-1, ...shown.filter((item) => item.index !== active.row).map((item) => item.index));
  useEffect(() => {
    if (lastShown >= items.length - AHEAD) onEnd?.();
  }, [lastShown, items.length, onEnd]);

  const reveal = useCallback(
    ({ row, column }: Position) => {
      if (row !== HEADER_ROW) virtual.scrollToIndex(row, { align: "auto" });
      const box = scroller.current;
      const target = columns[column - 1];
      if (!box || !target || target.left !== null) return;
      const left = columns.slice(0, column - 1).reduce((sum, item) => sum + item.width, CHECK_WIDTH);
      const frozen = frozenWidth(columns);
      if (left - box.scrollLeft < frozen) box.scrollLeft = left - frozen;
      else if (left + target.width - box.scrollLeft > box.clientWidth) box.scrollLeft = left + target.width - box.clientWidth;
    },
    [columns, virtual],
  );
  const move = useCallback(
    (to: Position) => {
      setActive(to);
      reveal(to);
    },
    [reveal],
  );
  const focusGrid = (): void => scroller.current?.focus({ preventScroll: true });

  const startEditing = (where: Position, value?: Json): void => {
    const item = items[where.row];
    const column = columns[where.column - 1];
    if (item?.kind !== "record" || !column?.editable) return;
    move(where);
    setEditing({ ...where, value: value === undefined ? (item.record[column.key] ?? null) : value });
  };
  const finishEditing = (record: RecordJson, column: Column, value: Json, leave: Leave): void => {
    const where = editing;
    setEditing(null);
    if (leave !== "stay" || document.activeElement?.closest(".grid-editor")) focusGrid();
    if (JSON.stringify(record[column.key] ?? null) !== JSON.stringify(value)) saving.save(record, column.key, value);
    if (!where || leave === "stay") return;
    if (leave === "down") return move({ row: Math.min(items.length - 1, where.row + 1), column: where.column });
    const next = nextEditable(columns.map((item) => item.editable), where.column, leave === "next" ? 1 : -1);
    if (next !== null) startEditing({ row: where.row, column: next });
  };
  const actions: GridActions = {
    openRecord: (record) => void navigate(`/a/${describe.app}/${describe.key}/${record.id}`),
    toggleRow: (record, range) => selection.toggle(record, range, records),
    toggleGroup: onToggleGroup,
    moreOf: onMore,
    startEditing,
    finishEditing,
    cancelEditing: () => {
      setEditing(null);
      focusGrid();
    },
  };
  const selectAll = (): void => (selection.records.size === records.length ? selection.clear() : selection.setAll(records));
  const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - HEADER_HEIGHT) / rowHeight) - 1);
  const onKeyDown = useGridKeys({ list, items, columns, active, page, actions, onMove: move, onMenu: setMenuColumn, onClear: selection.clear, onAll: selectAll });
  const cellOf = (event: MouseEvent): Position | null => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-row]");
    return cell ? { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) } : null;
  };
  const steady = useSteadyActions(actions);
  const context = useMemo<GridContextValue>(() => ({ id, describe, columns, saving, ...steady }), [id, describe, columns, saving, steady]);
  const grouped = state.groupBy !== "";
  const groupField = fieldsOf(describe)[state.groupBy];
  const chosen = selection.records.size;
  return (
    <GridContext value={context}>
      <div
        ref={scroller}
        role={grouped ? "treegrid" : "grid"}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={total < 0 ? -1 : total + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-busy={busy}
        aria-activedescendant={editing ? undefined : cellId(id, active)}
        className={`grid ${rowHeight < ROW_HEIGHTS.normal ? "compact" : ""}`}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          const where = cellOf(event);
          if (where && !(event.target as Element).closest(".grid-editor")) setActive(where);
        }}
        onMouseOver={(event) => {
          const where = cellOf(event);
          if (where?.row !== pointed?.row || where?.column !== pointed?.column) setPointed(where);
        }}
        onMouseLeave={() => setPointed(null)}
        onDoubleClick={(event) => {
          const where = cellOf(event);
          if (where && where.row !== HEADER_ROW && !(event.target as Element).closest(".grid-editor")) startEditing(where);
        }}
      >
        <div className="grid-sheet" style={{ width: totalWidth(columns) }}>
          <GridHeader
            grid={id}
            list={list}
            columns={columns}
            activeColumn={active.row === HEADER_ROW ? active.column : null}
            menuColumn={menuColumn}
            all={chosen === 0 ? "none" : chosen < records.length ? "some" : "all"}
            onAll={selectAll}
            onMenu={setMenuColumn}
            onResize={(key, width) => setResizing(width === null ? {} : { [key]: width })}
          />
          <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ index, start }) => {
              const item = items[index];
              const common = { row: index, top: start, height: rowHeight };
              const activeColumn = active.row === index ? active.column : null;
              if (!item) return null;
              if (item.kind === "wait") return <WaitRow key={item.key} {...common} />;
              if (item.kind === "more") return <MoreRow key={item.key} item={item} {...common} active={activeColumn !== null} />;
              if (item.kind === "group") {
                return groupField ? (
                  <GroupRow key={item.key} group={item.group} field={groupField} fieldKey={state.groupBy} {...common} active={activeColumn !== null} />
                ) : null;
              }
              return (
                <GridRow
                  key={item.key}
                  record={item.record}
                  {...common}
                  level={grouped ? 2 : undefined}
                  selected={selection.records.has(item.record.id)}
                  activeColumn={activeColumn}
                  editing={editing?.row === index ? editing : null}
                  pointed={pointed?.row === index ? pointed.column : null}
                />
              );
            })}
          </div>
          {footer}
        </div>
      </div>
    </GridContext>
  );
}

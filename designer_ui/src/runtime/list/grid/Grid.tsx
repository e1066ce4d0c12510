/** The grid of a list: one Tab stop, a moving active cell, rows drawn only where they are seen. */
import { useFormat } from "@/ui/format";
import { Suspense, useCallback, useEffect, useId, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { ROW_HEIGHTS, useRowHeight } from "../rowHeight";
import type { RecordColors } from "@/model/view";
import type { RecordJson } from "@/api";
import type { CellSaving } from "../saving";
import type { Total } from "../totals";
import type { ListHandle } from "../useListState";
import { gridColumns, totalWidth } from "./columns";
import { GridContext, useSteadyActions, type GridActions, type GridContextValue } from "./context";
import { GridBody } from "./GridBody";
import { GridFooter, type Overall } from "./GridFooter";
import { GridHeader } from "./GridHeader";
import { CellWork, loadCellWork } from "./onDemand";
import { cellId, HEADER_ROW, rangeBetween, type GridItem, type Position } from "./types";
import { useGridEditing } from "./useGridEditing";
import { useGridKeys } from "./useGridKeys";
import { useGridPointer } from "./useGridPointer";
import { useGridScroll } from "./useGridScroll";
import type { Selection } from "./useSelection";
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
  /** How many levels of groups there are. */
  readonly levels: number;
  readonly totals: readonly Total[];
  /** The totals over all records of the list; null while they are on their way. */
  readonly overall: Overall | null;
  readonly colors: (record: RecordJson) => RecordColors;
  readonly onEnd?: (() => void) | undefined;
  readonly onToggleGroup?: (key: string) => void;
  readonly onMore?: (key: string) => void;
}

const nothing = (): void => undefined;

export function Grid({ list, label, items, total, busy, saving, selection, levels, totals, overall, colors, onEnd, onToggleGroup = nothing, onMore = nothing }: Props) {
  const id = useId();
  const navigate = useNavigate();
  const { describe } = list;
  const rowHeight = ROW_HEIGHTS[useRowHeight((store) => store.height)];
  const { columns, setResizing } = useColumns(list);
  const [menuColumn, setMenuColumn] = useState<string | null>(null);
  const [at, setActive] = useState<Position>({ row: 0, column: 1 });
  const active = heldIn(items, columns.length, at);
  const [from, setAnchor] = useState<Position | null>(null);
  const anchor = from && heldIn(items, columns.length, from);
  const range = rangeBetween(anchor ?? active, active);
  const works = useCellWork(items[0]?.kind !== "wait");
  const records = useMemo(() => items.flatMap((item) => (item.kind === "record" ? [item.record] : [])), [items]);
  const { scroller, shown, height, reveal, focus, page } = useGridScroll({ items, columns, activeRow: active.row, rowHeight, onEnd });
  const move = useCallback(
    (to: Position, anchor: Position | null = null) => {
      setAnchor(anchor);
      setActive(to);
      reveal(to);
    },
    [reveal],
  );
  const { editing, ...edit } = useGridEditing({ items, columns, saving, move, focus });
  const { pointed, handlers } = useGridPointer((to) => {
    setAnchor(null);
    setActive(to);
  }, edit.start);
  const actions: GridActions = {
    openRecord: (record) => void navigate(`/a/${describe.app}/${describe.key}/${record.id}`),
    toggleRow: (record, range) => selection.toggle(record, range, records),
    toggleGroup: onToggleGroup,
    moreOf: onMore,
    startEditing: edit.start,
    finishEditing: edit.finish,
    cancelEditing: edit.cancel,
  };
  const selectAll = (): void => (selection.records.size >= records.length ? selection.clear() : selection.setAll(records));
  const onKeyDown = useGridKeys({ list, items, columns, active, page, actions, onMove: move, onMenu: setMenuColumn, onClear: selection.clear, onAll: selectAll });
  const steady = useSteadyActions(actions);
  const context = useMemo<GridContextValue>(() => ({ id, describe, columns, saving, totals, colors, ...steady }), [id, describe, columns, saving, totals, colors, steady]);
  const chosen = selection.records.size;
  return (
    <GridContext value={context}>
      <div
        ref={scroller}
        role={levels > 0 ? "treegrid" : "grid"}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={total < 0 ? -1 : total + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-busy={busy}
        aria-describedby={`${id}-help`}
        aria-activedescendant={editing ? undefined : cellId(id, active)}
        className={`grid ${rowHeight < ROW_HEIGHTS.normal ? "compact" : ""}`}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <div className="grid-sheet" style={{ width: totalWidth(columns) }}>
          <GridHeader
            grid={id}
            list={list}
            columns={columns}
            activeColumn={active.row === HEADER_ROW ? active.column : null}
            movable={items[0]?.kind !== "wait"}
            menuColumn={menuColumn}
            all={chosen === 0 ? "none" : chosen < records.length ? "some" : "all"}
            onAll={selectAll}
            onMenu={setMenuColumn}
            onResize={(key, width) => setResizing(width === null ? {} : { [key]: width })}
          />
          <GridBody
            {...{ items, shown, height, rowHeight, selection, active, range, editing, pointed }}
            several={anchor !== null}
            levels={levels}
          />
          {totals.length > 0 ? <GridFooter overall={overall} /> : null}
        </div>
      </div>
      {works ? (
        <Suspense fallback={null}>
          <CellWork id={`${id}-help`} {...{ scroller, describe, items, columns, active, anchor, range, saving, focus }} onSelect={move} />
        </Suspense>
      ) : null}
    </GridContext>
  );
}

/** Whether what works with many cells is there: it is fetched once the rows are seen. */
function useCellWork(drawn: boolean): boolean {
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    // Without it cells are edited one by one.
    if (drawn) loadCellWork().then(() => setLoaded(true), () => undefined);
  }, [drawn]);
  return loaded;
}

/** The columns as the list has them, and as one looks while its edge is dragged. */
function useColumns({ describe, state }: ListHandle) {
  const format = useFormat();
  const [resizing, setResizing] = useState<Readonly<Record<string, number>>>({});
  const columns = useMemo(
    () => gridColumns(describe, { ...state, widths: { ...state.widths, ...resizing } }, format),
    [describe, state, resizing, format],
  );
  return { columns, setResizing };
}

/** The active cell within what there is now; heads of groups and the like have a single cell. */
function heldIn(items: readonly GridItem[], columns: number, at: Position): Position {
  const row = Math.min(at.row, items.length - 1);
  const single = row !== HEADER_ROW && items[row]?.kind !== "record";
  return { row, column: single ? 0 : Math.min(at.column, columns) };
}

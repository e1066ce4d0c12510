/** A tree of records on the screen: one Tab stop, the line with the keyboard, lines drawn only where they are seen. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import type { RecordJson } from "@/api";
import { rowKey, stepFrom, type Parent, type RecordRow, type TreeRow } from "@/model/tree";
import type { RecordColors } from "@/model/view";
import { useFormat } from "@/ui/format";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { gridColumns, totalWidth } from "../list/grid/columns";
import { HeaderCell } from "../list/grid/HeaderCell";
import { CHECK_WIDTH } from "../list/grid/types";
import { useGridScroll } from "../list/grid/useGridScroll";
import { ROW_HEIGHTS, useRowHeight } from "../list/rowHeight";
import type { Total } from "../list/totals";
import type { ListHandle } from "../list/useListState";
import { rowId, TreeContext, type TreeActions, type TreeContextValue } from "./context";
import { isDragged, makeTop } from "./dragging";
import { TreeLine } from "./TreeLine";
import "../list/grid/grid.css";
import "./tree.css";

interface Props {
  readonly list: ListHandle;
  readonly label: string;
  readonly rows: readonly TreeRow[];
  readonly totals: readonly Total[];
  readonly colors: (record: RecordJson) => RecordColors;
  readonly busy: boolean;
  readonly movable: boolean;
  readonly creatable: boolean;
  readonly phone: boolean;
  readonly actions: TreeActions;
}

/** Name and facts, and room for a thumb, px. */
const CARD_HEIGHT = 64;
/** A total stands beside the value of the record itself, px. */
const TOTAL_ROOM = 96;

export function TreeGrid({ list, label, rows, totals, colors, busy, movable, creatable, phone, actions }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { describe } = list;
  const chosen = ROW_HEIGHTS[useRowHeight((store) => store.height)];
  const height = phone ? CARD_HEIGHT : chosen;
  const { columns, setResizing } = useColumns(list, totals);
  const [menuColumn, setMenuColumn] = useState<string | null>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [near, setNear] = useState(0);
  const [dragging, setDragging] = useState(false);
  const places = useMemo(() => new Map(rows.map((row, place) => [row.key, place])), [rows]);
  // What was closed or moved away leaves the keyboard where it stood.
  const active = Math.max(0, Math.min((activeKey === null ? undefined : places.get(activeKey)) ?? near, rows.length - 1));
  const { scroller, shown, height: whole, reveal, page } = useGridScroll({ items: rows, columns, activeRow: active, rowHeight: height, onEnd: undefined });
  const follow = useRef<{ readonly key: string; readonly parent: Parent } | null>(null);
  const activate = (place: number): void => {
    setActiveKey(rows[place]?.key ?? null);
    setNear(place);
  };
  useEffect(() => {
    // A record that was moved is shown where it turns up.
    const place = follow.current ? places.get(follow.current.key) : undefined;
    if (place === undefined || rows[place]?.parent !== follow.current?.parent) return;
    follow.current = null;
    setNear(place);
    reveal({ row: place, column: 0 });
  }, [rows, places, reveal]);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !movable) return undefined;
    return combine(
      autoScrollForElements({ element }),
      monitorForElements({ canMonitor: ({ source }) => isDragged(source.data), onDragStart: () => setDragging(true), onDrop: () => setDragging(false) }),
    );
  }, [scroller, movable]);

  const moving: TreeActions = {
    ...actions,
    move: (record, to, title) => {
      follow.current = { key: rowKey(record.id), parent: to };
      setActiveKey(rowKey(record.id));
      actions.move(record, to, title);
    },
  };
  const latest = useRef(moving);
  useLayoutEffect(() => {
    latest.current = moving;
  });
  const steady = useMemo<TreeActions>(
    () => ({
      toggle: (row) => latest.current.toggle(row),
      openAll: (row) => latest.current.openAll(row),
      more: (parent) => latest.current.more(parent),
      retry: () => latest.current.retry(),
      open: (record) => latest.current.open(record),
      add: (record) => latest.current.add(record),
      ask: (record) => latest.current.ask(record),
      move: (record, to, title) => latest.current.move(record, to, title),
    }),
    [],
  );
  const context = useMemo<TreeContextValue>(
    () => ({ id, describe, columns, totals, colors, movable, creatable, phone, ...steady }),
    [id, describe, columns, totals, colors, movable, creatable, phone, steady],
  );

  const rowAt = (key: string): RecordRow | null => {
    const row = rows[places.get(key) ?? -1];
    return row?.kind === "record" ? row : null;
  };
  /** Moves a record beside the one that it is below; null where it is at the top. */
  const outwards = (row: RecordRow): (() => void) | null => {
    const { parent } = row.node;
    if (!movable || parent === null) return null;
    const above = rowAt(rowKey(parent));
    if (!above) return null;
    const to = above.node.parent;
    return () => steady.move(row.record, to, to === null ? null : (rowAt(rowKey(to))?.record.title ?? null));
  };
  /** Moves a record below the one before it on its level. */
  const inwards = (row: RecordRow, place: number): void => {
    const before = rows.findLast((other, at): other is RecordRow => at < place && other.kind === "record" && other.parent === row.parent);
    if (movable && before) steady.move(row.record, before.record.id, before.record.title);
  };

  const act = (event: KeyboardEvent, row: TreeRow): boolean => {
    const record = row.kind === "record" ? row : null;
    if (event.altKey) {
      if (record && event.key === "ArrowLeft") outwards(record)?.();
      else if (record && event.key === "ArrowRight") inwards(record, active);
      else return false;
      return true;
    }
    if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
      document.getElementById(rowId(id, active))?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click();
    } else if (event.key === "Enter" && record) steady.open(record.record);
    else if (event.key === "Enter" && row.kind === "more") steady.more(row.parent);
    else if (event.key === "Enter" && row.kind === "failed") steady.retry();
    else if (event.key === "*" && record) steady.openAll(record);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[active];
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget || !row) return;
    const step = event.altKey || event.ctrlKey || event.metaKey ? null : stepFrom(rows, active, event.key, page);
    if (step && "to" in step) {
      activate(step.to);
      reveal({ row: step.to, column: 0 });
    } else if (step && row.kind === "record") {
      activate(active);
      steady.toggle(row);
    } else if (!act(event, row)) return;
    event.preventDefault();
  };
  return (
    <TreeContext value={context}>
      <p className="sr-only" id={`${id}-keys`}>{t("tree.keys")}</p>
      <div
        ref={scroller}
        role="treegrid"
        tabIndex={0}
        aria-label={label}
        aria-describedby={`${id}-keys`}
        aria-rowcount={rows.length + 1}
        aria-colcount={phone ? 2 : columns.length + 1}
        aria-busy={busy}
        aria-activedescendant={rowId(id, active)}
        className={["grid", "tree", phone ? "tree-cards" : "", chosen < ROW_HEIGHTS.normal ? "compact" : "", dragging ? "dragging" : ""].filter(Boolean).join(" ")}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          const line = (event.target as Element).closest<HTMLElement>("[data-row]");
          if (line && line.classList.contains("tree-row")) activate(Number(line.dataset["row"]));
        }}
      >
        <div className="grid-sheet" style={phone ? undefined : { width: totalWidth(columns) }}>
          <div role="rowgroup" className={phone ? "grid-headgroup tree-thinhead" : "grid-headgroup"}>
            <div role="row" aria-rowindex={1} className="grid-headrow">
              {phone ? (
                <>
                  <span role="columnheader" aria-colindex={1} className="sr-only">{label}</span>
                  <span role="columnheader" aria-colindex={2} className="sr-only">{t("tree.actions")}</span>
                </>
              ) : (
                <>
                  <div role="columnheader" aria-colindex={1} className="grid-cell grid-head frozen" style={{ width: CHECK_WIDTH, left: 0 }}><span className="sr-only">{t("tree.actions")}</span></div>
                  {columns.map((column, index) => (
                    <HeaderCell
                      key={column.key}
                      grid={id}
                      list={list}
                      columns={columns}
                      column={column}
                      index={index}
                      active={false}
                      movable
                      menuOpen={menuColumn === column.key}
                      onMenu={(open) => setMenuColumn(open ? column.key : null)}
                      onResize={(key, width) => setResizing(width === null ? {} : { [key]: width })}
                    />
                  ))}
                </>
              )}
            </div>
            {dragging ? <TopPlace onDrop={(record) => steady.move(record, null, null)} /> : null}
          </div>
          <div role="rowgroup" className="grid-body" style={{ height: whole }}>
            {shown.map((place) => {
              const row = rows[place];
              return row ? (
                <TreeLine
                  key={row.key}
                  row={row}
                  index={place}
                  height={height}
                  active={place === active}
                  onStart={() => activate(place)}
                  onUp={row.kind === "record" ? outwards(row) : null}
                />
              ) : null;
            })}
          </div>
        </div>
      </div>
    </TreeContext>
  );
}

function TopPlace({ onDrop }: { onDrop: (record: RecordJson) => void }) {
  const { t } = useTranslation();
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(onDrop);
  const [over, setOver] = useState(false);
  useLayoutEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => (element.current ? makeTop(element.current, setOver, (record) => latest.current(record)) : undefined), []);
  return <div ref={element} className={over ? "tree-top over" : "tree-top"}>{t("tree.dropTop")}</div>;
}

/** The columns of the list, wider where totals stand beside the values. */
function useColumns({ describe, state }: ListHandle, totals: readonly Total[]) {
  const format = useFormat();
  const [resizing, setResizing] = useState<Readonly<Record<string, number>>>({});
  const columns = useMemo(() => {
    const widths = { ...state.widths, ...resizing };
    const usual = gridColumns(describe, { ...state, widths }, format);
    const wider = Object.fromEntries(usual.filter((column, place) => place === 0 || totals.some((total) => total.field === column.key)).map((column) => [column.key, column.width + TOTAL_ROOM]));
    return gridColumns(describe, { ...state, widths: { ...wider, ...widths } }, format);
  }, [describe, state, resizing, format, totals]);
  return { columns, setResizing };
}

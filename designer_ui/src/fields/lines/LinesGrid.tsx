/** Lines as a grid to type in: one Tab stop, a moving active cell, lines drawn only where they are seen. */
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { FieldInfo, Json, Values } from "@/api";
import type { Place } from "@/catalogue/registry";
import { at, heldIn, NUMBER_COLUMN, rangeOf, stepTo, type Cell, type Selected } from "@/model/cells";
import { isUntouched, setCells, type LineIssues, type ShownLine } from "@/model/lines";
import { closedBecause, useColumns } from "./columns";
import { LineRow, selectedPart, type RowActions } from "./LineRow";
import { LinesFoot } from "./LinesFoot";
import { LinesHead } from "./LinesHead";
import { hasTotals, LinesTotals } from "./LinesTotals";
import { ProblemList } from "./ProblemList";
import { problemsOf, useMessages } from "./problems";
import { cellId, type Editing, type Leave } from "./types";
import { useClipboard } from "./useClipboard";
import type { LinesWork } from "./useLines";
import { useLinesKeys } from "./useLinesKeys";
import { useOperations } from "./useOperations";
import { HEAD_HEIGHT, reveal, ROW_HEIGHT, useRows } from "./useRows";

interface Props {
  readonly id: string;
  readonly field: FieldInfo;
  readonly label: string;
  readonly lines: readonly ShownLine[];
  readonly issues: LineIssues;
  readonly place: Place;
  /** The record's values, for choices that depend on them. */
  readonly values: Values;
  readonly readOnly: boolean;
  readonly describedBy: string | undefined;
  readonly least: number;
  readonly most: number;
  readonly work: LinesWork;
}

/** A grid that is narrower has no room for a column that stays in place. */
const ROOM_TO_FREEZE = 480;

function cellOf(event: MouseEvent): Cell | null {
  const target = event.target as Element;
  if (target.closest(".line-editor")) return null;
  const cell = target.closest<HTMLElement>("[data-row]");
  return cell ? { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) } : null;
}

/** The record's fields as the conditions of a line's relations name them. */
const parentValues = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([key, value]) => [`$parent.${key}`, value]));

export function LinesGrid({ id, field, label, lines, issues, place, values, readOnly, describedBy, least, most, work }: Props) {
  const { t } = useTranslation();
  const grid = useId();
  const [wanted, setSelected] = useState<Selected>(at(0, 0));
  const [editing, setEditing] = useState<Editing | null>(null);
  const [room, setRoom] = useState(0);
  const { columns, resize } = useColumns(field, place, room);
  const sums = hasTotals(columns) && lines.length > 0;
  const edges = HEAD_HEIGHT + (sums ? HEAD_HEIGHT : 0);
  const activeRow = Math.min(wanted.active.row, lines.length - 1);
  const { scroller, rows, width, page, focus } = useRows(lines.length, activeRow, edges);
  useLayoutEffect(() => setRoom(width), [width]);
  const frozen = width >= ROOM_TO_FREEZE && columns.length > 1 ? 1 : 0;
  const size = { rows: lines.length, columns: columns.length, page };
  const selected = heldIn(wanted, size);
  const range = rangeOf(selected, size);
  const messages = useMessages(columns, issues);
  const problems = useMemo(() => problemsOf(lines, messages), [lines, messages]);

  /** Where to scroll once what was selected is drawn. */
  const target = useRef<Cell | null>(null);
  const select = useCallback((next: Selected) => {
    target.current = next.active;
    setSelected(next);
  }, []);
  useLayoutEffect(() => {
    if (target.current) reveal(scroller.current, columns, frozen, edges, target.current);
    target.current = null;
  });

  const operations = useOperations({
    field, lines, columns, most, work,
    range: () => range,
    onSelect: (top, bottom, column) => {
      const active = column ?? selected.active.column;
      setSelected({ anchor: { row: top, column: column ?? selected.anchor.column }, active: { row: bottom, column: active } });
      target.current = { row: bottom, column: active };
    },
  });
  const isOpen = ({ row, column }: Cell): boolean => {
    const [line, info] = [lines[row], columns[column]];
    return !readOnly && line !== undefined && info !== undefined && closedBecause(line, info) === null;
  };

  const edit = (cell: Cell, how: "keep" | "replace"): void => {
    const [shown, column] = [lines[cell.row], columns[cell.column]];
    if (!shown || !column || !isOpen(cell)) return;
    if (column.field.type === "boolean") {
      if (how === "keep") work.write(setCells(work.now(), [{ row: cell.row, field: column.key, value: shown.values[column.key] !== true }]));
      return;
    }
    const value = how === "replace" ? null : (shown.values[column.key] ?? null);
    // At once: the character that was typed must find the input.
    flushSync(() => setEditing({ ...cell, line: shown.line.key, field: column.key, value, before: work.now() }));
  };

  const finish = (leave: Leave): void => {
    if (!editing) return;
    const { before } = editing;
    if (leave !== "stay" || document.activeElement?.closest(".line-editor")) focus();
    setEditing(null);
    const now = work.now();
    if (now !== before) work.write(now, before);
    const from = { row: lines.findIndex(({ line }) => line.key === editing.line), column: editing.column };
    if (leave === "down" || leave === "up") return select(at(Math.max(0, Math.min(lines.length - 1, from.row + (leave === "down" ? 1 : -1))), from.column));
    if (leave === "stay") return;
    const next = stepTo(from, leave === "next" ? 1 : -1, size, isOpen);
    if (next) select(at(next.row, next.column));
    else if (leave === "next") operations.insert(lines.length);
  };

  const latest = useRef({ finish, editing, lines, values, operations });
  useLayoutEffect(() => {
    latest.current = { finish, editing, lines, values, operations };
  });
  const actions = useMemo<RowActions>(
    () => ({
      onType: (value: Json) => {
        const now = latest.current.editing;
        const row = work.now().findIndex((line) => line.key === now?.line);
        if (now && row >= 0) work.type(setCells(work.now(), [{ row, field: now.field, value }]));
      },
      onLeave: (leave) => latest.current.finish(leave),
      onCancel: () => {
        const now = latest.current.editing;
        if (now) work.type(now.before);
        setEditing(null);
        focus();
      },
      onDrop: (from, to) => latest.current.operations.drop(from, to),
      valuesFor: (row) => ({ ...parentValues(latest.current.values), ...latest.current.lines[row]?.values }),
    }),
    [work, focus],
  );

  const clipboard = useClipboard({
    grid: scroller,
    lines, columns, place, most, work, readOnly,
    range: () => (lines.length === 0 ? { top: 0, bottom: 0, left: 0, right: 0 } : range),
    onClear: operations.clear,
    onSelect: ({ top, bottom, left, right }) => select({ active: { row: top, column: left }, anchor: { row: bottom, column: right } }),
  });
  const last = lines.at(-1)?.line;
  const onKeyDown = useLinesKeys({
    selected, size, readOnly, isOpen, operations,
    mayAdd: !readOnly && lines.length < most && !(last && isUntouched(last)),
    onSelect: select,
    onEdit: edit,
    onResize: (index, step) => {
      const column = columns[index];
      if (column) resize(column.key, column.width + step, true);
    },
  });
  const pointer = usePointer({ selected, onSelect: select, onEdit: (cell) => edit(cell, "keep"), focus });
  const goTo = (row: number, key: string): void => {
    select(at(row, key === "" ? NUMBER_COLUMN : Math.max(0, columns.findIndex((column) => column.key === key))));
    focus();
  };
  useFirstProblem(issues, problems, goTo);
  const activeLine = lines[selected.active.row];
  const height = Math.max(1, lines.length) * ROW_HEIGHT;
  return (
    <div className="lines">
      <div
        ref={scroller}
        id={id}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-describedby={[describedBy, readOnly ? "" : `${grid}-help`].filter(Boolean).join(" ") || undefined}
        aria-rowcount={lines.length + 1 + (sums ? 1 : 0)}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-readonly={readOnly}
        aria-activedescendant={editing || !activeLine ? undefined : cellId(grid, activeLine.line.key, selected.active.column)}
        className="lines-grid"
        onKeyDown={onKeyDown}
        {...pointer}
      >
        <div className="lines-sheet">
          <LinesHead columns={columns} frozen={frozen} onResize={resize} onAll={() => select({ anchor: { row: 0, column: NUMBER_COLUMN }, active: { row: lines.length - 1, column: 0 } })} />
          <div role="rowgroup" className="lines-body" style={{ height }}>
            {rows.map((row) => {
              const shown = lines[row];
              return shown ? (
                <LineRow
                  key={shown.line.key}
                  {...{ grid, shown, row, columns, frozen, place, actions }}
                  {...selectedPart(range, row)}
                  isLast={row > 0 && row === lines.length - 1}
                  active={selected.active.row === row ? selected.active.column : null}
                  editing={editing?.line === shown.line.key ? editing : null}
                  messages={messages(shown)}
                  movable={!readOnly}
                />
              ) : null;
            })}
            {lines.length === 0 ? <p className="lines-none muted">{t(readOnly ? "lines.none" : "lines.empty")}</p> : null}
          </div>
          {sums ? <LinesTotals lines={lines} columns={columns} frozen={frozen} place={place} /> : null}
        </div>
      </div>
      {readOnly ? null : <p id={`${grid}-help`} className="sr-only">{t("lines.help")}</p>}
      <ProblemList problems={problems} columns={columns} onGo={goTo} />
      {clipboard.note ? <p className="lines-note" role="status">{clipboard.note} <button type="button" onClick={clipboard.dismiss}>{t("ui.close")}</button></p> : null}
      <LinesFoot {...{ readOnly, least, most, work, operations, range }} count={lines.length} onAdded={focus} />
    </div>
  );
}

interface Pointing {
  readonly selected: Selected;
  readonly onSelect: (selected: Selected) => void;
  readonly onEdit: (cell: Cell) => void;
  readonly focus: () => void;
}

/** The mouse: a press selects, dragging and Shift select more, a second click on a cell edits it. */
function usePointer({ selected, onSelect, onEdit, focus }: Pointing) {
  const again = useRef<Cell | null>(null);
  const isActive = (cell: Cell): boolean => cell.row === selected.active.row && cell.column === selected.active.column;
  return {
    onMouseDown: (event: MouseEvent) => {
      const cell = cellOf(event);
      if (!cell || event.button !== 0) return;
      const focused = document.activeElement === event.currentTarget;
      again.current = focused && !event.shiftKey && isActive(cell) ? cell : null;
      onSelect(event.shiftKey ? { anchor: selected.anchor, active: cell } : { anchor: cell, active: cell });
      // A press on a line's number may become a drag, which preventing the default would stop.
      if (cell.column !== NUMBER_COLUMN) event.preventDefault();
      focus();
    },
    onMouseOver: (event: MouseEvent) => {
      const cell = event.buttons === 1 ? cellOf(event) : null;
      if (!cell || selected.anchor.column === NUMBER_COLUMN || cell.column === NUMBER_COLUMN || isActive(cell)) return;
      again.current = null;
      onSelect({ anchor: selected.anchor, active: cell });
    },
    onClick: (event: MouseEvent) => {
      const cell = cellOf(event);
      if (cell && again.current?.row === cell.row && again.current.column === cell.column) onEdit(cell);
    },
    onDoubleClick: (event: MouseEvent) => {
      const cell = cellOf(event);
      if (cell) onEdit(cell);
    },
  };
}

/** When the server has refused lines, the first of them is shown. */
function useFirstProblem(issues: LineIssues, problems: readonly { readonly row: number; readonly field: string }[], goTo: (row: number, field: string) => void): void {
  const told = useRef(issues);
  useEffect(() => {
    if (told.current === issues) return;
    told.current = issues;
    const first = problems[0];
    if (issues.size > 0 && first && document.activeElement?.closest(".lines-grid") === null) goTo(first.row, first.field);
  });
}

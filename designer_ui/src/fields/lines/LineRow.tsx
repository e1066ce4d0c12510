/** One line of the grid. Drawn again only when something of it changes. */
import { IconGripVertical } from "@tabler/icons-react";
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Values } from "@/api";
import type { Place } from "@/catalogue/registry";
import { NUMBER_COLUMN, type Range } from "@/model/cells";
import type { ShownLine } from "@/model/lines";
import { closedBecause, isRequired, NUMBER_WIDTH, type LineColumn } from "./columns";
import { LineEditor } from "./LineEditor";
import { LineValue } from "./LineCell";
import type { Messages } from "./problems";
import { makeRowMovable } from "./rowMoving";
import { cellId, type Editing, type Leave } from "./types";
import { ROW_HEIGHT } from "./useRows";

/** What a line can make the grid do; the same functions at every drawing. */
export interface RowActions {
  readonly onType: (value: Editing["value"]) => void;
  readonly onLeave: (leave: Leave) => void;
  readonly onCancel: () => void;
  readonly onDrop: (from: number, to: number) => void;
  /** What the input of a cell may look at besides its own value. */
  readonly valuesFor: (row: number) => Values;
}

interface Props {
  readonly grid: string;
  readonly shown: ShownLine;
  readonly row: number;
  /** Below it stands no other line: its messages stand above. */
  readonly isLast: boolean;
  readonly columns: readonly LineColumn[];
  /** How many columns stay in place beside the numbers. */
  readonly frozen: number;
  readonly place: Place;
  /** The active column when the active cell is in this line. */
  readonly active: number | null;
  /** The selected part of this line. */
  readonly left: number | null;
  readonly right: number | null;
  readonly editing: Editing | null;
  readonly messages: Messages;
  readonly movable: boolean;
  readonly actions: RowActions;
}

export const selectedPart = (range: Range | null, row: number): { left: number | null; right: number | null } =>
  range && row >= range.top && row <= range.bottom ? { left: range.left, right: range.right } : { left: null, right: null };

export const LineRow = memo(function LineRow(props: Props) {
  const { grid, shown, row, columns, frozen, active, left, right, messages, movable, actions } = props;
  const { t } = useTranslation();
  const element = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const [edge, setEdge] = useState<"top" | "bottom" | null>(null);
  useEffect(() => {
    if (!element.current || !handle.current || !movable) return undefined;
    return makeRowMovable({ element: element.current, handle: handle.current, grid, row, onEdge: setEdge, onDrop: actions.onDrop });
  }, [grid, row, movable, actions]);
  // The grid is one stop for Tab: links and buttons inside values are not.
  useLayoutEffect(() => {
    for (const inner of element.current?.querySelectorAll<HTMLElement>(".line-value :is(a, button)") ?? []) inner.tabIndex = -1;
  });
  const own = messages.get("");
  const whole = left === 0 && right === columns.length - 1;
  const classes = ["line-row", own ? "refused" : "", edge ? `drop-${edge}` : ""];
  return (
    <div ref={element} role="row" aria-rowindex={row + 2} className={classes.filter(Boolean).join(" ")} style={{ height: ROW_HEIGHT, transform: `translateY(${row * ROW_HEIGHT}px)` }}>
      <div
        ref={handle}
        role="rowheader"
        id={cellId(grid, shown.line.key, NUMBER_COLUMN)}
        aria-colindex={1}
        aria-invalid={own ? true : undefined}
        aria-label={own ? `${t("lines.line", { number: row + 1 })}: ${own}` : t("lines.line", { number: row + 1 })}
        title={own}
        data-row={row}
        data-column={NUMBER_COLUMN}
        className={["line-number", active === NUMBER_COLUMN ? "active" : "", whole ? "chosen" : "", movable ? "movable" : ""].join(" ")}
        style={{ width: NUMBER_WIDTH }}
      >
        <span className="num">{row + 1}</span>
        {movable ? <IconGripVertical size={14} aria-hidden /> : null}
      </div>
      {columns.map((column, index) => (
        <Cell
          key={column.key}
          {...props}
          column={column}
          index={index}
          isActive={active === index}
          isChosen={left !== null && right !== null && index >= left && index <= right}
          offset={index < frozen ? columns.slice(0, index).reduce((sum, one) => sum + one.width, NUMBER_WIDTH) : null}
        />
      ))}
    </div>
  );
});

interface CellProps extends Props {
  readonly column: LineColumn;
  readonly index: number;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  /** Distance from the left edge of a column that stays in place. */
  readonly offset: number | null;
}

function Cell({ grid, shown, row, isLast, column, index, isActive, isChosen, offset, place, editing, messages, actions }: CellProps) {
  const { key } = column;
  const id = cellId(grid, shown.line.key, index);
  const edited = editing?.field === key ? editing : null;
  const closed = closedBecause(shown, column);
  const message = messages.get(key);
  const required = isRequired(shown, column);
  const there = { ...place, field: `${place.field}.${key}` };
  const classes = [
    "line-cell", column.end ? "end" : "", offset === null ? "" : "frozen", isActive ? "active" : "", isChosen ? "chosen" : "",
    closed ?? "", message === undefined ? "" : "refused", edited ? "editing" : "",
  ];
  return (
    <div
      role="gridcell"
      id={id}
      aria-colindex={index + 2}
      aria-readonly={closed !== null}
      aria-selected={isChosen}
      aria-required={required || undefined}
      aria-invalid={message === undefined ? undefined : true}
      aria-describedby={message === undefined ? undefined : `${id}-message`}
      title={message}
      data-row={row}
      data-column={index}
      className={classes.filter(Boolean).join(" ")}
      style={{ width: column.width, left: offset ?? undefined }}
    >
      {edited ? (
        <LineEditor
          id={`${id}-input`}
          column={column}
          place={there}
          value={edited.value}
          values={actions.valuesFor(row)}
          invalid={message !== undefined}
          describedBy={message === undefined ? undefined : `${id}-message`}
          onChange={actions.onType}
          onLeave={actions.onLeave}
          onCancel={actions.onCancel}
        />
      ) : (
        <span className="line-value">{closed === "hidden" ? null : <LineValue column={column} value={shown.values[key]} place={there} />}</span>
      )}
      {message === undefined ? null : <span id={`${id}-message`} className={isActive ? `line-message ${isLast ? "above" : ""}` : "sr-only"}>{message}</span>}
    </div>
  );
}

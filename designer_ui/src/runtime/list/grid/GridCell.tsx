/** One value of one record. */
import type { Json, RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { isBlank, shownType } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { toneClass } from "@/ui/Tag";
import { IconPencil } from "@tabler/icons-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { cellKey } from "../saving";
import { CellEditor } from "./CellEditor";
import { useGrid } from "./context";
import { CellProblem } from "./onDemand";
import { cellId, type Column } from "./types";

interface Props {
  readonly record: RecordJson;
  readonly column: Column;
  readonly row: number;
  readonly index: number;
  readonly active: boolean;
  readonly inRange: boolean;
  /** Whether the selected cells end here: their handle fills others. */
  readonly corner: boolean;
  readonly color: string | null;
  /** The value to start with when the cell is being edited, undefined when it is not. */
  readonly editing: Json | undefined;
  /** Shows the mouse's way into editing: a value may be a link, which a click follows. */
  readonly pencil: boolean;
}

export function GridCell({ record, column, row, index, active, inRange, corner, color, editing, pencil }: Props) {
  const { t } = useTranslation();
  const grid = useGrid();
  const { describe, saving } = grid;
  const key = cellKey(record.id, column.key);
  const state = saving.states.get(key);
  const place = { app: describe.app, form: describe.key, field: column.key, record: record.id };
  const classes = [
    "grid-cell",
    column.left === null ? "" : "frozen",
    column.end ? "end" : "",
    active ? "active" : "",
    inRange ? "picked" : "",
    color && editing === undefined ? `${toneClass(color)} tinted` : "",
    state ? state.kind : "",
    editing === undefined ? "" : "editing",
  ];
  return (
    <div
      role="gridcell"
      id={cellId(grid.id, { row, column: index + 1 })}
      aria-colindex={index + 2}
      aria-selected={inRange || undefined}
      aria-readonly={!column.editable}
      aria-invalid={state?.kind === "refused" || state?.kind === "conflict" ? true : undefined}
      data-row={row}
      data-column={index + 1}
      className={classes.filter(Boolean).join(" ")}
      style={{ width: column.width, left: column.left ?? undefined }}
    >
      {editing !== undefined ? (
        <CellEditor
          field={column.field}
          place={place}
          label={column.label}
          value={editing}
          onSave={(value, leave) => grid.finishEditing(record, column, value, leave)}
          onCancel={grid.cancelEditing}
        />
      ) : (
        <span className="grid-value">
          {index === 0 ? <TitleLink record={record} column={column} /> : <FieldCell value={record[column.key]} field={column.field} place={place} />}
        </span>
      )}
      {pencil && editing === undefined && !state ? (
        <button
          type="button"
          tabIndex={-1}
          className="grid-pencil"
          aria-label={t("list.cell.edit", { field: column.label })}
          onClick={() => grid.startEditing({ row, column: index + 1 })}
        >
          <IconPencil size={14} aria-hidden />
        </button>
      ) : null}
      {corner && column.editable && editing === undefined ? <i className="grid-fill" /> : null}
      {state && state.kind !== "saving" ? (
        <Suspense fallback={null}>
          <CellProblem
            state={state}
            column={column}
            place={place}
            onDiscard={() => saving.discard(key)}
            onEdit={(value) => {
              saving.discard(key);
              grid.startEditing({ row, column: index + 1 }, value);
            }}
            onRetry={(value) => saving.save(record, column.key, value)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** The first column leads to the record, whatever its type; an empty value still needs something to click. */
function TitleLink({ record, column }: { record: RecordJson; column: Column }) {
  const { t } = useTranslation();
  const { describe } = useGrid();
  const format = useFormat();
  const value = record[column.key];
  const text = value === undefined || isBlank(value) ? "" : shownType(column.field).text(value, column.field, format);
  return (
    <Link className="grid-title" tabIndex={-1} to={`/a/${describe.app}/${describe.key}/${record.id}`} title={record.title ?? undefined}>
      {text || t("list.untitled")}
    </Link>
  );
}

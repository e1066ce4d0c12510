/** The one cell of a grid that is being edited. */
import type { Json, RecordJson } from "@/api";
import { useState } from "react";
import type { CellSaving } from "../saving";
import { columnOn } from "./columnOn";
import type { Leave } from "./CellEditor";
import type { Editing } from "./GridRow";
import { nextEditable } from "./keyboard";
import { prepareCellProblem } from "./onDemand";
import type { Column, GridItem, Position } from "./types";

interface Sheet {
  readonly items: readonly GridItem[];
  readonly columns: readonly Column[];
  readonly saving: CellSaving;
  readonly move: (to: Position) => void;
  /** Puts the keyboard back on the grid itself. */
  readonly focus: () => void;
}

export function useGridEditing({ items, columns, saving, move, focus }: Sheet) {
  const [editing, setEditing] = useState<Editing | null>(null);
  const start = (where: Position, value?: Json): void => {
    const item = items[where.row];
    const column = columns[where.column - 1];
    if (item?.kind !== "record" || !column || !columnOn(column, item.record).editable) return;
    prepareCellProblem();
    move(where);
    setEditing({ ...where, value: value === undefined ? (item.record[column.key] ?? null) : value });
  };
  const finish = (record: RecordJson, column: Column, value: Json, leave: Leave): void => {
    const where = editing;
    setEditing(null);
    if (leave !== "stay" || document.activeElement?.closest(".grid-editor")) focus();
    if (JSON.stringify(record[column.key] ?? null) !== JSON.stringify(value)) saving.save(record, column.key, value);
    if (!where || leave === "stay") return;
    if (leave === "down") return move({ row: Math.min(items.length - 1, where.row + 1), column: where.column });
    const next = nextEditable(columns.map((item) => columnOn(item, record).editable), where.column, leave === "next" ? 1 : -1);
    if (next !== null) start({ row: where.row, column: next });
  };
  const cancel = (): void => {
    setEditing(null);
    focus();
  };
  return { editing, start, finish, cancel };
}

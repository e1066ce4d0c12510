/** What every part of one grid needs to know of it. */
import type { Describe, Json, RecordJson } from "@/api";
import { createContext, useContext, useLayoutEffect, useMemo, useRef } from "react";
import type { RecordColors } from "@/model/view";
import type { CellSaving } from "../saving";
import type { Total } from "../totals";
import type { Leave } from "./CellEditor";
import type { Column, Position } from "./types";

export interface GridActions {
  readonly openRecord: (record: RecordJson) => void;
  readonly toggleRow: (record: RecordJson, range: boolean) => void;
  readonly toggleGroup: (key: string) => void;
  readonly moreOf: (key: string) => void;
  readonly startEditing: (at: Position, value?: Json) => void;
  readonly finishEditing: (record: RecordJson, column: Column, value: Json, leave: Leave) => void;
  readonly cancelEditing: () => void;
}

export interface GridContextValue extends GridActions {
  readonly id: string;
  readonly describe: Describe;
  readonly columns: readonly Column[];
  readonly saving: CellSaving;
  /** What is computed for the columns. */
  readonly totals: readonly Total[];
  readonly colors: (record: RecordJson) => RecordColors;
}

export const GridContext = createContext<GridContextValue | null>(null);

export function useGrid(): GridContextValue {
  const value = useContext(GridContext);
  if (!value) throw new Error("A grid part stands outside a grid.");
  return value;
}

/** The same functions at every drawing, always acting on the latest state: rows need not be drawn again. */
export function useSteadyActions(actions: GridActions): GridActions {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  return useMemo(
    () => ({
      openRecord: (record) => latest.current.openRecord(record),
      toggleRow: (record, range) => latest.current.toggleRow(record, range),
      toggleGroup: (key) => latest.current.toggleGroup(key),
      moreOf: (key) => latest.current.moreOf(key),
      startEditing: (at, value) => latest.current.startEditing(at, value),
      finishEditing: (record, column, value, leave) => latest.current.finishEditing(record, column, value, leave),
      cancelEditing: () => latest.current.cancelEditing(),
    }),
    [],
  );
}

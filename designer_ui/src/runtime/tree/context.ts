/** What every line of one tree needs to know of it. */
import type { Describe, RecordJson } from "@/api";
import type { Parent, RecordRow } from "@/model/tree";
import type { RecordColors } from "@/model/view";
import { createContext, useContext } from "react";
import type { Column } from "../list/grid/types";
import type { Total } from "../list/totals";

export interface TreeActions {
  readonly toggle: (row: RecordRow) => void;
  /** The siblings of a record are opened, it too. */
  readonly openAll: (row: RecordRow) => void;
  readonly more: (parent: Parent) => void;
  readonly retry: () => void;
  readonly open: (record: RecordJson) => void;
  readonly add: (record: RecordJson) => void;
  /** Asks where to move a record to. */
  readonly ask: (record: RecordJson) => void;
  readonly move: (record: RecordJson, to: Parent, title: string | null) => void;
}

export interface TreeContextValue extends TreeActions {
  readonly id: string;
  readonly describe: Describe;
  readonly columns: readonly Column[];
  readonly totals: readonly Total[];
  readonly colors: (record: RecordJson) => RecordColors;
  readonly movable: boolean;
  readonly creatable: boolean;
  readonly phone: boolean;
}

export const TreeContext = createContext<TreeContextValue | null>(null);

export function useTreeContext(): TreeContextValue {
  const value = useContext(TreeContext);
  if (!value) throw new Error("A part of a tree stands outside a tree.");
  return value;
}

export const rowId = (tree: string, row: number): string => `${tree}-row-${row}`;

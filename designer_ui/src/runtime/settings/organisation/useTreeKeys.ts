import type { KeyboardEvent } from "react";
import type { TreeRow } from "../departments";
import type { DepartmentDraft } from "./DepartmentDialog";
import { movesOf, type Place } from "./treeMoves";

interface Keys {
  readonly rows: readonly TreeRow[];
  readonly folded: ReadonlySet<number>;
  readonly setFolded: (folded: ReadonlySet<number>) => void;
  readonly onMove: (id: number, place: Place) => void;
  readonly onChoose: (id: number) => void;
  readonly onEdit: (draft: DepartmentDraft) => void;
  readonly onWalk: (id: number) => void;
}

/** Walking, folding, choosing and moving in the tree by keyboard. */
export function useTreeKeys({ rows, folded, setFolded, onMove, onChoose, onEdit, onWalk }: Keys) {
  const fold = (id: number, shut = !folded.has(id)): void => {
    const next = new Set(folded);
    if (shut) next.add(id);
    else next.delete(id);
    setFolded(next);
  };
  const onKeyDown = (event: KeyboardEvent, row: TreeRow): void => {
    const at = rows.indexOf(row);
    const { department, parent, hasChildren } = row;
    const go = (to: TreeRow | undefined) => {
      if (to) onWalk(to.department.id);
    };
    const moves = event.altKey ? movesOf(row, rows) : null;
    const put = (place: Place | undefined) => {
      if (place) onMove(department.id, place);
    };
    const shut = folded.has(department.id);
    const actions: Readonly<Record<string, () => void>> = moves
      ? { ArrowUp: () => put(moves.up), ArrowDown: () => put(moves.down), ArrowLeft: () => put(moves.out), ArrowRight: () => put(moves.into) }
      : {
          ArrowUp: () => go(rows[at - 1]),
          ArrowDown: () => go(rows[at + 1]),
          Home: () => go(rows[0]),
          End: () => go(rows.at(-1)),
          ArrowLeft: () => (hasChildren && !shut ? fold(department.id, true) : go(rows.find((one) => one.department.id === parent?.id))),
          ArrowRight: () => (hasChildren && shut ? fold(department.id, false) : hasChildren ? go(rows[at + 1]) : undefined),
          Enter: () => onChoose(department.id),
          " ": () => onChoose(department.id),
          F2: () => onEdit({ department, parent_id: department.parent_id }),
        };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return { fold, onKeyDown };
}

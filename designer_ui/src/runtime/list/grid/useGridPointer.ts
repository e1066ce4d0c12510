/** The mouse on a grid: a press makes a cell active, pointing shows its pencil, a double click edits it. */
import { useState, type MouseEvent } from "react";
import { HEADER_ROW, type Position } from "./types";

function cellAt(event: MouseEvent): Position | null {
  const cell = (event.target as Element).closest<HTMLElement>("[data-row]");
  return cell ? { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) } : null;
}

const inEditor = (event: MouseEvent): boolean => (event.target as Element).closest(".grid-editor") !== null;

export function useGridPointer(onPress: (at: Position) => void, onEdit: (at: Position) => void) {
  const [pointed, setPointed] = useState<Position | null>(null);
  const handlers = {
    onMouseDown: (event: MouseEvent) => {
      const where = cellAt(event);
      if (where && !inEditor(event)) onPress(where);
    },
    onMouseOver: (event: MouseEvent) => {
      const where = cellAt(event);
      if (where?.row !== pointed?.row || where?.column !== pointed?.column) setPointed(where);
    },
    onMouseLeave: () => setPointed(null),
    onDoubleClick: (event: MouseEvent) => {
      const where = cellAt(event);
      if (where && where.row !== HEADER_ROW && !inEditor(event)) onEdit(where);
    },
  };
  return { pointed, handlers };
}

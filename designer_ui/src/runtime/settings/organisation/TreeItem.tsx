import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { TreeRow } from "../departments";
import { makeDepartmentMovable, type Where } from "./dragging";
import type { Place } from "./treeMoves";

interface Props {
  readonly row: TreeRow;
  readonly folded: ReadonlySet<number>;
  readonly chosen: boolean;
  readonly tabbable: boolean;
  readonly own: ReadonlySet<number>;
  readonly onMove: (id: number, place: Place) => void;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
  readonly onFold: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One department of the tree, to be chosen, dragged and dropped on. */
export function TreeItem({ row, folded, chosen, tabbable, own, onMove, onChoose, onFocus, onFold, onKeyDown }: Props) {
  const { department, level, hasChildren } = row;
  const { id, parent_id } = department;
  const element = useRef<HTMLLIElement>(null);
  const [drop, setDrop] = useState<Where | null>(null);
  const latest = useRef(onMove);
  useEffect(() => {
    latest.current = onMove;
  });
  useEffect(() => {
    if (!element.current) return undefined;
    const put = (dragged: number, where: Where) =>
      latest.current(dragged, where === "into" ? { parent_id: id, before_id: null } : { parent_id, before_id: id });
    return makeDepartmentMovable({ element: element.current, id, own, onOver: setDrop, onDrop: put });
  }, [id, parent_id, own]);
  return (
    <li ref={element} role="none" className={`org-row ${drop ? `drop-${drop}` : ""}`} style={{ paddingInlineStart: (level - 1) * 16 }}>
      <div
        role="treeitem"
        className="org-item"
        data-id={department.id}
        aria-level={level}
        aria-setsize={row.size}
        aria-posinset={row.place + 1}
        aria-selected={chosen}
        aria-expanded={hasChildren ? !folded.has(department.id) : undefined}
        tabIndex={tabbable ? 0 : -1}
        onClick={onChoose}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      >
        <span className="fold" aria-hidden onClick={(event) => { event.stopPropagation(); onFold(); }}>
          {hasChildren ? <IconChevronRight size={14} /> : null}
        </span>
        <span className="ellipsis">{department.name}</span>
        <span className="muted num">{department.people || ""}</span>
      </div>
    </li>
  );
}

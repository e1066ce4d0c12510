import { IconChevronRight, IconDotsVertical } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import type { TreeRow } from "../departments";
import type { DepartmentDraft } from "./DepartmentDialog";
import { makeDepartmentMovable, type Where } from "./dragging";
import type { Place, Way } from "./treeMoves";
import { useCloseAsk } from "./useCloseAsk";

interface Props {
  readonly row: TreeRow;
  readonly folded: ReadonlySet<number>;
  readonly chosen: boolean;
  readonly tabbable: boolean;
  readonly own: ReadonlySet<number>;
  readonly moves: Partial<Record<Way, Place>>;
  readonly onMove: (id: number, place: Place) => void;
  readonly onEdit: (draft: DepartmentDraft) => void;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
  readonly onFold: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One department of the tree, to be chosen, dragged and dropped on, with a menu of what can be done to it. */
export function TreeItem({ row, folded, chosen, tabbable, own, moves, onMove, onEdit, onChoose, onFocus, onFold, onKeyDown }: Props) {
  const { t } = useTranslation();
  const { department, level, hasChildren } = row;
  const { id, parent_id } = department;
  const close = useCloseAsk();
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
  const way = (key: Way): MenuEntry => {
    const place = moves[key];
    return { key, label: t(`settings.organisation.move.${key}`), disabled: !place, onSelect: () => (place ? onMove(id, place) : undefined) };
  };
  const entries: readonly (readonly MenuEntry[])[] = [
    [
      { key: "add", label: t("settings.organisation.addBelow"), onSelect: () => onEdit({ parent_id: department.id }) },
      { key: "edit", label: t("settings.organisation.edit"), onSelect: () => onEdit({ department, parent_id: department.parent_id }) },
    ],
    [way("up"), way("down"), way("into"), way("out")],
    [{ key: "close", label: t("settings.organisation.close"), danger: true, onSelect: () => close(department) }],
  ];
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
      <MenuButton label={t("settings.organisation.menuOf", { name: department.name })} groups={entries}><IconDotsVertical size={16} aria-hidden /></MenuButton>
    </li>
  );
}

import { IconDotsVertical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import { treeRows } from "../departments";
import type { Department } from "../types";
import type { DepartmentDraft } from "./DepartmentDialog";
import { movesOf, type Way } from "./treeMoves";
import { useCloseAsk } from "./useCloseAsk";
import { useMove } from "./useMove";

interface Props {
  readonly department: Department;
  readonly departments: readonly Department[];
  readonly onEdit: (draft: DepartmentDraft) => void;
}

/** What else can be done to a department; the moves stand here too, for whoever drags nothing. */
export function DepartmentMenu({ department, departments, onEdit }: Props) {
  const { t } = useTranslation();
  const open = departments.filter((one) => one.active);
  const move = useMove(open);
  const close = useCloseAsk();
  const rows = treeRows(open, new Set());
  const row = rows.find((one) => one.department.id === department.id);
  const whole = useSession().data?.user?.is_admin === true;
  const stays = !whole && row?.level === 1;
  const moves = row && !stays ? movesOf(row, rows) : {};
  const way = (key: Way): MenuEntry => {
    const place = !whole && key === "out" && row?.level === 2 ? undefined : moves[key];
    return { key, label: t(`settings.organisation.move.${key}`), disabled: !place, onSelect: () => (place ? move(department.id, place) : undefined) };
  };
  const entries: readonly (readonly MenuEntry[])[] = [
    [{ key: "add", label: t("settings.organisation.addBelow"), onSelect: () => onEdit({ parent_id: department.id }) }],
    [way("up"), way("down"), way("into"), way("out")],
    [{ key: "close", label: t("settings.organisation.close"), danger: true, disabled: stays, onSelect: () => close(department) }],
  ];
  return <MenuButton label={t("settings.organisation.menuOf", { name: department.name })} groups={entries}><IconDotsVertical size={18} aria-hidden /></MenuButton>;
}

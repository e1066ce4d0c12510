/** What can be done with a record of a tree. */
import type { RecordRow } from "@/model/tree";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import { IconArrowBarToUp, IconArrowMoveRight, IconArrowUpLeft, IconDotsVertical, IconExternalLink, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useTreeContext } from "./context";

interface Props {
  readonly row: RecordRow;
  readonly title: string;
  /** The record above the one above; undefined at the top. */
  readonly onUp: (() => void) | null;
}

const SIZE = 16;

export function RowMenu({ row, title, onUp }: Props) {
  const { t } = useTranslation();
  const { open, add, ask, move, movable, creatable } = useTreeContext();
  const { record } = row;
  const below = row.node.parent !== null;
  const entries: readonly MenuEntry[] = [
    { key: "open", label: t("tree.open"), icon: <IconExternalLink size={SIZE} />, onSelect: () => open(record) },
    ...(creatable ? [{ key: "add", label: t("tree.add"), icon: <IconPlus size={SIZE} />, onSelect: () => add(record) }] : []),
  ];
  const moves: readonly MenuEntry[] = [
    { key: "move", label: t("tree.moveTo"), icon: <IconArrowMoveRight size={SIZE} />, onSelect: () => ask(record) },
    ...(onUp ? [{ key: "up", label: t("tree.moveUp"), icon: <IconArrowUpLeft size={SIZE} />, onSelect: onUp }] : []),
    ...(below ? [{ key: "top", label: t("tree.moveTop"), icon: <IconArrowBarToUp size={SIZE} />, onSelect: () => move(record, null, null) }] : []),
  ];
  return (
    <MenuButton label={t("tree.actionsOf", { title })} tabIndex={-1} align="start" groups={movable ? [entries, moves] : [entries]}>
      <IconDotsVertical size={16} aria-hidden />
    </MenuButton>
  );
}

/** What can be done with the lines by mouse and finger, and how many there are and may be. */
import { IconArrowBackUp, IconArrowDown, IconArrowForwardUp, IconArrowUp, IconCopy, IconDots, IconPlus, IconRowInsertBottom, IconRowInsertTop, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Range } from "@/model/cells";
import { IconButton } from "@/ui/IconButton";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import { useFormat } from "@/ui/format";
import type { LinesWork } from "./useLines";
import type { Operations } from "./useOperations";

interface Props {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  readonly readOnly: boolean;
  readonly range: Range;
  readonly work: LinesWork;
  readonly operations: Operations;
  readonly onAdded: () => void;
}

/** How many lines there are; and the limits where they matter. */
export function LinesCount({ count, least, most }: Pick<Props, "count" | "least" | "most">) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = [t("lines.count", { count, shown: format.number(count) })];
  if (count < least) words.push(t("lines.least", { count: least }));
  if (count >= most) words.push(t("lines.most", { count: most, shown: format.number(most) }));
  return <p className={count < least || count > most ? "lines-count form-issue" : "lines-count muted"}>{words.join(" · ")}</p>;
}

const SIZE = 16;

export function LinesFoot({ count, least, most, readOnly, range, work, operations, onAdded }: Props) {
  const { t } = useTranslation();
  if (readOnly) return <div className="lines-foot"><LinesCount {...{ count, least, most }} /></div>;
  const some = count > 0;
  const full = count >= most;
  const entry = (key: string, icon: MenuEntry["icon"], disabled: boolean, onSelect: () => void): MenuEntry => ({ key, label: t(`lines.action.${key}`), icon, disabled, onSelect: () => void (onSelect(), onAdded()) });
  const groups = [
    [
      entry("above", <IconRowInsertTop size={SIZE} />, !some || full, () => operations.insert(range.top)),
      entry("below", <IconRowInsertBottom size={SIZE} />, !some || full, () => operations.insert(range.bottom + 1)),
    ],
    [
      entry("up", <IconArrowUp size={SIZE} />, range.top === 0, () => operations.move(-1)),
      entry("down", <IconArrowDown size={SIZE} />, range.bottom >= count - 1, () => operations.move(1)),
      entry("fill", <IconArrowDown size={SIZE} />, range.top >= range.bottom, operations.fillDown),
    ],
  ];
  return (
    <div className="lines-foot" role="toolbar" aria-label={t("lines.toolbar")}>
      <Button
        icon={<IconPlus size={SIZE} aria-hidden />}
        disabled={full}
        onClick={() => {
          operations.insert(count);
          onAdded();
        }}
      >
        {t("lines.add")}
      </Button>
      <IconButton label={t("lines.action.duplicate")} disabled={!some || full} onClick={() => void (operations.duplicate(), onAdded())}><IconCopy size={SIZE} aria-hidden /></IconButton>
      <IconButton label={t("lines.action.remove")} disabled={!some} onClick={() => void (operations.remove(), onAdded())}><IconTrash size={SIZE} aria-hidden /></IconButton>
      <IconButton label={t("lines.action.undo")} disabled={!work.canUndo} onClick={() => void (operations.undo(), onAdded())}><IconArrowBackUp size={SIZE} aria-hidden /></IconButton>
      <IconButton label={t("lines.action.redo")} disabled={!work.canRedo} onClick={() => void (operations.redo(), onAdded())}><IconArrowForwardUp size={SIZE} aria-hidden /></IconButton>
      <MenuButton label={t("lines.more")} groups={groups} align="start"><IconDots size={SIZE} aria-hidden /></MenuButton>
      <LinesCount {...{ count, least, most }} />
    </div>
  );
}

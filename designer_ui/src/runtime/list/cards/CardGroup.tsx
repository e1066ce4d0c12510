import type { Describe } from "@/api";
import { useFormat } from "@/ui/format";
import { IconChevronRight } from "@tabler/icons-react";
import { createElement } from "react";
import { useTranslation } from "react-i18next";
import { GroupName } from "../grid/GroupName";
import type { GroupInfo } from "../grid/types";
import type { Total } from "../totals";
import { CardTotals } from "./CardTotals";

interface Props {
  readonly describe: Describe;
  readonly group: GroupInfo;
  readonly totals: readonly Total[];
  readonly onToggle: (key: string) => void;
}

/** The head of a group of cards: folds it, and says how many there are and what they come to. */
export function CardGroup({ describe, group, totals, onToggle }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={group.level === 1 ? "card-group" : "card-group nested"}>
      {createElement(
        `h${group.level + 1}`,
        null,
        <button type="button" aria-expanded={group.open} onClick={() => onToggle(group.key)}>
          <IconChevronRight size={16} aria-hidden className={group.open ? "open" : ""} />
          <GroupName describe={describe} group={group} />
          <span className="list-badge num" aria-label={t("list.count", { count: group.count, shown: format.number(group.count) })}>
            {format.number(group.count)}
          </span>
        </button>,
      )}
      {totals.length > 0 ? <CardTotals describe={describe} totals={totals} values={group.totals} /> : null}
    </div>
  );
}

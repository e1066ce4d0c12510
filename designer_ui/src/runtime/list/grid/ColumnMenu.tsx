/** What can be done with one column: the way without dragging. */
import {
  clampWidth, formatLevels, formatSort, moveColumn, parseLevels, toggleColumn,
  type GroupLevel, type SortKey, type TotalFunction,
} from "@/model/view";
import { IconChevronDown } from "@tabler/icons-react";
import { OnDemandDropdown } from "@/ui/OnDemandDropdown";
import type { MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { periodicInList } from "../fields";
import { shownTotals, totalsFor } from "../totals";
import type { ListHandle } from "../useListState";
import type { Column } from "./types";

const STEP = 40;

interface Props {
  readonly list: ListHandle;
  readonly columns: readonly Column[];
  readonly column: Column;
  readonly index: number;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ColumnMenu({ list, columns, column, index, open, onOpenChange }: Props) {
  const { t } = useTranslation();
  const { state, change } = list;
  const order = columns.map((item) => item.key);
  const sortBy = (descending: boolean): void => {
    const sort: readonly SortKey[] = [{ field: column.key, descending }];
    if (formatSort(sort) !== formatSort(state.sort)) change({ sort });
  };
  const resize = (width: number): void => change({ widths: { ...state.widths, [column.key]: clampWidth(width) } });
  const levels = parseLevels(state.groupBy);
  const grouped = levels.some((level) => level.field === column.key);
  const group = (): void => {
    const level: GroupLevel = { field: column.key, by: periodicInList(column.field) ? "month" : null };
    change({ groupBy: formatLevels(grouped ? levels.filter(({ field }) => field !== column.key) : [level]) });
  };
  const total = shownTotals(list.describe, state, list.view.measure).find(({ field }) => field === column.key)?.fn;
  const setTotal = (fn: TotalFunction | null): void => {
    const now = shownTotals(list.describe, state, list.view.measure).filter((item) => item.field !== column.key);
    const others = Object.fromEntries(now.map((item) => [item.field, item.fn]));
    change({ totals: fn === null ? others : { ...others, [column.key]: fn } });
  };
  const items: MenuProps["items"] = [
    ...(column.sortable
      ? [
          { key: "ascending", label: t("list.column.ascending"), onClick: () => sortBy(false) },
          { key: "descending", label: t("list.column.descending"), onClick: () => sortBy(true) },
        ]
      : []),
    ...(column.groupable
      ? [{ key: "group", label: grouped ? t("list.group.none") : t("list.column.group"), onClick: group }]
      : []),
    {
      key: "total",
      label: t("list.total.title"),
      children: [
        { key: "total-none", label: t("list.total.none"), onClick: () => setTotal(null) },
        ...totalsFor(column.field).map((fn) => ({ key: `total-${fn}`, label: t(`list.total.${fn}`), onClick: () => setTotal(fn) })),
      ],
    },
    { type: "divider" as const },
    { key: "left", label: t("list.column.left"), disabled: index === 0, onClick: () => change({ columns: moveColumn(order, column.key, index - 1) }) },
    { key: "right", label: t("list.column.right"), disabled: index === order.length - 1, onClick: () => change({ columns: moveColumn(order, column.key, index + 1) }) },
    { key: "wider", label: t("list.column.wider"), onClick: () => resize(column.width + STEP) },
    { key: "narrower", label: t("list.column.narrower"), onClick: () => resize(column.width - STEP) },
    state.frozen === index + 1
      ? { key: "unfreeze", label: t("list.column.unfreeze"), onClick: () => change({ frozen: 0 }) }
      : { key: "freeze", label: t("list.column.freeze"), onClick: () => change({ frozen: index + 1 }) },
    { type: "divider" as const },
    { key: "hide", label: t("list.column.hide"), disabled: order.length === 1, onClick: () => change({ columns: toggleColumn(order, column.key) }) },
  ];
  return (
    <OnDemandDropdown menu={{ items, selectedKeys: [`total-${total ?? "none"}`] }} trigger={["click"]} open={open} onOpenChange={onOpenChange} placement="bottomRight">
      <button
        type="button"
        tabIndex={-1}
        className="grid-headmenu"
        aria-haspopup="menu"
        aria-label={t("list.column.menu", { name: column.label })}
        onClick={(event) => event.stopPropagation()}
      >
        <IconChevronDown size={14} aria-hidden />
      </button>
    </OnDemandDropdown>
  );
}

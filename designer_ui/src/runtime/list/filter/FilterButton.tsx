/** Opens the filter of a list; says how many conditions it has. */
import type { Describe } from "@/api";
import { countConditions, familyOf, readFilter } from "@/model/filter";
import { IconFilter } from "@tabler/icons-react";
import { lazy, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, filterFieldsOf, valueType } from "../fields";
import { PanelButton } from "../toolbar/PanelButton";
import type { ListHandle } from "../useListState";
import type { FilterContext } from "./ConditionRow";

const FilterPanel = lazy(() => import("./FilterPanel"));

export function useFilterContext(describe: Describe): FilterContext {
  return useMemo(() => {
    const fields = fieldsOf(describe);
    const searchable = fieldOrder(describe).filter((key) => !fields[key]?.masked);
    const keys = searchable.filter((key) => familyOf(valueType(fields[key])) !== "presence" || key in describe.fields);
    return { app: describe.app, fields, filterFields: filterFieldsOf(fields), keys };
  }, [describe]);
}

export function FilterButton({ list, iconOnly = false }: { list: ListHandle; iconOnly?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const context = useFilterContext(list.describe);
  const reading = readFilter(list.state.filter, context.filterFields);
  const count = reading.kind === "rows" ? countConditions(reading.group) : 1;
  return (
    <PanelButton
      label={t("list.filter.title")}
      icon={<IconFilter size={16} />}
      count={count}
      iconOnly={iconOnly}
      open={open}
      onOpenChange={setOpen}
    >
      <FilterPanel describe={list.describe} value={list.state.filter} context={context} onChange={(filter) => list.change({ filter })} />
    </PanelButton>
  );
}

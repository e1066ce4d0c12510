/** The filter of a list, as rows where it can be and as text where it must or somebody wants it. */
import { countConditions, familyOf, readFilter, writeFilter, type Group } from "@/model/filter";
import { IconFilter } from "@tabler/icons-react";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, filterFieldsOf, valueType } from "../fields";
import { PanelButton } from "../toolbar/PanelButton";
import type { ListHandle } from "../useListState";
import { ConditionGroup } from "./ConditionGroup";
import type { FilterContext } from "./ConditionRow";
import { FilterText } from "./FilterText";

function useFilterContext(list: ListHandle): FilterContext {
  const { describe } = list;
  return useMemo(() => {
    const fields = fieldsOf(describe);
    const keys = fieldOrder(describe).filter((key) => familyOf(valueType(fields[key])) !== "presence" || key in describe.fields);
    return { app: describe.app, fields, filterFields: filterFieldsOf(fields), keys };
  }, [describe]);
}

export function FilterButton({ list, iconOnly = false }: { list: ListHandle; iconOnly?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const context = useFilterContext(list);
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
      <FilterPanel list={list} context={context} />
    </PanelButton>
  );
}

function FilterPanel({ list, context }: { list: ListHandle; context: FilterContext }) {
  const { t } = useTranslation();
  const { describe, state, change } = list;
  const reading = readFilter(state.filter, context.filterFields);
  const [asText, setAsText] = useState(reading.kind !== "rows");
  const [draft, setDraft] = useState<Group | null>(reading.kind === "rows" ? reading.group : null);
  const [written, setWritten] = useState(state.filter);
  if (written !== state.filter) {
    setWritten(state.filter);
    setDraft(reading.kind === "rows" ? reading.group : null);
  }
  const edit = (group: Group): void => {
    const text = writeFilter(group, context.filterFields);
    setDraft(group);
    setWritten(text);
    if (text !== state.filter) change({ filter: text });
  };
  const rows = draft !== null && !asText;
  return (
    <div className="filter-panel">
      <div className="list-panel-head">
        <h2>{t("list.filter.title")}</h2>
        <Button size="small" type="link" disabled={!rows && draft === null} onClick={() => setAsText(rows)}>
          {rows ? t("list.filter.asText") : t("list.filter.asRows")}
        </Button>
        {state.filter ? (
          <Button size="small" type="link" onClick={() => change({ filter: "" })}>
            {t("ui.clear")}
          </Button>
        ) : null}
      </div>
      {rows ? (
        <>
          {draft.items.length === 0 ? <p className="muted">{t("list.filter.none")}</p> : null}
          <ConditionGroup group={draft} context={context} depth={0} onChange={edit} />
        </>
      ) : (
        <>
          {draft === null ? <p className="muted">{t("list.filter.textOnly")}</p> : null}
          <FilterText key={state.filter} app={describe.app} form={describe.key} text={state.filter} onApply={(filter) => change({ filter })} />
        </>
      )}
    </div>
  );
}

/** The filter of a list, as rows where it can be and as text where it must or somebody wants it. */
import { readFilter, writeFilter, type Group } from "@/model/filter";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { ConditionGroup } from "./ConditionGroup";
import type { FilterContext } from "./ConditionRow";
import { FilterText } from "./FilterText";

export default function FilterPanel({ list, context }: { list: ListHandle; context: FilterContext }) {
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

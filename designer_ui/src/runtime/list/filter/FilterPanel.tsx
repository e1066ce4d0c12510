/** A condition on records, for instance the filter of a list: as rows where it can be and as text where it must or somebody wants it. */
import type { Describe } from "@/api";
import { readFilter, writeFilter, type Group } from "@/model/filter";
import { useFollowing } from "@/ui/useFollowing";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConditionGroup } from "./ConditionGroup";
import type { FilterContext } from "./ConditionRow";
import { FilterText } from "./FilterText";

interface Props {
  readonly describe: Describe;
  readonly value: string;
  readonly context: FilterContext;
  readonly onChange: (filter: string) => void;
  readonly title?: string;
}

export default function FilterPanel({ describe, value, context, onChange, title }: Props) {
  const { t } = useTranslation();
  const reading = readFilter(value, context.filterFields);
  const [asText, setAsText] = useState(reading.kind !== "rows");
  const [draft, setDraft] = useState<Group | null>(reading.kind === "rows" ? reading.group : null);
  const give = useFollowing(value, () => setDraft(reading.kind === "rows" ? reading.group : null));
  const edit = (group: Group): void => {
    const text = writeFilter(group, context.filterFields);
    setDraft(group);
    if (give(text)) onChange(text);
  };
  const rows = draft !== null && !asText;
  return (
    <div className="filter-panel">
      <div className="list-panel-head">
        <h2>{title ?? t("list.filter.title")}</h2>
        <Button size="small" type="link" disabled={!rows && draft === null} onClick={() => setAsText(rows)}>
          {rows ? t("list.filter.asText") : t("list.filter.asRows")}
        </Button>
        {value ? (
          <Button size="small" type="link" onClick={() => onChange("")}>
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
          <FilterText key={value} app={describe.app} form={describe.key} text={value} onApply={onChange} />
        </>
      )}
    </div>
  );
}

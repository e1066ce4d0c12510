/** Chooses the fields whose values become groups, level by level; dates by their period. */
import { formatLevels, GROUP_PERIODS, MOST_LEVELS, type GroupLevel, type GroupPeriod } from "@/model/view";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconX } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, groupableInList, periodicInList } from "../fields";
import { FieldSelect } from "../filter/FieldSelect";
import { levelsOf } from "../useGroups";
import type { ListHandle } from "../useListState";

export default function GroupPanel({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  const levels = levelsOf(describe, state.groupBy);
  const [adding, setAdding] = useState(false);
  const set = (next: readonly GroupLevel[]): void => {
    setAdding(false);
    change({ groupBy: formatLevels(next) });
  };
  const levelOf = (field: string): GroupLevel => ({ field, by: periodicInList(fields[field]) ? "month" : null });
  const free = (own?: string): readonly string[] =>
    fieldOrder(describe).filter((key) => groupableInList(fields[key]) && (key === own || !levels.some(({ field }) => field === key)));
  return (
    <div className="sort-panel">
      <div className="list-panel-head">
        <h2>{t("list.group.title")}</h2>
        {levels.length > 0 ? <Button size="small" type="link" onClick={() => set([])}>{t("list.group.none")}</Button> : null}
      </div>
      {levels.length === 0 && !adding ? <p className="muted">{t("list.group.noneYet")}</p> : null}
      {levels.map((level, index) => (
        <div key={level.field} className="sort-row">
          <FieldSelect
            className="sort-field"
            fields={fields}
            keys={free(level.field)}
            value={level.field}
            label={t("list.group.level", { level: index + 1 })}
            onChange={(field) => set(levels.map((item, at) => (at === index ? levelOf(field) : item)))}
          />
          {level.by === null ? null : (
            <Select<GroupPeriod>
              value={level.by}
              aria-label={t("list.group.period")}
              popupMatchSelectWidth={false}
              options={GROUP_PERIODS.map((by) => ({ value: by, label: t(`list.group.by.${by}`) }))}
              onChange={(by) => set(levels.map((item, at) => (at === index ? { ...item, by } : item)))}
            />
          )}
          <IconButton label={t("list.group.remove")} onClick={() => set(levels.filter((_, at) => at !== index))}>
            <IconX size={16} />
          </IconButton>
        </div>
      ))}
      {adding ? (
        <FieldSelect
          className="sort-field group-new"
          fields={fields}
          keys={free()}
          value={undefined}
          label={t("list.group.level", { level: levels.length + 1 })}
          placeholder={t("list.filter.choose")}
          onChange={(field) => set([...levels, levelOf(field)])}
        />
      ) : levels.length < MOST_LEVELS ? (
        <Button size="small" type="text" icon={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          {t("list.group.add")}
        </Button>
      ) : null}
    </div>
  );
}

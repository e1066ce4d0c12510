/** The sort of a list, key by key. */
import type { SortKey } from "@/model/view";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconArrowDown, IconArrowUp, IconChevronUp, IconPlus, IconX } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { FieldSelect } from "../filter/FieldSelect";
import { fieldOrder, fieldsOf, sortableInList } from "../fields";
import type { ListHandle } from "../useListState";

export default function SortPanel({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  const sortable = fieldOrder(describe).filter((key) => sortableInList(fields[key]));
  const unused = sortable.filter((key) => !state.sort.some((item) => item.field === key));
  const set = (sort: readonly SortKey[]): void => change({ sort });
  const replace = (index: number, part: Partial<SortKey>): void =>
    set(state.sort.map((item, at) => (at === index ? { ...item, ...part } : item)));
  const raise = (index: number): void => {
    const [before, item] = [state.sort[index - 1], state.sort[index]];
    if (before && item) set(state.sort.map((old, at) => (at === index - 1 ? item : at === index ? before : old)));
  };
  return (
    <div className="sort-panel">
      <div className="list-panel-head">
        <h2>{t("list.sort.title")}</h2>
      </div>
      {state.sort.length === 0 ? <p className="muted">{t("list.sort.none")}</p> : null}
      {state.sort.map((item, index) => (
        <div className="sort-row" key={item.field} role="group" aria-label={format.label(fields[item.field]?.label)}>
          <FieldSelect
            className="sort-field"
            fields={fields}
            keys={[item.field, ...unused]}
            value={item.field}
            label={t("list.sort.field")}
            onChange={(field) => replace(index, { field })}
          />
          <Button
            icon={item.descending ? <IconArrowDown size={14} /> : <IconArrowUp size={14} />}
            onClick={() => replace(index, { descending: !item.descending })}
          >
            {item.descending ? t("list.sort.descending") : t("list.sort.ascending")}
          </Button>
          <IconButton label={t("list.sort.raise")} disabled={index === 0} onClick={() => raise(index)}>
            <IconChevronUp size={16} />
          </IconButton>
          <IconButton label={t("list.sort.remove")} onClick={() => set(state.sort.filter((_, at) => at !== index))}>
            <IconX size={16} />
          </IconButton>
        </div>
      ))}
      {unused[0] ? (
        <Button
          size="small"
          type="text"
          icon={<IconPlus size={14} />}
          onClick={() => set([...state.sort, { field: unused[0] ?? "", descending: false }])}
        >
          {t("list.sort.add")}
        </Button>
      ) : null}
    </div>
  );
}

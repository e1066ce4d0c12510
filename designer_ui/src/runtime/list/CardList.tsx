/** The list on a phone: one card per record with the first columns of the view. */
import type { RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import type { RecordColors } from "@/model/view";
import { useFormat } from "@/ui/format";
import { toneClass } from "@/ui/Tag";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { fieldsOf, tellingFields, visibleColumns } from "./fields";
import type { ListHandle } from "./useListState";

interface Props {
  readonly list: ListHandle;
  readonly label: string;
  readonly records: readonly RecordJson[];
  readonly colors: (record: RecordJson) => RecordColors;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}

const SHOWN = 5;

export function CardList({ list, label, records, colors, hasMore, loading, onMore }: Props) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore || loading) return undefined;
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onMore();
    }, { rootMargin: "400px" });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [hasMore, loading, onMore]);
  return (
    <div className="card-list">
      <ul aria-label={label}>
        {records.map((record) => (
          <li key={record.id}>
            <RecordCard list={list} record={record} colors={colors(record)} />
          </li>
        ))}
      </ul>
      <div ref={end} className="card-end">
        {hasMore ? <Button loading={loading} onClick={onMore}>{t("ui.loadMore")}</Button> : null}
      </div>
    </div>
  );
}

function RecordCard({ list, record, colors }: { list: ListHandle; record: RecordJson; colors: RecordColors }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, state } = list;
  const fields = fieldsOf(describe);
  const title = record.title ?? "";
  const shown = tellingFields(record, visibleColumns(state.columns, fields)).slice(0, SHOWN);
  return (
    <article className={colors.row ? `record-card tinted ${toneClass(colors.row)}` : "record-card"}>
      <h2>
        <Link to={`/a/${describe.app}/${describe.key}/${record.id}`}>{title || t("list.untitled")}</Link>
      </h2>
      <dl>
        {shown.map((key) => {
          const field = fields[key];
          return field ? (
            <div key={key}>
              <dt>{format.label(field.label)}</dt>
              <dd className={colors.cells[key] ? `${toneClass(colors.cells[key])} tinted` : undefined}><FieldCell value={record[key]} field={field} place={{ app: describe.app, form: describe.key, field: key, record: record.id }} /></dd>
            </div>
          ) : null;
        })}
      </dl>
    </article>
  );
}

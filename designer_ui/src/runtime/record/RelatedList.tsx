import { IconListDetails, IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { useDescribe, useRelated, type Describe, type RecordJson, type RelatedInfo } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { shownType } from "@/catalogue/registry";
import { fieldOf } from "@/model/layout";
import { pointingAt } from "@/model/relation";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";

/** The records at the other end of a relation, with a button that adds one already pointing here. */
export function RelatedList({ describe, record, related }: { describe: Describe; record: RecordJson; related: RelatedInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const target = useDescribe(related.app, related.form);
  const pages = useRelated(describe.app, describe.key, record.id, related.key);
  if (target.isError || pages.isError) return <ErrorView part error={target.error ?? pages.error} onRetry={target.isError ? target.refetch : pages.refetch} />;
  if (target.isPending || pages.isPending) return <div className="card padded"><Skeleton lines={4} /></div>;
  const there = target.data;
  const add = () =>
    void navigate(`/a/${related.app}/${related.form}/new`, {
      state: { prefill: { [related.field]: pointingAt(related, describe.key, record) }, back: pathname + search },
    });
  const button = related.actions.includes("create") ? (
    <Button icon={<IconPlus size={16} aria-hidden />} onClick={add}>{t("record.add", { form: format.label(there.label) })}</Button>
  ) : null;
  const rows = pages.data.pages.flatMap((page) => page.records);
  const count = pages.data.pages[0]?.count;
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState icon={<IconListDetails size={24} />} title={t("record.noneRelated", { list: format.label(related.label) })} actions={button} />
      </div>
    );
  }
  return (
    <div className="card related">
      <header>
        <span className="muted num">{count ? t(count.exact ? "record.count" : "record.countCapped", { count: count.value, shown: format.number(count.value) }) : ""}</span>
        {button}
      </header>
      <RelatedTable describe={there} related={related} rows={rows} />
      {pages.hasNextPage ? (
        <footer><Button type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button></footer>
      ) : null}
    </div>
  );
}

function RelatedTable({ describe, related, rows }: { describe: Describe; related: RelatedInfo; rows: readonly RecordJson[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pathname, search } = useLocation();
  const state = { from: pathname + search, ids: rows.map((row) => row.id) };
  const wanted = related.columns.length ? related.columns : describe.order.slice(0, 5);
  const columns = wanted.flatMap((key) => {
    const field = fieldOf(describe, key);
    return field && key !== related.field ? [{ key, field, end: shownType(field).align === "end" }] : [];
  });
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={format.label(related.label)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("record.title")}</th>
            {columns.map(({ key, field, end }) => <th key={key} scope="col" className={end ? "end" : ""}>{format.label(field.label)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row"><Link to={`/a/${related.app}/${related.form}/${row.id}`} state={state}>{row.title || `#${row.id}`}</Link></th>
              {columns.map(({ key, field, end }) => (
                <td key={key} className={end ? "end" : ""}>
                  <FieldCell value={row[key]} field={field} place={{ app: related.app, form: related.form, field: key, record: row.id }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

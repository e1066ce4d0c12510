import { IconLink, IconListDetails, IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDescribe, useRelated, type Count, type Describe, type RecordJson, type Values, type ViewJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { joinFilters } from "@/model/filter/join";
import { fieldOf } from "@/model/layout";
import { pointingAt, pointingFilter } from "@/model/relation";
import { summaryText, type ListPlan } from "@/model/page";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { usePhone } from "@/ui/useMedia";
import type { Saved } from "../dialog/RecordDialog";
import { RelatedCards, RelatedTable } from "./RelatedRows";
import { useUnlink } from "./useUnlink";

const LinkDialog = lazy(async () => ({ default: (await import("../LinkDialog")).LinkDialog }));
const RecordDialog = lazy(() => import("../dialog/RecordDialog"));

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly list: ListPlan;
  /** False where the tab already says what the list is. */
  readonly titled: boolean;
}

/** What is being entered over the page: a new record, or the one with this id. */
type Entry = { readonly id?: number } | null;

/** The records at the other end of a relation: added, changed and added up without leaving the page. */
export function RelatedList({ describe, record, list, titled }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const [entry, setEntry] = useState<Entry>(null);
  const [linking, setLinking] = useState(false);
  const { related } = list;
  const unlink = useUnlink(describe, record, related);
  const target = useDescribe(related.app, related.form);
  const pages = useRelated(describe.app, describe.key, record.id, related.key, { filter: list.filter, sort: list.sort, limit: list.limit, summary: summaryText(list) });
  const name = format.label(list.label);
  if (target.isError || pages.isError) return <ErrorView part error={target.error ?? pages.error} onRetry={target.isError ? target.refetch : pages.refetch} />;
  if (target.isPending || pages.isPending) return <div className="card padded"><Skeleton lines={4} /></div>;
  const there = target.data;
  const rows = pages.data.pages.flatMap((page) => page.records);
  const [first] = pages.data.pages;
  const full = related.single && rows.length > 0;
  const linkable = related.actions.includes("edit") && there.fields[related.field]?.read_only === false;
  const button = (
    <span className="related-buttons">
      {linkable ? <Button icon={<IconLink size={16} aria-hidden />} onClick={() => setLinking(true)}>{t("record.link.button")}</Button> : null}
      {related.actions.includes("create") && !full ? (
        <Button icon={<IconPlus size={16} aria-hidden />} onClick={() => setEntry({})}>{t("record.add", { form: format.label(there.label) })}</Button>
      ) : null}
    </span>
  );
  const pointing = pointingFilter(related, record.id);
  const filter = joinFilters(pointing, list.filter);
  const address = showAllAddress(related, there, filter, list.sort);
  const onEdit = related.actions.includes("edit") ? (id: number) => setEntry({ id }) : undefined;
  const Rows = phone || list.display === "cards" ? RelatedCards : RelatedTable;
  const saved = (made: Saved): void => {
    const text = t(entry?.id === undefined ? "record.created" : "record.savedTitle", { title: made.title || `#${made.id}` });
    setEntry(null);
    showToast({ text });
  };
  return (
    <section className="card related" aria-label={name}>
      {rows.length === 0 ? (
        <EmptyState icon={<IconListDetails size={24} />} title={t("record.noneRelated", { list: name })} actions={button} />
      ) : (
        <>
          <header>
            <div className="related-facts">
              {titled ? <h2>{name}</h2> : null}
              <CountText count={first?.count ?? null} />
              <Sums list={list} there={there} values={first?.summary ?? {}} />
            </div>
            {pointing ? <Link className="related-all" to={address}>{t("record.showAll")}</Link> : null}
            {button}
          </header>
          <Rows describe={there} list={list} rows={rows} onEdit={onEdit} onUnlink={linkable ? unlink : undefined} />
          {pages.hasNextPage ? (
            <footer><Button type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button></footer>
          ) : null}
        </>
      )}
      {linking ? (
        <Suspense fallback={null}><LinkDialog describe={describe} record={record} related={related} onClose={() => setLinking(false)} /></Suspense>
      ) : null}
      {entry ? (
        <Suspense fallback={null}>
          <RecordDialog
            app={related.app}
            form={related.form}
            {...(entry.id === undefined ? { prefill: { [related.field]: pointingAt(related, describe.key, record) } } : { id: entry.id })}
            onClose={() => setEntry(null)}
            onSaved={saved}
          />
        </Suspense>
      ) : null}
    </section>
  );
}

function CountText({ count }: { count: Count | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!count) return null;
  return <span className="muted num">{t(count.exact ? "record.count" : "record.countCapped", { count: count.value, shown: format.number(count.value) })}</span>;
}

/** What the whole list adds up to, each number as its field shows it. */
function Sums({ list, there, values }: { list: ListPlan; there: Describe; values: Values }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sums = list.summary.flatMap(({ field: key, fn }) => {
    const field = fieldOf(there, key);
    const value = values[`${fn}:${key}`];
    return field && value !== undefined && value !== null ? [{ key: `${fn}:${key}`, fn, name: key, field, value }] : [];
  });
  if (sums.length === 0) return null;
  return (
    <dl className="related-sums">
      {sums.map(({ key, fn, name, field, value }) => (
        <div key={key}>
          <dt>{t(`record.sum.${fn}`, { field: format.label(field.label) })}</dt>
          <dd className="num"><FieldCell value={value} field={field} place={{ app: there.app, form: there.key, field: name }} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** The list of all that is related: in the plainest view there is, without the quick filters it begins with. */
function showAllAddress(related: ListPlan["related"], there: Describe, filter: string, sort: string | null | undefined): string {
  const lists = there.views.filter((view) => view.kind === "list");
  const chosen = (view: ViewJson): readonly string[] => (view.quick_filters ?? []).flatMap(({ field, value }) => (value ? [field] : []));
  const plain = (view: ViewJson): boolean => !view.filter && !view.group_by && chosen(view).length === 0;
  const view = lists.find(plain) ?? lists.find((one) => !one.filter) ?? lists[0];
  const parameters = new URLSearchParams({ ...(view ? { view: view.key } : {}), filter, ...(sort ? { sort } : {}) });
  for (const field of view ? chosen(view) : []) parameters.set(`q.${field}`, "-");
  return `/a/${related.app}/${related.form}?${parameters.toString()}`;
}

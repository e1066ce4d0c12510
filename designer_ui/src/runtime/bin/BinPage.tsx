/** The recycle bin of a form: what was deleted, by whom and when, and the way back. */
import { useDescribe, useRestoreRecord, type Describe, type Json, type RecordJson } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { IconArrowLeft, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { showToast } from "@/ui/toast";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { CountLabel } from "../list/CountLabel";
import { useRecordPages } from "../list/records";
import { SearchBox } from "../list/toolbar/SearchBox";
import "../list/list.css";
import "./bin.css";

const PAGE = 50;

export function BinPage() {
  const { app = "", form = "" } = useParams();
  const describe = useDescribe(app, form);
  if (describe.error) return <ErrorView error={describe.error} onRetry={() => void describe.refetch()} />;
  if (!describe.data) return <div className="list-page"><Skeleton /></div>;
  return <Bin key={`${app}/${form}`} describe={describe.data} />;
}

function Bin({ describe }: { describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useState("");
  const { app, key: form } = describe;
  const query = { deleted: true, sort: "-updated_at", search: search || undefined, limit: PAGE, count: "capped" as const };
  const pages = useRecordPages(app, form, query);
  const records = pages.data?.pages.flatMap((page) => page.records) ?? [];
  const title = t("bin.of", { name: format.label(describe.plural ?? describe.label) });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="list-page">
      <Link className="bin-back" to={`/a/${app}/${form}`}>
        <IconArrowLeft size={16} aria-hidden /> {t("bin.back")}
      </Link>
      <header className="list-header">
        <h1>{title}</h1>
        <CountLabel app={app} form={form} query={query} count={pages.data?.pages[0]?.count} />
      </header>
      <div className="list-toolbar">
        <SearchBox value={search} onChange={setSearch} label={t("bin.search")} />
      </div>
      <div className="list-content">
        {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
        {pages.isPending ? <Skeleton lines={8} /> : null}
        {pages.data && records.length === 0 ? (
          <EmptyState icon={<IconTrash size={24} />} title={t("bin.empty")}>
            {search ? t("bin.nothing", { text: search }) : t("bin.emptyText")}
          </EmptyState>
        ) : null}
        {records.length > 0 ? <DeletedRecords describe={describe} records={records} /> : null}
        {pages.hasNextPage ? (
          <Button loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button>
        ) : null}
      </div>
    </div>
  );
}

function DeletedRecords({ describe, records }: { describe: Describe; records: readonly RecordJson[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="bin-table" role="region" aria-label={t("bin.title")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("bin.record")}</th>
            <th scope="col">{t("bin.deletedBy")}</th>
            <th scope="col">{t("bin.deletedAt")}</th>
            <th scope="col"><span className="sr-only">{t("bin.restore")}</span></th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => {
            // The deletion is the last change of a deleted record, so the change says who and when.
            const at = record["updated_at"];
            return (
              <tr key={record.id}>
                <td>{record.title || t("list.untitled")}</td>
                <td>{nameOf(record["updated_by"])}</td>
                <td className="num">
                  {typeof at === "string" ? <time dateTime={at} title={format.dateTime(at)}>{format.relative(at)}</time> : null}
                </td>
                <td><RestoreButton describe={describe} record={record} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(value: Json | undefined): string {
  if (typeof value !== "object" || value === null || !("name" in value)) return "";
  return String(value["name"] ?? "");
}

function RestoreButton({ describe, record }: { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const restore = useRestoreRecord(describe.app, describe.key);
  const title = record.title ?? `#${record.id}`;
  if (!describe.actions.includes("restore")) return null;
  const run = async (): Promise<void> => {
    try {
      await restore.mutateAsync(record.id);
      const text = t("bin.restored", { title });
      announce(text);
      showToast({ text, action: { label: t("bin.open"), run: () => void navigate(`/a/${describe.app}/${describe.key}/${record.id}`) } });
    } catch (error) {
      showToast({ text: errorText(error) });
    }
  };
  return (
    <Button size="small" loading={restore.isPending} aria-label={t("bin.restoreOf", { title })} onClick={() => void run()}>
      {t("bin.restore")}
    </Button>
  );
}

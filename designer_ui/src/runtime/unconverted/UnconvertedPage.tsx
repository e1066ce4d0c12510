/** For administrators: what fields of another type could not take over, until somebody has looked at it. */
import { useApp, useDescribe } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toast";
import { IconArrowsExchange } from "@tabler/icons-react";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useForgetUnconverted, useUnconverted, type UnconvertedValue } from "./calls";
import "../list/list.css";
import "../bin/bin.css";

export function UnconvertedPage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  const pages = useUnconverted(app);
  const values = pages.data?.pages.flatMap((page) => page.values) ?? [];
  const title = t("unconverted.title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="list-page">
      <header className="list-header"><h1>{title}</h1></header>
      <p>{t("unconverted.help")}</p>
      <div className="list-content">
        {pages.error ? <ErrorView error={pages.error} onRetry={() => void pages.refetch()} /> : null}
        {pages.isPending ? <Skeleton lines={8} /> : null}
        {pages.data && values.length === 0 ? (
          <EmptyState icon={<IconArrowsExchange size={24} />} title={t("unconverted.empty")}>{t("unconverted.emptyText")}</EmptyState>
        ) : null}
        {values.length > 0 ? <Values app={app} values={values} /> : null}
        {pages.hasNextPage ? (
          <Button loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button>
        ) : null}
      </div>
    </div>
  );
}

function Values({ app, values }: { app: string; values: readonly UnconvertedValue[] }) {
  const { t } = useTranslation();
  return (
    <div className="bin-table" role="region" aria-label={t("unconverted.title")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("unconverted.record")}</th>
            <th scope="col">{t("unconverted.field")}</th>
            <th scope="col">{t("unconverted.value")}</th>
            <th scope="col"><span className="sr-only">{t("unconverted.done")}</span></th>
          </tr>
        </thead>
        <tbody>{values.map((value) => <Value key={value.id} app={app} value={value} />)}</tbody>
      </table>
    </div>
  );
}

function Value({ app, value }: { app: string; value: UnconvertedValue }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const forms = useApp(app).data?.forms;
  const describe = useDescribe(app, forms?.[value.form] ? value.form : "");
  const forget = useForgetUnconverted(app);
  const field = describe.data?.fields[value.field];
  const where = field ? format.label(field.label) : value.field;
  const title = value.record.title ?? t("unconverted.deleted", { id: value.record.id });
  const run = async (): Promise<void> => {
    try {
      await forget.mutateAsync(value.id);
      announce(t("unconverted.removed"));
    } catch (error) {
      showToast({ text: errorText(error) });
    }
  };
  return (
    <tr>
      <td>{value.record.title === null ? title : <Link to={`/a/${app}/${value.form}/${value.record.id}`}>{title}</Link>}</td>
      <td>{where}</td>
      <td>{value.value}</td>
      <td>
        <Button size="small" loading={forget.isPending} aria-label={t("unconverted.doneOf", { field: where, title })} onClick={() => void run()}>
          {t("unconverted.done")}
        </Button>
      </td>
    </tr>
  );
}

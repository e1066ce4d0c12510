/** What was done to many records of a form in one go: what, by whom, when, and the way back. */
import { formPath, get, useDescribe, type Describe, type PersonJson } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { ask } from "@/ui/ask";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft, IconListCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useBatchUndo } from "../list/batch/useBatchUndo";
import { fieldsOf } from "../list/fields";
import "../list/list.css";
import "../bin/bin.css";

interface BatchJson {
  readonly id: number;
  readonly at: string;
  readonly actor: PersonJson | null;
  readonly count: number;
  readonly kinds: readonly string[];
  readonly fields: readonly string[];
  readonly undoes: number | null;
  readonly undone: boolean;
}

export function BatchesPage() {
  const { app = "", form = "" } = useParams();
  const describe = useDescribe(app, form);
  if (describe.error) return <ErrorView error={describe.error} onRetry={() => void describe.refetch()} />;
  if (!describe.data) return <div className="list-page"><Skeleton /></div>;
  return <Batches key={`${app}/${form}`} describe={describe.data} />;
}

function Batches({ describe }: { describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { app, key: form } = describe;
  const found = useQuery({
    queryKey: ["form", app, form, "batches"],
    queryFn: ({ signal }) => get<{ readonly batches: readonly BatchJson[] }>(formPath(app, form, "/records/batches"), undefined, signal),
    staleTime: 0,
  });
  const title = t("batches.title", { name: format.label(describe.plural ?? describe.label) });
  useTitle(title);
  return (
    <div className="list-page">
      <Link className="bin-back" to={`/a/${app}/${form}`}>
        <IconArrowLeft size={16} aria-hidden /> {t("batches.back")}
      </Link>
      <header className="list-header">
        <h1>{title}</h1>
      </header>
      <p className="muted">{t("batches.help")}</p>
      <div className="list-content">
        {found.error ? <ErrorView part error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.isPending ? <Skeleton lines={8} /> : null}
        {found.data?.batches.length === 0 ? (
          <EmptyState icon={<IconListCheck size={24} />} title={t("batches.empty")}>{t("batches.emptyText")}</EmptyState>
        ) : null}
        {found.data?.batches.length ? <BatchTable describe={describe} batches={found.data.batches} /> : null}
      </div>
    </div>
  );
}

function BatchTable({ describe, batches }: { describe: Describe; batches: readonly BatchJson[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = fieldsOf(describe);
  const undo = useBatchUndo(describe);
  const what = ({ kinds, fields: keys, undoes }: BatchJson): string => {
    const kind = undoes === null ? kinds.map((one) => t(`batches.kind.${one}`)).join(t("batches.between")) : t("batches.kind.undoes");
    const names = keys.map((key) => format.label(fields[key]?.label)).filter(Boolean);
    return names.length ? t("batches.kind.fields", { kind, fields: names.join(t("batches.between")) }) : kind;
  };
  const run = (batch: BatchJson): void =>
    ask({
      title: t("batches.undoQuestion"),
      content: (
        <>
          <p>{what(batch)}</p>
          <p>{t("batches.undoHelp", { count: batch.count, shown: format.number(batch.count) })}</p>
        </>
      ),
      okText: t("batches.undo"),
      onOk: () => undo(batch.id),
    });
  return (
    <div className="bin-table" role="region" aria-label={t("batches.table")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("batches.what")}</th>
            <th scope="col">{t("batches.count")}</th>
            <th scope="col">{t("batches.who")}</th>
            <th scope="col">{t("batches.when")}</th>
            <th scope="col"><span className="sr-only">{t("batches.action")}</span></th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <tr key={batch.id} data-batch={batch.id}>
              <td>{what(batch)}</td>
              <td className="num">{format.number(batch.count)}</td>
              <td>{batch.actor?.name ?? ""}</td>
              <td className="num"><time dateTime={batch.at} title={format.dateTime(batch.at)}>{format.relative(batch.at)}</time></td>
              <td>
                {batch.undone ? (
                  <span className="muted">{t("batches.undone")}</span>
                ) : (
                  <Button size="small" aria-label={t("batches.undoOf", { what: what(batch), when: format.dateTime(batch.at) })} onClick={() => run(batch)}>
                    {t("batches.undo")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

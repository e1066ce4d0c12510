import { IconArrowLeft, IconLock, IconPrinter } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ApiError, useDescribe, useRecord, type Describe } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { Sheet } from "./Sheet";

/** Of forms with workflows: the choices and how the record was approved. */
const WithApprovals = lazy(async () => {
  const [part, texts] = await Promise.all([import("../../tasks/print/RecordApprovals"), import("../../tasks/texts")]);
  await texts.loadTaskTexts();
  return { default: part.RecordApprovals };
});

/** A record on paper: every field that its reader may see, and nothing of the screen around it. */
export function PrintPage() {
  const { app = "", form = "", id: idText = "" } = useParams();
  const id = /^\d+$/.test(idText) ? Number(idText) : NaN;
  const describe = useDescribe(app, form);
  if (Number.isNaN(id)) return <ErrorView error={new ApiError(404, "not_found", "")} />;
  if (describe.isError) return <ErrorView error={describe.error} onRetry={describe.refetch} />;
  return describe.isPending ? <Skeleton lines={8} /> : <OneRecord describe={describe.data} id={id} />;
}

function OneRecord({ describe, id }: { describe: Describe; id: number }) {
  const { t } = useTranslation();
  const record = useRecord(describe.app, describe.key, id);
  useTitle(record.data ? t("print.title", { title: record.data.title }) : undefined);
  if (record.isError) return <ErrorView error={record.error} onRetry={record.refetch} />;
  if (!record.data) return <Skeleton lines={8} />;
  const back = <Link to={`/a/${describe.app}/${describe.key}/${id}`}><IconArrowLeft size={16} aria-hidden />{t("print.back")}</Link>;
  if (!describe.actions.includes("print")) {
    return <EmptyState heading="h1" icon={<IconLock size={24} />} title={t("print.forbidden")} actions={back}>{t("print.forbiddenHelp")}</EmptyState>;
  }
  return (
    <div className="print">
      <p className="print-tools">
        {back}
        <Button type="primary" icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t("print.run")}</Button>
      </p>
      {describe.workflows.length > 0 ? <Suspense fallback={<Skeleton lines={8} />}><WithApprovals describe={describe} record={record.data} /></Suspense> : <Sheet describe={describe} record={record.data} />}
    </div>
  );
}

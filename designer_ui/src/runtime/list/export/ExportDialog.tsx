/** How far a large export is, and its file when it is there. */
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { cancelExport, exportedFile, isOver, useExportJob, type ExportJob } from "./calls";
import "./export.css";

interface Props {
  readonly id: number;
  readonly form: string;
  readonly onClose: () => void;
}

export function ExportDialog({ id, form, onClose }: Props) {
  const { t } = useTranslation();
  const job = useExportJob(id);
  const state = job.data?.state;
  useEffect(() => {
    if (job.data && isOver(job.data)) announce(t(`export.${job.data.state}`));
  }, [job.data, t]);
  const close = (): void => {
    if (state !== "done") void cancelExport(id).catch(() => undefined);
    onClose();
  };
  return (
    <Dialog
      title={t("export.title", { form })}
      onClose={close}
      footer={
        state === "done" ? (
          <Button type="primary" href={exportedFile(id)} download="">
            {t("export.download")}
          </Button>
        ) : (
          <Button onClick={close}>{t(state === "failed" || state === "cancelled" ? "ui.close" : "export.stop")}</Button>
        )
      }
    >
      {job.data ? <Progress job={job.data} /> : job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={2} />}
    </Dialog>
  );
}

function Progress({ job }: { readonly job: ExportJob }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = job.total ?? 0;
  const words = t("export.progress", { done: format.number(job.done), total: format.number(total) });
  return (
    <div className="export-job">
      <p role="status">{t(`export.${job.state}`)}</p>
      <progress max={Math.max(1, total)} value={job.done} aria-label={t("export.running")} aria-valuetext={words} />
      <p className="muted num">{words}</p>
      {job.error ? <p role="alert">{job.error}</p> : null}
      {job.state === "done" ? <p className="muted">{t("export.kept")}</p> : null}
      {isOver(job) ? null : <p className="muted">{t("export.leave")}</p>}
    </div>
  );
}

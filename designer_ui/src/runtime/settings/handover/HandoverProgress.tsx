import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import { announce } from "@/ui/announce";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { isOver, tasksIn, useCancelHandover, useHandoverJob } from "./calls";
import { Outcome } from "./HandoverDialog";

/** How far a handover of many records is; it goes on when the dialog is closed. */
export function HandoverProgress({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const job = useHandoverJob(id);
  const cancel = useCancelHandover();
  const over = job.data ? isOver(job.data) : false;
  const state = job.data?.state;
  useEffect(() => {
    if (!over || !state) return;
    announce(t(`settings.handover.state.${state}`));
    void client.invalidateQueries({ queryKey: ["settings"] });
  }, [over, state, client, t]);
  if (!job.data) return job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={2} />;
  const { done, total, error, summary } = job.data;
  if (job.data.state === "done") return <Outcome records={summary.records ?? 0} tasks={tasksIn(summary.handed)} left={summary.left ?? 0} problems={summary.problems ?? []} />;
  const words = t("settings.handover.progress", { done: format.number(done), total: format.number(total ?? 0) });
  return (
    <div className="set-form handover-job">
      <p role="status">{t(`settings.handover.state.${job.data.state}`)}</p>
      <progress max={Math.max(1, total ?? 0)} value={done} aria-label={t("settings.handover.state.running")} aria-valuetext={words} />
      <p className="muted num">{words}</p>
      {error ? <p className="set-issue" role="alert">{error}</p> : null}
      {over ? null : (
        <p className="set-line">
          <span className="muted">{t("settings.handover.goesOn")}</span>
          <Button loading={cancel.isPending} onClick={() => cancel.mutate(id)}>{t("settings.handover.stop")}</Button>
        </p>
      )}
    </div>
  );
}

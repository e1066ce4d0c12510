/** A job from start to result: progress, cancel and resume, figures, what was left out, and the way back. */
import { keys, post } from "@/api";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { ask } from "@/ui/ask";
import { showToast } from "@/ui/toast";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Figures } from "./Figures";
import { isOver, jobKey, partsOf, useJob } from "./job";
import { JobProgress } from "./JobProgress";
import { Reasons } from "./Reasons";
import type { Job } from "./types";
import { isUndoable, UndoButton } from "./UndoButton";
import { UndoResult } from "./UndoResult";

export function RunningJob({ id }: { readonly id: string }) {
  const job = useJob(id);
  if (job.data) return <JobView job={job.data} />;
  return job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={4} />;
}

export function JobView({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const over = isOver(job);
  const state = t(`job.state.${job.state}`);
  useRefreshWhenOver(job, state);
  return (
    <div className="job">
      <p className={`job-state ${job.state}`} role="status">{state}</p>
      {over ? null : <JobProgress job={job} />}
      {job.error ? <p className="import-problem" role="alert">{job.error}</p> : null}
      {job.kind === "import" && (over || job.done > 0) ? <Figures job={job} planned={false} /> : null}
      {job.kind === "undo_import" ? <UndoResult job={job} /> : null}
      {over ? <Reasons job={job} /> : <p className="muted">{t("job.leave")}</p>}
      <Actions job={job} />
    </div>
  );
}

/** What a job wrote is fetched anew once it is over. */
function useRefreshWhenOver(job: Job, state: string): void {
  const client = useQueryClient();
  const over = isOver(job);
  const forms = [...new Set(partsOf(job).map((part) => part.form))].join();
  useEffect(() => {
    if (!over) return;
    announce(state);
    const app = job.app;
    const touched = forms === "" || !app ? [["form"] as const] : forms.split(",").map((form) => keys.form(app, form));
    for (const queryKey of touched) void client.invalidateQueries({ queryKey });
  }, [over, state, client, job.app, forms]);
}

function Actions({ job }: { job: Job }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { app, form } = job;
  const over = isOver(job);
  const act = async (action: "cancel" | "resume"): Promise<void> => {
    setBusy(true);
    try {
      await post(`/jobs/${encodeURIComponent(job.id)}/${action}`);
      await client.invalidateQueries({ queryKey: jobKey(String(job.id)) });
    } catch (error) {
      showToast({ text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  const cancel = (): void => {
    ask({ title: t("job.cancelQuestion"), content: t("job.cancelText"), okText: t("job.cancel"), onOk: () => act("cancel") });
  };
  const parts = partsOf(job);
  const place = parts.length > 1 ? "-" : form;
  // The last one names the others.
  const list = parts.at(-1)?.form ?? form;
  return (
    <footer className="import-actions">
      <span className="import-buttons">
        {isUndoable(job) ? <UndoButton job={job} onStarted={(undo) => void navigate(`/jobs/${undo.id}`)} /> : null}
        {job.summary?.undone_by ? <Link className="import-link" to={`/jobs/${String(job.summary.undone_by)}`}>{t("undo.undone")}</Link> : null}
      </span>
      <span className="import-buttons">
        {over ? null : <Button loading={busy} onClick={cancel}>{t("job.cancel")}</Button>}
        {job.state === "failed" || job.state === "cancelled" ? <Button loading={busy} onClick={() => void act("resume")}>{t("job.resume")}</Button> : null}
        {app && form && over && job.kind === "import" ? <Link className="import-link" to={`/a/${app}/${place}/import`}>{t("job.another")}</Link> : null}
        {app && form && over ? <Link className="import-link primary" to={`/a/${app}/${list}`}>{t("job.toList")}</Link> : null}
      </span>
    </footer>
  );
}

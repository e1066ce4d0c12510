/** A job from start to result: progress, cancel and resume, figures, the file of what was left out. */
import { fileAddress, keys, post } from "@/api";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { ask } from "@/ui/ask";
import { showToast } from "@/ui/toast";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { countIn, isOver, jobKey, useJob, type Job } from "./calls";
import { Counts } from "./Counts";
import { JobProgress } from "./JobProgress";
import { Problems } from "./Problems";

export function RunningJob({ id }: { readonly id: string }) {
  const job = useJob(id);
  if (job.data) return <JobView job={job.data} />;
  return job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={4} />;
}

export function JobView({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const { app, form } = job;
  const over = isOver(job);
  const state = t(`job.state.${job.state}`);
  useEffect(() => {
    if (!over) return;
    announce(state);
    void client.invalidateQueries({ queryKey: app && form ? keys.form(app, form) : ["form"] });
  }, [over, state, client, app, form]);
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
    ask({
      title: t("job.cancelQuestion"),
      content: t("job.cancelText"),
      okText: t("job.cancel"),
      onOk: () => act("cancel"),
    });
  };
  const isImport = job.kind.startsWith("import");
  return (
    <div className="job">
      <p className={`job-state ${job.state}`} role="status">{state}</p>
      {over ? null : <JobProgress job={job} />}
      {job.error ? <p className="import-problem" role="alert">{job.error}</p> : null}
      {isImport && (over || job.done > 0) ? <Counts job={job} planned={false} /> : null}
      {over ? <Problems job={job} /> : <p className="muted">{t("job.leave")}</p>}
      <footer className="import-actions">
        {job.file && countIn(job, "failed") > 0 ? (
          <a href={fileAddress(job.file.id)} download={job.file.name}>{t("job.download")}</a>
        ) : (
          <span />
        )}
        <span className="import-buttons">
          {over ? null : <Button loading={busy} onClick={cancel}>{t("job.cancel")}</Button>}
          {job.state === "failed" || job.state === "cancelled" ? (
            <Button loading={busy} onClick={() => void act("resume")}>{t("job.resume")}</Button>
          ) : null}
          {app && form && over ? (
            <>
              <Link className="import-link" to={`/a/${app}/${form}/import`}>{t("job.another")}</Link>
              <Link className="import-link primary" to={`/a/${app}/${form}`}>{t("job.toList")}</Link>
            </>
          ) : null}
        </span>
      </footer>
    </div>
  );
}

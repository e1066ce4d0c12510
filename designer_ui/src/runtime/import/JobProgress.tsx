/** How far a job is. */
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import type { Job } from "./types";

export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = typeof job.total === "number" && job.total > 0;
  const share = known ? Math.min(1, job.done / (job.total ?? 1)) : 0;
  const words =
    known && job.state !== "waiting"
      ? t("job.progress", { done: format.number(job.done), total: format.number(job.total ?? 0) })
      : t(`job.state.${job.state}`);
  return (
    <div className="job-progress">
      <div
        role="progressbar"
        aria-label={t(`job.state.${job.state}`)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round(share * 100) : undefined}
        aria-valuetext={words}
        className={known ? "job-bar" : "job-bar unknown"}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <span className="num muted">{words}</span>
    </div>
  );
}

/** How far a job is that changes many records. */
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import type { Progress } from "./calls";

export function WorkProgress({ job }: { readonly job: Progress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = job.total ?? 0;
  const words = t("batch.progress", { done: format.number(job.done), total: format.number(total) });
  return (
    <div className="batch-progress" role="status">
      <progress max={Math.max(1, total)} value={job.done} aria-label={t("batch.working")} aria-valuetext={words} />
      <span className="muted num">{words}</span>
    </div>
  );
}

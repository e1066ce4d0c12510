/** The result of the dry run: exact figures, and what cannot be imported and why. */
import { fileAddress } from "@/api";
import { useFormat } from "@/ui/format";
import { IconCircleCheck, IconAlertTriangle } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { countIn, isOver, type Job } from "./calls";
import { Counts } from "./Counts";
import { JobProgress } from "./JobProgress";
import { Problems } from "./Problems";

interface Props {
  readonly job: Job;
  readonly starting: boolean;
  readonly onBack: () => void;
  readonly onStart: () => void;
}

export function CheckStep({ job, starting, onBack, onStart }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const failed = countIn(job, "failed");
  const usable = countIn(job, "created") + countIn(job, "updated");
  if (!isOver(job)) {
    return (
      <div className="import-check">
        <p>{t("import.check.running")}</p>
        <JobProgress job={job} />
      </div>
    );
  }
  return (
    <div className="import-check">
      {job.state === "done" ? <Counts job={job} planned /> : null}
      <div role="status" className="import-verdict">
        {job.state !== "done" ? (
          <p className="import-problem">{job.error ?? t(`job.state.${job.state}`)}</p>
        ) : failed === 0 ? (
          <p className="import-good"><IconCircleCheck size={18} aria-hidden /> {t("import.check.clean")}</p>
        ) : (
          <>
            <p className="import-warning">
              <IconAlertTriangle size={16} aria-hidden /> {t("import.check.problems", { count: failed, shown: format.number(failed) })}
            </p>
            {usable > 0 ? <p className="muted">{t("import.check.problemsHelp")}</p> : null}
          </>
        )}
      </div>
      <Problems job={job} />
      {job.file ? <a href={fileAddress(job.file.id)} download={job.file.name}>{t("job.download")}</a> : null}
      <footer className="import-actions">
        <Button onClick={onBack}>{t("import.check.back")}</Button>
        {usable > 0 && job.state === "done" ? (
          <Button type="primary" loading={starting} onClick={onStart}>
            {t("import.check.start", { count: usable, shown: format.number(usable) })}
          </Button>
        ) : (
          <span className="muted">{t("import.check.nothing")}</span>
        )}
      </footer>
    </div>
  );
}

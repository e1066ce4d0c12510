/** The result of the dry run: exact figures, and what cannot be imported and why. */
import { useFormat } from "@/ui/format";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Figures } from "./Figures";
import { countIn, isOver, partsOf } from "./job";
import { JobProgress } from "./JobProgress";
import { Reasons } from "./Reasons";
import type { Job } from "./types";

interface Props {
  readonly job: Job;
  readonly busy: boolean;
  readonly onBack: () => void;
  /** The dry run is called off. */
  readonly onStop: () => void;
  readonly onDuplicates: () => void;
  readonly onStart: () => void;
}

/** What begins so is only a warning: rows that are probably there already. */
const POSSIBLE = "possible_";

export function CheckStep({ job, busy, onBack, onStop, onDuplicates, onStart }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const usable = job.state === "done" ? countIn(job, "created") + countIn(job, "updated") : 0;
  if (!isOver(job)) {
    return (
      <div className="import-check">
        <p>{t("import.check.running")}</p>
        <JobProgress job={job} />
        <footer className="import-actions"><Button onClick={onStop}>{t("job.cancel")}</Button></footer>
      </div>
    );
  }
  return (
    <div className="import-check">
      {job.state === "done" ? <Figures job={job} planned /> : null}
      <Verdict job={job} usable={usable} />
      <Reasons job={job} />
      <Possible job={job} busy={busy} onDuplicates={onDuplicates} />
      <footer className="import-actions">
        <Button onClick={onBack}>{t("import.check.back")}</Button>
        {usable > 0 ? (
          <Button type="primary" loading={busy} onClick={onStart}>{t("import.check.start", { count: usable, shown: format.number(usable) })}</Button>
        ) : (
          <span className="muted">{t("import.check.nothing")}</span>
        )}
      </footer>
    </div>
  );
}

function Verdict({ job, usable }: { job: Job; usable: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failed = countIn(job, "failed");
  return (
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
  );
}

function Possible({ job, busy, onDuplicates }: { job: Job; busy: boolean; onDuplicates: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = partsOf(job).flatMap((part) => part.reasons).filter((reason) => reason.code.startsWith(POSSIBLE)).reduce((sum, reason) => sum + reason.count, 0);
  if (count === 0) return null;
  return (
    <p className="import-saved">
      {t("import.check.possible")}
      <Button size="small" loading={busy} onClick={onDuplicates}>{t("import.check.possibleToo", { count, shown: format.number(count) })}</Button>
    </p>
  );
}

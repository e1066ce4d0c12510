/** Undoes an import, after saying what that does and what it cannot do. */
import { ask } from "@/ui/ask";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { importsKey, undoImport } from "./calls";
import { useFormName } from "./Figures";
import { countIn, isOver, jobKey, relatedIn } from "./job";
import type { Job } from "./types";

/** Whether there is anything to undo: the import has ended, wrote something, and was not undone yet. */
export function isUndoable(job: Job): boolean {
  const wrote = countIn(job, "created") + countIn(job, "updated") + relatedIn(job).length;
  return job.kind === "import" && !job.dry_run && isOver(job) && wrote > 0 && !job.summary?.undone_by;
}

interface Props {
  readonly job: Job;
  readonly small?: boolean;
  /** The job that undoes it. */
  readonly onStarted?: (undo: Job) => void;
}

export function UndoButton({ job, small = false, onStarted }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const undo = async (): Promise<void> => {
    try {
      const started = await undoImport(job.id);
      await Promise.all([
        client.invalidateQueries({ queryKey: importsKey(job.app ?? "") }),
        client.invalidateQueries({ queryKey: jobKey(String(job.id)) }),
      ]);
      onStarted?.(started);
    } catch (error) {
      showToast({ text: errorText(error) });
    }
  };
  const open = (): void =>
    ask({ title: t("undo.question"), content: <What job={job} />, okText: t("undo.undo"), danger: true, onOk: undo });
  return <Button danger size={small ? "small" : "middle"} onClick={open}>{t("undo.undo")}</Button>;
}

function What({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useFormName(job.app);
  const figures = (["created", "updated"] as const).map((kind) => [kind, countIn(job, kind)] as const).filter(([, count]) => count > 0);
  return (
    <div className="import-what">
      <ul>
        {figures.map(([kind, count]) => <li key={kind}>{t(`undo.will.${kind}`, { count, shown: format.number(count) })}</li>)}
        {relatedIn(job).map(([form, count]) => <li key={form}>{t("undo.will.related", { shown: format.number(count), form: name(form) })}</li>)}
      </ul>
      <p>{t("undo.not")}</p>
    </div>
  );
}

/** Cells that cannot be written, and why; whoever pasted them decides about the others. */
import type { Describe } from "@/api";
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { fieldsOf } from "../fields";
import { cellCount } from "./sheet";
import type { Job } from "./useWriting";

const MOST_SHOWN = 50;

interface Props {
  readonly describe: Describe;
  readonly job: Job;
  readonly onAnswer: (others: boolean) => void;
}

export function RefusalDialog({ describe, job, onAnswer }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { refused = [], outside = 0, rowsOutside = 0 } = job;
  const fields = fieldsOf(describe);
  const others = cellCount(job.writes);
  const counted = (key: string, count: number): string => t(`cells.${key}`, { count, shown: format.number(count) });
  return (
    <Dialog
      title={t("cells.question.title")}
      onClose={() => onAnswer(false)}
      footer={
        <>
          <Button autoFocus onClick={() => onAnswer(false)}>{t("cells.question.none")}</Button>
          {others > 0 ? <Button type="primary" onClick={() => onAnswer(true)}>{counted("question.others", others)}</Button> : null}
        </>
      }
    >
      <div className="cells-question">
        <p>{t("cells.question.nothingYet")}</p>
        {rowsOutside > 0 ? <p>{counted("question.rowsOutside", rowsOutside)}</p> : outside > 0 ? <p>{counted("question.outside", outside)}</p> : null}
        {refused.length > 0 ? (
          <ul>
            {refused.slice(0, MOST_SHOWN).map(({ id, title, field, message }, place) => (
              <li key={`${id}/${field}/${place}`}>
                <strong>{title}</strong>
                {field !== null && fields[field] ? <span className="muted"> · {format.label(fields[field].label)}</span> : null}
                <span className="list-problem">{message}</span>
              </li>
            ))}
            {refused.length > MOST_SHOWN ? <li>{counted("question.more", refused.length - MOST_SHOWN)}</li> : null}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}

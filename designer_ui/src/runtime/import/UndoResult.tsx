/** What undoing an import did, and what it left. */
import { fileAddress } from "@/api";
import { useFormat } from "@/ui/format";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { countIn, reasonsOf } from "./job";
import type { Job } from "./types";

const FIGURES = ["deleted", "restored", "related", "left"] as const;
/** Told even when there are none. */
const ALWAYS = new Set(["deleted", "left"]);

export function UndoResult({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasons = reasonsOf(job);
  const shown = FIGURES.filter((figure) => ALWAYS.has(figure) || countIn(job, figure) > 0);
  return (
    <>
      <dl className="import-counts">
        {shown.map((figure) => (
          <div key={figure}>
            <dt>{t(`undo.count.${figure}`)}</dt>
            <dd className="num">{format.number(countIn(job, figure))}</dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 ? (
        <ul className="import-reasons">
          {reasons.map((reason) => (
            <li key={reason.message}><strong className="num">{format.number(reason.count)}</strong> <span>{reason.message}</span></li>
          ))}
        </ul>
      ) : null}
      {job.file ? (
        <a className="import-link" href={fileAddress(job.file.id)} download={job.file.name}>
          <IconDownload size={16} aria-hidden /> {t("undo.download")}
        </a>
      ) : null}
    </>
  );
}

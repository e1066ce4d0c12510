/** The figures of an import side by side. */
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { countIn, type Job } from "./calls";

const FIGURES = ["created", "updated", "unchanged", "failed"] as const;

export function Counts({ job, planned }: { job: Job; planned: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className="import-counts">
      {FIGURES.map((figure) => {
        const value = countIn(job, figure);
        return (
          <div key={figure} className={figure === "failed" && value > 0 ? "bad" : ""}>
            <dt>{t(planned ? `import.count.${figure}` : `import.count.done.${figure}`)}</dt>
            <dd className="num">{format.number(value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The figures of an import: in all, and of each of several files. */
import { useApp } from "@/api";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { countIn, partsOf, relatedIn } from "./job";
import type { Job } from "./types";

const FIGURES = ["created", "updated", "unchanged", "skipped", "failed"] as const;
/** Told even when there are none. */
const ALWAYS = new Set(["created", "failed"]);

interface Props {
  readonly job: Job;
  /** Of a dry run: what would be done. */
  readonly planned: boolean;
}

export function Figures({ job, planned }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = FIGURES.filter((figure) => ALWAYS.has(figure) || countIn(job, figure) > 0);
  return (
    <>
      <dl className="import-counts">
        {shown.map((figure) => {
          const value = countIn(job, figure);
          return (
            <div key={figure} className={figure === "failed" && value > 0 ? "bad" : ""}>
              <dt>{t(planned ? `import.count.${figure}` : `import.count.done.${figure}`)}</dt>
              <dd className="num">{format.number(value)}</dd>
            </div>
          );
        })}
      </dl>
      {partsOf(job).length > 1 ? <PartTable job={job} planned={planned} figures={shown} /> : null}
      <Lines job={job} />
      <Related job={job} planned={planned} />
    </>
  );
}

/** What a form is called; its key for somebody who may not see it. */
export function useFormName(app: string | null): (form: string) => string {
  const format = useFormat();
  const forms = useApp(app ?? "").data?.forms;
  return (form) => format.label(forms?.[form]?.plural ?? forms?.[form]?.label) || form;
}

function PartTable({ job, planned, figures }: Props & { figures: readonly (typeof FIGURES)[number][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useFormName(job.app);
  return (
    <div className="import-parts" role="region" tabIndex={0} aria-label={t("import.count.files")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("import.count.form")}</th>
            <th scope="col">{t("import.count.file")}</th>
            {figures.map((figure) => <th scope="col" key={figure} className="num">{t(planned ? `import.count.${figure}` : `import.count.done.${figure}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {partsOf(job).map((part, index) => (
            <tr key={index}>
              <th scope="row">{planned ? name(part.form) : <Link to={`/a/${job.app}/${part.form}`}>{name(part.form)}</Link>}</th>
              <td>{part.file_name}</td>
              {figures.map((figure) => <td key={figure} className={figure === "failed" && part.failed > 0 ? "num bad" : "num"}>{format.number(part[figure])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LINES = ["added", "updated", "removed"] as const;

function Lines({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = job.summary?.lines as Readonly<Record<string, number>> | undefined;
  const told = LINES.filter((kind) => (counts?.[kind] ?? 0) > 0);
  if (told.length === 0) return null;
  const list = told.map((kind) => t(`import.count.lines.${kind}`, { shown: format.number(counts?.[kind] ?? 0) })).join(format.language === "zh-CN" ? "，" : ", ");
  return <p>{t("import.count.lines.list", { list })}</p>;
}

function Related({ job, planned }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useFormName(job.app);
  const related = relatedIn(job);
  if (related.length === 0) return null;
  const list = related.map(([form, count]) => `${name(form)}: ${format.number(count)}`).join(format.language === "zh-CN" ? "；" : "; ");
  return <p>{t(planned ? "import.count.related" : "import.count.done.related", { list })}</p>;
}

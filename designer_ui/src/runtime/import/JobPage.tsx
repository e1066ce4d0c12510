/** A long work and how far it is: /jobs/{id}. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useJob } from "./job";
import { RunningJob } from "./JobView";
import "./import.css";

const TITLED = new Set(["import", "undo_import", "export", "build_indexes"]);

export function JobPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const job = useJob(id);
  const kind = job.data && TITLED.has(job.data.kind) ? job.data.kind : "other";
  const title = t(`job.title.${kind}`);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="import-page">
      <h1>{title}</h1>
      <div className="import-sheet">
        <RunningJob id={id} />
      </div>
    </div>
  );
}

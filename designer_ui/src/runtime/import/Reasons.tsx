/** Why rows were left out, by file, column and kind; what was left blank; and the rows themselves to download. */
import { fileAddress } from "@/api";
import { useFormat } from "@/ui/format";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "antd";
import { partsOf } from "./job";
import { Problems } from "./Problems";
import type { Job, Part } from "./types";

export function Reasons({ job }: { job: Job }) {
  const parts = partsOf(job);
  return (
    <>
      {parts.map((part, index) => (
        <PartReasons key={index} part={part} several={parts.length > 1} />
      ))}
    </>
  );
}

function PartReasons({ part, several }: { part: Part; several: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [rows, setRows] = useState(false);
  const blank = Object.entries(part.left_blank);
  if (part.reasons.length === 0 && blank.length === 0 && !part.file) return null;
  const title = t("import.reasons.title", { file: part.file_name ?? "" });
  return (
    <section className="import-reasons" aria-label={title}>
      {several ? <h2>{part.file_name}</h2> : null}
      <ul>
        {part.reasons.map((reason, index) => (
          <li key={index}>
            <strong className="num">{t("import.file.rows", { count: reason.count, shown: format.number(reason.count) })}</strong>
            {reason.column ? <span className="import-where">{reason.column}</span> : null}
            <span>{reason.message}</span>
            <span className="muted num">{t("import.reasons.first", { row: format.number(reason.row, { grouping: false }) })}</span>
          </li>
        ))}
        {blank.map(([column, count]) => (
          <li key={column} className="muted">{t("import.reasons.blank", { count, shown: format.number(count), column })}</li>
        ))}
      </ul>
      {part.file ? (
        <div className="import-buttons">
          <a className="import-link" href={fileAddress(part.file.id)} download={part.file.name}>
            <IconDownload size={16} aria-hidden /> {t("job.download")}
          </a>
          <Button type="link" aria-expanded={rows} onClick={() => setRows(!rows)}>{t(rows ? "import.reasons.hide" : "import.reasons.show")}</Button>
        </div>
      ) : null}
      {part.file && rows ? <Problems file={part.file.id} label={title} /> : null}
    </section>
  );
}

/** The files with their columns, and the order in which they go in. */
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "./DropZone";
import { FileCard } from "./FileCard";
import { blockerOf, lackingFields } from "./plan";
import { isReady, MOST_FILES, sequenceOf, type Entry, type Files } from "./useFiles";

interface Props {
  readonly files: Files;
  readonly busy: boolean;
  readonly onCheck: () => void;
}

/** The first file that needs somebody; null when all are ready, so that they can be seen at one glance. */
function firstToSee(entries: readonly Entry[]): number | null {
  const faulty = entries.find((entry) => !entry.busy && (!isReady(entry) || blockerOf(entry.plan) !== null || lackingFields(entry.plan, entry.preview).length > 0));
  return faulty?.key ?? null;
}

export function FilesStep({ files, busy, onCheck }: Props) {
  const { t } = useTranslation();
  const { entries } = files;
  const [seen, setSeen] = useState<number | "none" | null>(null);
  const reading = entries.some((entry) => entry.busy);
  const open = seen ?? firstToSee(entries);
  const blocked = entries.some((entry) => !isReady(entry) || blockerOf(entry.plan) !== null);
  const brought = new Set(entries.filter(isReady).map((entry) => entry.plan.form));
  return (
    <div className="import-match">
      {entries.map((entry) => (
        <FileCard
          key={entry.key}
          entry={entry}
          files={files}
          brought={brought}
          open={entries.length === 1 || entry.key === open}
          onToggle={entries.length === 1 ? undefined : () => setSeen(entry.key === open ? "none" : entry.key)}
        />
      ))}
      {entries.length < MOST_FILES ? <DropZone small disabled={reading} onFiles={(chosen) => void files.add(chosen)} /> : <p className="muted">{t("import.file.most", { count: MOST_FILES })}</p>}
      <Sequence entries={entries} />
      <footer className="import-actions">
        <span className="muted">{blocked && !reading ? t("import.match.blocked") : null}</span>
        <Button type="primary" disabled={blocked || reading || entries.length === 0} loading={busy} onClick={onCheck}>{t("import.match.check")}</Button>
      </footer>
    </div>
  );
}

function Sequence({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ready = sequenceOf(entries);
  if (ready.length < 2) return null;
  return (
    <div className="import-sequence">
      <span className="muted">{t("import.match.order")}</span>
      <ol>
        {ready.map((entry) => (
          <li key={entry.key}>{format.label(entry.describe.plural ?? entry.describe.label)} <span className="muted">{entry.name}</span></li>
        ))}
      </ol>
    </div>
  );
}

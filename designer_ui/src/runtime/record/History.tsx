import { IconArrowBackUp, IconArrowNarrowRight, IconFileImport, IconPencil, IconPlus, IconTrash, type Icon } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Describe, HistoryChange, HistoryEntry, Json, RecordRefJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOf } from "@/model/layout";
import { useFormat } from "@/ui/format";
import { useBatchUndo } from "../list/batch/useBatchUndo";
import { LineChanges } from "./LineChanges";

const ICONS: Readonly<Record<string, Icon>> = {
  created: IconPlus, updated: IconPencil, deleted: IconTrash, restored: IconArrowBackUp, imported: IconFileImport,
};

/** What happened to the record once: who changed what, each value as its field shows it. */
export function Entry({ entry, describe, id }: { entry: HistoryEntry; describe: Describe; id: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Shape = ICONS[entry.kind] ?? IconPencil;
  return (
    <li>
      <span className="mark" aria-hidden><Shape size={14} /></span>
      <p>
        <strong>{entry.actor?.name ?? t("record.systemActor")}</strong> {t(`record.history.${entry.kind}`, { defaultValue: entry.kind })}
        <time dateTime={entry.at} title={format.relative(entry.at)}>{format.dateTime(entry.at)}</time>
      </p>
      {entry.kind === "created" || entry.changes.length === 0 ? null : (
        <dl>
          {entry.changes.map((change) => <Change key={change.field} change={change} describe={describe} id={id} />)}
        </dl>
      )}
      {entry.batch ? <Together describe={describe} batch={entry.batch} /> : null}
    </li>
  );
}

/** That others were changed in the same go, and the way to take all of it back. */
function Together({ describe, batch }: { describe: Describe; batch: NonNullable<HistoryEntry["batch"]> }) {
  const { t } = useTranslation();
  const undo = useBatchUndo(describe);
  return (
    <p className="muted">
      {batch.others > 0 ? t("record.history.together", { count: batch.others }) : null} {batch.undone ? t("record.history.undone") : null}
      {batch.may_undo ? <Button type="link" size="small" onClick={() => undo(batch.id)}>{t("record.history.undo")}</Button> : null}
    </p>
  );
}

/** Records that a related list gained or lost. */
function Listed({ app, records }: { app: string; records: readonly Json[] }) {
  const { t } = useTranslation();
  return (
    <>
      {(records as unknown as readonly RecordRefJson[]).map(({ form, id, title }) =>
        title === null ? <span key={id} className="muted">{t("record.link.hidden")}</span> : <Link key={id} to={`/a/${app}/${form}/${id}`}>{title || `#${id}`}</Link>,
      )}
    </>
  );
}

function Change({ change, describe, id }: { change: HistoryChange; describe: Describe; id: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = fieldOf(describe, change.field);
  const place = { app: describe.app, form: describe.key, field: change.field, record: id };
  const show = (value: HistoryChange["old"]) =>
    Array.isArray(value) && !field ? <Listed app={describe.app} records={value as readonly Json[]} /> : field ? <FieldCell value={value} field={field} place={place} blank={t("record.blank")} /> : <>{String(value)}</>;
  if (field && change.lines) return <LineChanges change={change} field={field} lines={change.lines} />;
  return (
    <div>
      <dt>{format.label(change.label)}</dt>
      <dd>
        <span className="old"><span className="sr-only">{t("record.history.old")}</span>{show(change.old)}</span>
        <IconArrowNarrowRight size={14} aria-hidden />
        <span><span className="sr-only">{t("record.history.new")}</span>{show(change.new)}</span>
      </dd>
    </div>
  );
}

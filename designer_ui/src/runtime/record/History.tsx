import { IconArrowBackUp, IconArrowNarrowRight, IconFileImport, IconPencil, IconPlus, IconTrash, type Icon } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useHistory, type Describe, type HistoryChange, type HistoryEntry, type RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOf } from "@/model/layout";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";

const ICONS: Readonly<Record<string, Icon>> = {
  created: IconPlus, updated: IconPencil, deleted: IconTrash, restored: IconArrowBackUp, imported: IconFileImport,
};

/** Who changed what and when, newest first, each value as its field shows it. */
export function History({ describe, record }: { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const history = useHistory(describe.app, describe.key, record.id);
  if (history.isPending) return <Skeleton lines={5} />;
  if (history.isError) return <ErrorView part error={history.error} onRetry={history.refetch} />;
  const entries = history.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <p className="muted">{t("record.history.none")}</p>;
  return (
    <div className="history">
      <ol>
        {entries.map((entry) => <Entry key={entry.id} entry={entry} describe={describe} id={record.id} />)}
      </ol>
      {history.hasNextPage ? (
        <Button type="text" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>{t("ui.loadMore")}</Button>
      ) : null}
    </div>
  );
}

function Entry({ entry, describe, id }: { entry: HistoryEntry; describe: Describe; id: number }) {
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
    </li>
  );
}

function Change({ change, describe, id }: { change: HistoryChange; describe: Describe; id: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = fieldOf(describe, change.field);
  const place = { app: describe.app, form: describe.key, field: change.field, record: id };
  const show = (value: HistoryChange["old"]) =>
    field ? <FieldCell value={value} field={field} place={place} blank={t("record.blank")} /> : <>{String(value)}</>;
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

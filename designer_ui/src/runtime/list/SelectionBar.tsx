/** What can be done with the selected records at once. */
import { useRefreshRecords, type Describe, type ListQuery, type RecordJson } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { ask } from "@/ui/ask";
import { showToast } from "@/ui/toast";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Interrupted, sendBatches } from "./batches";
import type { Meant } from "./batch/calls";
import { loadBatchTexts } from "./batch/texts";
import { useBatchUndo } from "./batch/useBatchUndo";
import type { Selection } from "./grid/useSelection";
import { SelectMatching } from "./SelectMatching";

const BatchDialog = lazy(async () => {
  const [{ BatchDialog: component }] = await Promise.all([import("./batch/BatchDialog"), loadBatchTexts()]);
  return { default: component };
});

interface Props {
  readonly describe: Describe;
  readonly selection: Selection;
  /** The conditions of the list. */
  readonly query: ListQuery;
  /** How many rows have been loaded; `more` when the list goes on. */
  readonly loaded: number;
  readonly more: boolean;
}

export function SelectionBar({ describe, selection, query, loaded, more }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [editing, setEditing] = useState<Meant | null>(null);
  const records = [...selection.records.values()];
  const count = records.length;
  const remove = useRemoving(describe, selection);
  if (count === 0) return null;
  return (
    <div className="list-selection" role="toolbar" aria-label={t("list.select.toolbar")}>
      <strong className="num" role="status">{t("list.select.count", { count, shown: format.number(count) })}</strong>
      {describe.actions.includes("batch") ? <Button size="small" onClick={() => setEditing({ count, ids: records.map(({ id }) => id) })}>{t("list.select.edit")}</Button> : null}
      {describe.actions.includes("delete") ? <Button size="small" danger onClick={() => remove(records)}>{t("ui.delete")}</Button> : null}
      <Button size="small" type="text" onClick={selection.clear}>{t("list.select.clear")}</Button>
      {more && count === loaded ? <SelectMatching app={describe.app} form={describe.key} query={query} selection={selection} onEdit={describe.actions.includes("batch") ? setEditing : undefined} /> : null}
      {editing ? (
        <Suspense fallback={null}>
          <BatchDialog
            describe={describe}
            meant={editing}
            onClose={(done) => {
              setEditing(null);
              if (done) selection.clear();
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Asks, with the number, and deletes; it can be undone by who may restore. */
function useRemoving(describe: Describe, selection: Selection): (records: readonly RecordJson[]) => void {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const refresh = useRefreshRecords();
  const undo = useBatchUndo(describe);
  const { app, key: form } = describe;
  const explain = (error: unknown): string => {
    if (!(error instanceof Interrupted)) return errorText(error);
    const reason = errorText(error.reason);
    return error.done === 0 ? reason : t("list.select.deletedSome", { count: error.done, shown: format.number(error.done), reason });
  };
  return (records) => {
    const numbers = { count: records.length, shown: format.number(records.length) };
    ask({
      title: t("list.select.deleteQuestion", numbers),
      content: t("list.select.deleteText"),
      okText: t("ui.delete"),
      danger: true,
      onOk: async () => {
        try {
          const batches = await sendBatches(app, form, records, (part) => ({ delete: part.map(({ id, revision }) => ({ id, revision })) }));
          const text = t("list.select.deleted", numbers);
          showToast(describe.actions.includes("restore") ? { text, action: { label: t("list.select.undo"), run: () => undo(...batches) } } : { text });
          selection.clear();
        } catch (error) {
          showToast({ text: explain(error) });
          if (error instanceof Interrupted && error.done > 0) selection.clear();
        }
        await refresh();
      },
    });
  };
}

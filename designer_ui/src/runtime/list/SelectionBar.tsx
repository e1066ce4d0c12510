/** What can be done with the selected records at once. */
import { formPath, post, useRefreshRecords, type Describe } from "@/api";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { ask } from "@/ui/ask";
import { showToast } from "@/ui/toast";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Selection } from "./grid/useSelection";

const BatchDialog = lazy(async () => ({ default: (await import("./BatchDialog")).BatchDialog }));

export function SelectionBar({ describe, selection }: { describe: Describe; selection: Selection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const refresh = useRefreshRecords();
  const [editing, setEditing] = useState(false);
  const records = [...selection.records.values()];
  const count = records.length;
  if (count === 0) return null;
  const remove = (): void => {
    ask({
      title: t("list.select.deleteQuestion", { count, shown: format.number(count) }),
      content: t("list.select.deleteText"),
      okText: t("ui.delete"),
      danger: true,
      onOk: async () => {
        try {
          await post(formPath(describe.app, describe.key, "/records/batch"), {
            delete: records.map(({ id, revision }) => ({ id, revision })),
          });
          selection.clear();
          announce(t("list.select.deleted", { count, shown: format.number(count) }));
        } catch (error) {
          showToast({ text: errorText(error) });
        }
        await refresh();
      },
    });
  };
  return (
    <div className="list-selection" role="toolbar" aria-label={t("list.select.toolbar")}>
      <strong className="num" role="status">{t("list.select.count", { count, shown: format.number(count) })}</strong>
      {describe.actions.includes("edit") ? <Button size="small" onClick={() => setEditing(true)}>{t("list.select.edit")}</Button> : null}
      {describe.actions.includes("delete") ? <Button size="small" danger onClick={remove}>{t("ui.delete")}</Button> : null}
      <Button size="small" type="text" onClick={selection.clear}>{t("list.select.clear")}</Button>
      {editing ? (
        <Suspense fallback={null}>
          <BatchDialog
            describe={describe}
            records={records}
            onClose={(done) => {
              setEditing(false);
              if (done) selection.clear();
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

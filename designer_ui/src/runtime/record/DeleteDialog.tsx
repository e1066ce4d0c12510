import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useDeleteRecord, useRestoreRecord, type Describe, type RecordJson } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";
import { DeletionNotes } from "./DeletionNotes";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deleting asks once, and can be undone from the message that follows or from the recycle bin. */
export function DeleteDialog({ describe, record, onClose, onDeleted }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const erase = useDeleteRecord(describe.app, describe.key);
  const restore = useRestoreRecord(describe.app, describe.key);
  const title = record.title || `#${record.id}`;
  // Awaited, not given as callbacks: this dialog is long gone when somebody undoes.
  const undo = () =>
    void restore.mutateAsync(record.id).then(
      () => navigate(`/a/${describe.app}/${describe.key}/${record.id}`),
      (error: unknown) => showToast({ text: errorText(error) }),
    );
  const run = () =>
    erase.mutate(
      { id: record.id, revision: record.revision },
      {
        onSuccess: () => {
          onDeleted();
          const text = t("record.deleted", { title });
          showToast(describe.actions.includes("restore") ? { text, action: { label: t("record.undo"), run: undo } } : { text });
        },
      },
    );
  return (
    <Dialog
      title={t("record.delete.title", { title })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} autoFocus>{t("ui.cancel")}</Button>
          <Button type="primary" danger className="solid-danger" loading={erase.isPending} onClick={run}>{t("ui.delete")}</Button>
        </>
      }
    >
      <p>{t("record.delete.help")}</p>
      <DeletionNotes describe={describe} record={record} />
      <p role="alert" className="form-issue">{erase.isError ? errorText(erase.error) : ""}</p>
    </Dialog>
  );
}

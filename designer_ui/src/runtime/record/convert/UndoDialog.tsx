import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useUndoConversion, type Describe, type DoneConversion, type RecordJson } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly done: DoneConversion;
  readonly onClose: () => void;
}

/** Says what undoing a conversion deletes, and then why it cannot be undone when something depends on that. */
export default function UndoDialog({ describe, record, done, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const undo = useUndoConversion(describe.app, describe.key, record.id);
  const made = done.targets.filter(({ created }) => created);
  const run = () =>
    undo.mutate(done.key, {
      onSuccess: () => {
        onClose();
        showToast({ text: t("convert.undone") });
      },
    });
  return (
    <Dialog
      title={t("convert.undoTitle", { action: format.label(done.label) })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} autoFocus>{t("ui.cancel")}</Button>
          <Button type="primary" danger className="solid-danger" loading={undo.isPending} onClick={run}>{t("record.undo")}</Button>
        </>
      }
    >
      <p>{made.length ? t("convert.undoHelp") : t("convert.undoNothing")}</p>
      <ul className="undo-made">
        {made.map((target) => (
          <li key={target.key}>
            <span className="muted">{format.label(target.label)}</span> {target.record ? target.record.title || `#${target.record.id}` : t("record.link.hidden")}
          </li>
        ))}
      </ul>
      {made.length < done.targets.length ? <p className="muted">{t("convert.keepHelp")}</p> : null}
      <p role="alert" className="form-issue">{undo.isError ? errorText(undo.error) : ""}</p>
    </Dialog>
  );
}

import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { announce } from "@/ui/announce";
import { FileButton } from "../parts/FileButton";
import { FileProblems } from "../parts/FileProblems";
import { useImportCalendar } from "./calls";

/** Takes holidays and make-up days from a file, after showing what they change. */
export function CalendarImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const check = useImportCalendar();
  const run = useImportCalendar();
  const read = (chosen: File): void => {
    setFile(chosen);
    run.reset();
    check.mutate({ file: chosen, dryRun: true });
  };
  const found = check.data;
  const apply = (): void => {
    if (!file) return;
    run.mutate({ file, dryRun: false }, {
      onSuccess: () => {
        announce(t("settings.calendar.imported"));
        onClose();
      },
    });
  };
  return (
    <Dialog
      title={t("settings.calendar.import")}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={!found || found.added + found.changed === 0} loading={run.isPending} onClick={apply}>{t("settings.file.apply")}</Button>
        </>
      }
    >
      <div className="set-form">
        <p>{t("settings.calendar.importHelp")}</p>
        <p className="set-line">
          <FileButton label={t("settings.file.choose")} loading={check.isPending} onFile={read} />
          <span>{file?.name}</span>
        </p>
        {found ? <p role="status">{t("settings.calendar.found", { added: found.added, changed: found.changed, unchanged: found.unchanged })}</p> : null}
        <FileProblems error={run.error ?? check.error} />
      </div>
    </Dialog>
  );
}

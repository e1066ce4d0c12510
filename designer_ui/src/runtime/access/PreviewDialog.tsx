import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreview, type FieldInfo, type Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { personId } from "./person";

/** An administrator chooses through whose eyes to look at the workspace. */
export default function PreviewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const preview = usePreview();
  const [person, setPerson] = useState<Json>(null);
  const user = personId(person);
  const field: FieldInfo = { type: "user", label: { en: t("shell.preview.person"), zh: t("shell.preview.person") }, settings: { external: true } };
  return (
    <Dialog
      title={t("shell.preview.title")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={user === null} loading={preview.isPending} onClick={() => preview.mutate(user)}>{t("shell.preview.start")}</Button>
        </>
      }
    >
      <p>{t("shell.preview.help")}</p>
      <div className="form-field"><label htmlFor="preview-person" className="form-label">{t("shell.preview.person")}</label></div>
      <FieldInput id="preview-person" value={person} onChange={setPerson} field={field} place={{ app: "", form: "", field: "owner" }} label={t("shell.preview.person")} autoFocus />
      <p role="alert" className="form-issue">{preview.isError ? errorText(preview.error) : ""}</p>
    </Dialog>
  );
}

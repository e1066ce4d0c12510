import { Button, Switch } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useNotificationSettings, useSaveNotificationSettings } from "./calls";

/** Of which kinds of things one is told by mail, too. */
export function MailDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const settings = useNotificationSettings();
  const save = useSaveNotificationSettings();
  const mail = save.variables?.mail ?? settings.data?.mail ?? {};
  return (
    <Dialog title={t("notifications.mail")} onClose={onClose} footer={<Button type="primary" onClick={onClose}>{t("ui.close")}</Button>}>
      <p>{t("notifications.mailHelp")}</p>
      {settings.isError ? <ErrorView part error={settings.error} onRetry={settings.refetch} /> : settings.isPending ? <Skeleton lines={5} /> : (
        <ul className="notification-kinds">
          {Object.entries(mail).map(([kind, on]) => (
            <li key={kind}>
              <label htmlFor={`${id}-${kind}`}>{t(`notifications.kind.${kind}`, { defaultValue: kind })}</label>
              <Switch id={`${id}-${kind}`} checked={on} onChange={(next) => save.mutate({ mail: { ...mail, [kind]: next } })} />
            </li>
          ))}
        </ul>
      )}
      <p role="alert" className="form-issue">{save.isError ? errorText(save.error) : ""}</p>
    </Dialog>
  );
}

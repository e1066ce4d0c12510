import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { PersonAccess } from "../people/PersonAccess";
import type { Person } from "../types";

/** Somebody of a partner company: whether he may come in, and how he gets a password. */
export function ContactDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={person.name} className="set-dialog" onClose={onClose} footer={<Button type="primary" onClick={onClose}>{t("settings.done")}</Button>}>
      <p className="muted">{person.email}</p>
      <PersonAccess person={person} />
    </Dialog>
  );
}

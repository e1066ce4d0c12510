import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { Logo } from "@/ui/Logo";
import { NavigationList } from "./NavigationList";

/** The menu on a small screen: slides over the page. */
export function NavigationDrawer({ app, onClose }: { app: string; onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-label={t("shell.menu")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <header>
        <Logo />
        <strong>Joinery</strong>
        <IconButton label={t("ui.close")} onClick={onClose}><IconX size={20} aria-hidden /></IconButton>
      </header>
      <nav aria-label={t("shell.menu")}>
        <NavigationList app={app} narrow={false} onGo={onClose} />
      </nav>
    </dialog>
  );
}

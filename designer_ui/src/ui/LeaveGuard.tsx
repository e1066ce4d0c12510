import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";
import { Dialog } from "./Dialog";

/** Asks before a page with unsaved changes is left, by link, back button or closing the tab. */
export function LeaveGuard({ active }: { active: () => boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) => active() && (from.pathname !== to.pathname || from.search !== to.search),
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (active()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
  if (blocker.state !== "blocked") return null;
  return (
    <Dialog
      title={t("ui.leave.title")}
      onClose={() => blocker.reset()}
      footer={
        <>
          <Button danger onClick={() => blocker.proceed()}>{t("ui.leave.discard")}</Button>
          <Button type="primary" autoFocus onClick={() => blocker.reset()}>{t("ui.leave.stay")}</Button>
        </>
      }
    >
      {t("ui.leave.help")}
    </Dialog>
  );
}

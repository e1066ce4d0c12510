import { useTranslation } from "react-i18next";
import { useSession } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { Logo } from "@/ui/Logo";

/** What this is: the product, its version, and whose work it stands on. */
export default function AboutDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const workspace = useSession().data?.workspace;
  return (
    <Dialog title={t("shell.about.title")} className="about" onClose={onClose}>
      <div className="about-head">
        <Logo size={40} />
        <div>
          <strong>Joinery</strong>
          <span className="muted num">{t("shell.about.version", { version: __VERSION__ })}</span>
        </div>
      </div>
      <dl>
        {workspace ? (
          <>
            <dt>{t("shell.about.workspace")}</dt>
            <dd>{workspace.name}</dd>
            <dt>{t("shell.about.timeZone")}</dt>
            <dd>{workspace.time_zone}</dd>
          </>
        ) : null}
        <dt>{t("shell.about.licence")}</dt>
        <dd>Apache-2.0</dd>
      </dl>
      <a href="/THIRD_PARTY_LICENSES.txt" target="_blank" rel="noreferrer">{t("shell.about.others")}</a>
    </Dialog>
  );
}

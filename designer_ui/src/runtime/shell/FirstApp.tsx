import { IconBriefcase, IconTargetArrow, IconUserPlus, IconUsersGroup } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useInstallSuite, useSession } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useTitle } from "@/ui/useTitle";

/** The suite that comes with the product. */
const SUITE = "crm_ltc";

const PARTS = [
  { key: "marketing", icon: IconTargetArrow },
  { key: "leads", icon: IconUserPlus },
  { key: "accounts", icon: IconUsersGroup },
  { key: "opportunities", icon: IconBriefcase },
] as const;

/** An empty workspace greets its administrator: what there is to install, and one button that does it. */
export default function FirstApp() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const errorText = useErrorText();
  const install = useInstallSuite();
  useTitle(t("shell.first.title"));
  const run = () => install.mutate(SUITE, { onSuccess: ({ app }) => void navigate(`/a/${app}`, { replace: true }) });
  return (
    <div className="first">
      <h1>{t("shell.first.welcome", { name: session.data?.user?.name })}</h1>
      <p>{t("shell.first.lead")}</p>
      <section className="first-suite" aria-labelledby="first-suite">
        <header>
          <span className="first-icon tone-blue"><IconBriefcase size={24} aria-hidden /></span>
          <h2 id="first-suite">{t("shell.first.suite")}</h2>
        </header>
        <p>{t("shell.first.about")}</p>
        <ul>
          {PARTS.map(({ key, icon: Shape }) => (
            <li key={key}>
              <Shape size={18} aria-hidden />
              <span><strong>{t(`shell.first.parts.${key}.title`)}</strong>{t(`shell.first.parts.${key}.text`)}</span>
            </li>
          ))}
        </ul>
        <footer>
          <Button type="primary" size="large" loading={install.isPending} onClick={run}>
            {t(install.isPending ? "shell.first.installing" : "shell.first.install")}
          </Button>
          <p role="status" className="muted">{install.isPending ? t("shell.first.wait") : t("shell.first.later")}</p>
        </footer>
        <p role="alert" className="first-error">{install.isError ? errorText(install.error) : ""}</p>
      </section>
      <p className="muted">{t("shell.first.own")} <code>joinery suite install FILE</code></p>
    </div>
  );
}

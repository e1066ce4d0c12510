import { IconFilterCog, IconListDetails, IconMathFunction, IconSitemap, IconUserShield, IconVersions } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

interface Props {
  readonly app: string;
  readonly narrow: boolean;
  readonly onGo: (() => void) | undefined;
}

/** Where administrators change the app itself. */
export default function DesignLinks({ app, narrow, onGo }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const design = `/a/${encodeURIComponent(app)}/design`;
  const pages = [
    { to: `${design}/formulas`, label: t("shell.formulas"), Icon: IconMathFunction },
    { to: `${design}/conditions`, label: t("shell.conditions"), Icon: IconFilterCog },
    { to: `${design}/workflows`, label: t("shell.workflows"), Icon: IconSitemap },
    { to: `${design}/permissions`, label: t("shell.permissions"), Icon: IconUserShield },
    { to: `${design}/upgrade`, label: t("shell.upgrade"), Icon: IconVersions },
    { to: `/a/${encodeURIComponent(app)}/-/workflows`, label: t("shell.runs"), Icon: IconListDetails },
  ];
  return (
    <li className="navigation-group">
      {narrow ? <hr aria-label={t("shell.design")} /> : <h2>{t("shell.design")}</h2>}
      <ul>
        {pages.map(({ to, label, Icon }) => (
          <li key={to}>
            <Link to={to} className="navigation-item" aria-current={pathname.startsWith(to) ? "page" : undefined} title={label} onClick={onGo}>
              <Icon size={18} stroke={1.6} aria-hidden />
              <span className={narrow ? "sr-only" : "ellipsis"}>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

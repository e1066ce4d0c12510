import { IconMathFunction } from "@tabler/icons-react";
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
  const to = `/a/${encodeURIComponent(app)}/design/formulas`;
  const label = t("shell.formulas");
  return (
    <li className="navigation-group">
      {narrow ? <hr aria-label={t("shell.design")} /> : <h2>{t("shell.design")}</h2>}
      <ul>
        <li>
          <Link to={to} className="navigation-item" aria-current={pathname.startsWith(to) ? "page" : undefined} title={label} onClick={onGo}>
            <IconMathFunction size={18} stroke={1.6} aria-hidden />
            <span className={narrow ? "sr-only" : "ellipsis"}>{label}</span>
          </Link>
        </li>
      </ul>
    </li>
  );
}

import type { ReactNode } from "react";
import { IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Logo } from "@/ui/Logo";
import { usePreferences } from "@/ui/preferences";
import { SignInPicture } from "./SignInPicture";
import "./signin.css";

/** The page before somebody is signed in: the form, and beside it what the product is. */
export function SignInFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { language, wishLanguage } = usePreferences();
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <div className="signin">
      <main>
        <header>
          <Logo size={32} />
          <strong>Joinery</strong>
          <button type="button" className="signin-language" lang={other} onClick={() => wishLanguage(other)}>
            <IconLanguage size={16} aria-hidden />
            {other === "en" ? "English" : "简体中文"}
          </button>
        </header>
        <div className="signin-box">
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
          {children}
        </div>
      </main>
      <aside>
        <SignInPicture />
        <h2>{t("signin.claim")}</h2>
        <p>{t("signin.claimHelp")}</p>
      </aside>
    </div>
  );
}

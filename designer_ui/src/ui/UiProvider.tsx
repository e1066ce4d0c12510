import { ConfigProvider } from "antd";
import { Suspense, lazy, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from "react";
import { LiveRegion } from "./LiveRegion";
import { ToastRegion } from "./ToastRegion";
import { useQuestion } from "./ask";
import { FormatContext, makeFormat } from "./format";
import { antdLocale, showLanguage } from "./i18n/setup";
import { usePreferences } from "./preferences";
import { pageNonce } from "./nonce";
import { antdTheme } from "./theme";
import { useMedia } from "./useMedia";
import "./tokens.css";
import "./parts.css";

const QuestionDialog = lazy(() => import("./QuestionDialog"));

function QuestionRegion() {
  const question = useQuestion((state) => state.question);
  return question ? <Suspense fallback={null}><QuestionDialog question={question} /></Suspense> : null;
}

export function useDark(): boolean {
  const theme = usePreferences((state) => state.theme);
  const system = useMedia("(prefers-color-scheme: dark)");
  return theme === "dark" || (theme === "system" && system);
}

/** Theme, language and formats for everything inside. */
export function UiProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const dark = useDark();
  const wanted = usePreferences((state) => state.language);
  const [language, setLanguage] = useState(wanted);
  useEffect(() => {
    let current = true;
    void showLanguage(wanted).then(() => {
      if (current) setLanguage(wanted);
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const theme = useMemo(() => antdTheme(dark, still), [dark, still]);
  const csp = useMemo(() => ({ nonce: pageNonce() }), []);
  const format = useMemo(() => makeFormat(language, timeZone), [language, timeZone]);
  const locale = antdLocale(language);
  return (
    <ConfigProvider theme={theme} csp={csp} button={{ autoInsertSpace: false }} {...(locale ? { locale } : {})}>
      <FormatContext value={format}>
        {children}
        <LiveRegion />
        <ToastRegion />
        <QuestionRegion />
      </FormatContext>
    </ConfigProvider>
  );
}

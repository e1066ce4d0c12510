import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { NavigationList } from "./NavigationList";

const STORAGE = "joinery.navigation";

function remembered(): boolean {
  try {
    return localStorage.getItem(STORAGE) === "narrow";
  } catch {
    return false;
  }
}

/** The app's menu beside the page; narrow it shows icons only. */
export function Navigation({ app }: { app: string }) {
  const { t } = useTranslation();
  const [narrow, setNarrow] = useState(remembered);
  const toggle = () => {
    setNarrow(!narrow);
    try {
      localStorage.setItem(STORAGE, narrow ? "wide" : "narrow");
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return (
    <nav className={`navigation ${narrow ? "narrow" : ""}`} aria-label={t("shell.menu")}>
      <NavigationList app={app} narrow={narrow} />
      <div className="navigation-foot">
        <IconButton label={narrow ? t("shell.widen") : t("shell.narrow")} onClick={toggle} aria-expanded={undefined}>
          {narrow ? <IconLayoutSidebarLeftExpand size={18} aria-hidden /> : <IconLayoutSidebarLeftCollapse size={18} aria-hidden />}
        </IconButton>
      </div>
    </nav>
  );
}

import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { DuplicateMatch } from "@/api";
import { ask } from "@/ui/ask";
import { MatchList } from "./MatchList";

/** A save was refused because the record is probably there already: shows what was found and lets save all the same. */
export function askAboutDuplicates(t: TFunction, app: string, matches: readonly DuplicateMatch[], saveAnyway: () => void): void {
  ask({
    title: t("record.duplicates.title"),
    content: <Matches app={app} matches={matches} />,
    okText: t("record.duplicates.save"),
    cancelText: t("record.duplicates.back"),
    onOk: saveAnyway,
  });
}

function Matches({ app, matches }: { app: string; matches: readonly DuplicateMatch[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t("record.duplicates.help")}</p>
      <MatchList app={app} matches={matches} />
    </>
  );
}

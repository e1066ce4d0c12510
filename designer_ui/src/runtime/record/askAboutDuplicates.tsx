import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { DuplicateMatch } from "@/api";
import { ask } from "@/ui/ask";
import { useFormat } from "@/ui/format";
import "./duplicates.css";

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

/** Drawn outside the router, hence plain links. */
function Matches({ app, matches }: { app: string; matches: readonly DuplicateMatch[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <p>{t("record.duplicates.help")}</p>
      <ul className="duplicates">
        {matches.map((match, place) => {
          const { record, form } = match;
          const title = record ? record.title || `#${record.id}` : match.title || t("record.duplicates.hidden");
          return (
            <li key={place}>
              {record && form ? (
                <a href={`/a/${app}/${form}/${record.id}`} target="_blank" rel="noreferrer" aria-label={t("record.duplicates.newTab", { title })}>{title}</a>
              ) : (
                <span>{title}</span>
              )}
              <span className="muted">
                {[match.form_label, match.label].filter((label) => label !== null).map((label) => format.label(label)).join(" · ")}
                {match.owner ? ` · ${t("record.duplicates.owner", { name: match.owner.name })}` : ""}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

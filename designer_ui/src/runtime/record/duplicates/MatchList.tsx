import { useTranslation } from "react-i18next";
import type { DuplicateMatch } from "@/api";
import { useFormat } from "@/ui/format";
import "./duplicates.css";

/** Records that are probably the same, as far as the reader may know them. Drawn outside the router too, hence plain links. */
export function MatchList({ app, matches }: { app: string; matches: readonly DuplicateMatch[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
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
  );
}

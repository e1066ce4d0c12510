import { useTranslation } from "react-i18next";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import type { AuditEntry } from "./calls";
import "./audit.css";

/** Entries of the log: a table, on the phone cards; what changed opens below an entry. */
export function AuditList({ entries, label }: { entries: readonly AuditEntry[]; label: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  if (phone) {
    return (
      <ul className="set-cards" aria-label={label}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <span><strong>{entry.actor.name}</strong> {format.label(entry.label)}</span>
            <time className="muted" dateTime={entry.at}>{format.dateTime(entry.at)}</time>
            <p>{entry.about}</p>
            <Changes entry={entry} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className="set-table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>{["at", "who", "what", "subject", "address"].map((column) => <th key={column} scope="col">{t(`settings.audit.${column}`)}</th>)}</tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td><time dateTime={entry.at}>{format.dateTime(entry.at)}</time></td>
              <td>{entry.actor.name}</td>
              <td>{format.label(entry.label)}</td>
              <td>{entry.about}<Changes entry={entry} /></td>
              <td className="muted">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was there before and after, by the names people know; told only of entries that have it. */
function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (entry.details.length === 0) return null;
  return (
    <details className="audit-changes">
      <summary>{t("settings.audit.details")}</summary>
      <dl>
        {entry.details.map((detail) => {
          const { label, before, after } = detail.moment ? { ...detail, before: detail.before && format.dateTime(detail.before), after: detail.after && format.dateTime(detail.after) } : detail;
          return (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {before === null ? null : <del><span className="sr-only">{t("settings.audit.before")} </span>{before}</del>}
              {after === null ? null : <ins><span className="sr-only">{t("settings.audit.after")} </span>{after}</ins>}
            </dd>
          </div>
          );
        })}
      </dl>
    </details>
  );
}

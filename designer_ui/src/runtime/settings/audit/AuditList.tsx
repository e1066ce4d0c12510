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
            <p>{entry.subject}</p>
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
              <td>{entry.subject}<Changes entry={entry} /></td>
              <td className="muted">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was there before and after, by name; told only of entries that have it. */
function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { before, after } = entry;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((name) => name !== "id");
  if (names.length === 0) return null;
  return (
    <details className="audit-changes">
      <summary>{t("settings.audit.details")}</summary>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {before && name in before ? <del>{textOf(before[name])}</del> : null}
              {after && name in after ? <ins>{textOf(after[name])}</ins> : null}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "—";
  return typeof value === "string" ? value : JSON.stringify(value);
}

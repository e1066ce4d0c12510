import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDeletion, type DeletionPart, type Describe, type RecordJson } from "@/api";
import { useFormat } from "@/ui/format";

/** What deleting a record does to others, before it happens. */
export function DeletionNotes({ describe, record }: { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const found = useDeletion(describe.app, describe.key, record.id).data;
  if (!found) return null;
  return (
    <>
      <Part app={describe.app} title={t("record.delete.blockers")} parts={found.blockers} />
      <Part app={describe.app} title={t("record.delete.along")} parts={found.along} />
      <Part app={describe.app} title={t("record.delete.lines")} parts={found.lines} />
      <Part app={describe.app} title={t("record.delete.unlinked")} parts={found.unlinked} />
      {found.hidden ? <p className="muted">{t("record.delete.hidden")}</p> : null}
    </>
  );
}

function Part({ app, title, parts }: { app: string; title: string; parts: readonly DeletionPart[] }) {
  const format = useFormat();
  if (parts.length === 0) return null;
  return (
    <section className="deletion-part">
      <h3>{title}</h3>
      <ul>
        {parts.map((part) => (
          <li key={part.form}>
            <strong>{format.label(part.label)}</strong> <span className="muted num">{format.number(part.count)}</span>{" "}
            {part.records.map((one) => (
              <Link key={one.id} className="f-chip" to={`/a/${app}/${part.form}/${one.id}`}>{one.title || `#${one.id}`}</Link>
            ))}
            {part.count > part.records.length ? " …" : ""}
          </li>
        ))}
      </ul>
    </section>
  );
}

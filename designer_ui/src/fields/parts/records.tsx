import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Json, RecordRefJson, RelationJson } from "@/api";

/** A related record in any of its JSON forms: {id, title}, or the bare id before the server answered. */
export function recordOf(value: Json): RelationJson {
  if (typeof value === "object" && value !== null && "id" in value) {
    const title = value["title"];
    return { id: Number(value["id"]), title: typeof title === "string" ? title : null };
  }
  return { id: Number(value), title: `#${String(value)}` };
}

export function recordsOf(value: Json): readonly RelationJson[] {
  return Array.isArray(value) ? value.map(recordOf) : value === null ? [] : [recordOf(value)];
}

/** A record of one of several forms; null where none is chosen. */
export function recordRefOf(value: Json): RecordRefJson | null {
  if (typeof value !== "object" || value === null || !("form" in value)) return null;
  return { form: String(value["form"]), ...recordOf(value) };
}

/** Leads to a record; without a title the reader may not see it, and a link would lead nowhere. */
export function RecordLink({ app, form, record }: { app: string; form: string; record: RelationJson }) {
  const { t } = useTranslation();
  if (record.title === null) return <span className="muted">{t("fields.hiddenRecord")}</span>;
  return (
    <Link to={`/a/${app}/${form}/${record.id}`} title={record.title} onClick={(event) => event.stopPropagation()}>
      {record.title || `#${record.id}`}
    </Link>
  );
}

import { useEffect, useRef } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { keys, type Describe } from "@/api";
import { useFormat } from "@/ui/format";
import "./updating.css";

const MOST_NAMES = 3;

/**
 * Says which fields a job is still bringing up to date; when it has finished, the values are fetched anew. It comes
 * and goes while people work: it floats, or stands in a line that is there anyway, and moves nothing.
 */
export function Updating({ describe }: { readonly describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { app, key, updating } = describe;
  const before = useRef(updating.length > 0);
  useEffect(() => {
    if (before.current && !updating.length) void client.invalidateQueries({ queryKey: keys.form(app, key) });
    before.current = updating.length > 0;
  }, [client, app, key, updating]);
  if (!updating.length) return null;
  const names = updating.slice(0, MOST_NAMES).map((field) => format.label(describe.fields[field]?.label ?? describe.label));
  const more = updating.length - names.length;
  const fields = names.join(t("list.between"));
  return (
    <p className="updating" role="status" title={t(more ? "list.updatingMore" : "list.updating", { fields, more })}>
      <IconLoader2 size={16} aria-hidden />
      <span>{t(more ? "list.updatingMore" : "list.updating", { fields, more })}</span>
    </p>
  );
}

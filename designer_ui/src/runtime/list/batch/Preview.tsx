/** What a batch edit would do: how many records change, which cannot be and why, and some before and after. */
import type { Describe, HistoryChange } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { useFormat } from "@/ui/format";
import { IconArrowNarrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../fields";
import type { BatchEdited } from "./calls";

const MOST_SHOWN = 5;

export function Preview({ describe, preview }: { readonly describe: Describe; readonly preview: BatchEdited }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { changed, unchanged, not_allowed: refused, wrong, issues, titles, samples } = preview;
  const told = (word: string, count: number) => (count > 0 ? <li key={word}>{t(`batch.preview.${word}`, { count, shown: format.number(count) })}</li> : null);
  return (
    <section className="batch-preview" aria-label={t("batch.preview.title")}>
      <ul role="status" className="batch-counts">
        <li><strong>{t("batch.preview.changed", { count: changed, shown: format.number(changed) })}</strong></li>
        {told("unchanged", unchanged)}
        {told("wrong", wrong)}
        {told("refused", refused)}
      </ul>
      {issues.length > 0 ? (
        <ul className="list-problems">
          {issues.slice(0, MOST_SHOWN).map((issue) => (
            <li key={issue.path + issue.code} className="list-problem">
              {titles[issue.path.split("/")[2] ?? ""] ?? `#${issue.path.split("/")[2] ?? ""}`}: {issue.message}
            </li>
          ))}
          {issues.length > MOST_SHOWN ? <li>{t("batch.preview.others", { count: issues.length - MOST_SHOWN })}</li> : null}
        </ul>
      ) : null}
      {samples.length > 0 ? (
        <ul className="batch-samples">
          {samples.slice(0, MOST_SHOWN).map(({ id, title, changes }) => (
            <li key={id}>
              <strong>{title || `#${id}`}</strong>
              {changes.map((change) => <Change key={change.field} describe={describe} change={change} />)}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Change({ describe, change }: { readonly describe: Describe; readonly change: HistoryChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = fieldsOf(describe)[change.field];
  if (!field) return null;
  const place = { app: describe.app, form: describe.key, field: change.field };
  return (
    <span className="batch-change">
      <span className="muted">{format.label(field.label)}</span>
      <FieldCell value={change.old} field={field} place={place} blank={t("batch.preview.blank")} />
      <IconArrowNarrowRight size={14} role="img" aria-label={t("batch.preview.becomes")} />
      <FieldCell value={change.new} field={field} place={place} blank={t("batch.preview.blank")} />
    </span>
  );
}

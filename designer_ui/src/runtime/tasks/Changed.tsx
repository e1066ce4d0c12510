import { IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Describe } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOf } from "@/model/layout";
import { useFormat } from "@/ui/format";
import type { ChangedField } from "./types";

/** What is different since this person last decided: so that nobody has to read everything again. */
export function Changed({ changed, describe, record }: { changed: readonly ChangedField[]; describe: Describe; record: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = changed.flatMap((one) => {
    const field = fieldOf(describe, one.field);
    return field ? [{ ...one, info: field }] : [];
  });
  if (known.length === 0) return null;
  return (
    <section className="card padded task-changed" aria-labelledby="task-changed">
      <h2 id="task-changed">{t("tasks.changed", { count: known.length })}</h2>
      <dl>
        {known.map(({ field, before, after, by, at, info }) => {
          const place = { app: describe.app, form: describe.key, field, record };
          return (
            <div key={field}>
              <dt>{format.label(info.label)}</dt>
              <dd>
                <span className="old"><FieldCell value={before} field={info} place={place} blank="—" /></span>
                <IconArrowRight size={14} aria-label={t("tasks.becomes")} />
                <span><FieldCell value={after} field={info} place={place} blank="—" /></span>
                <small className="muted">{by?.name} · {format.relative(at)}</small>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

import { IconArrowsExchange } from "@tabler/icons-react";
import { Button } from "antd";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { conversionsOf, type Describe, type DoneConversion, type PersonJson, type RecordJson } from "@/api";
import { useFormat } from "@/ui/format";
import { UndoDialog } from "./convert/onDemand";

/** What a record became, with the way back while there is one; and the record it was made of. */
export function ConversionNotes({ describe, record }: { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [undoing, setUndoing] = useState<DoneConversion | null>(null);
  const { done, made_by: origins } = conversionsOf(record);
  if (done.length + origins.length === 0) return null;
  return (
    <section className="conversion-notes" aria-label={t("record.conversion.title")}>
      {done.map((one) => (
        <div key={one.key} className="conversion-note">
          <IconArrowsExchange size={16} aria-hidden />
          <span className="conversion-label">{one.label ? format.label(one.label) : t("record.conversion.title")}</span>
          {one.targets.map((target) => (
            <span key={target.key} className="conversion-target">
              <span className="muted">{format.label(target.label)}</span>
              {target.record ? (
                <Link to={`/a/${describe.app}/${target.form}/${target.record.id}`}>{target.record.title || `#${target.record.id}`}</Link>
              ) : (
                <span className="muted">{t("record.link.hidden")}</span>
              )}
            </span>
          ))}
          <Who by={one.by} at={one.at} />
          {one.can_undo ? <Button size="small" onClick={() => setUndoing(one)}>{t("record.undo")}</Button> : null}
        </div>
      ))}
      {origins.map((origin) => (
        <div key={`${origin.form}/${origin.record.id}/${origin.key}`} className="conversion-note">
          <IconArrowsExchange size={16} aria-hidden />
          <span className="conversion-label">{t(origin.created ? "record.conversion.madeOf" : "record.conversion.linkedBy")}</span>
          <span className="conversion-target">
            <span className="muted">{format.label(origin.form_label)}</span>
            <Link to={`/a/${describe.app}/${origin.form}/${origin.record.id}`}>{origin.record.title || `#${origin.record.id}`}</Link>
          </span>
          <Who by={origin.by} at={origin.at} />
        </div>
      ))}
      {undoing ? (
        <Suspense fallback={null}>
          <UndoDialog describe={describe} record={record} done={undoing} onClose={() => setUndoing(null)} />
        </Suspense>
      ) : null}
    </section>
  );
}

function Who({ by, at }: { by: PersonJson | null; at: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="muted conversion-who">
      {by?.name ?? t("record.systemActor")}, <time dateTime={at} title={format.dateTime(at)}>{format.relative(at)}</time>
    </span>
  );
}

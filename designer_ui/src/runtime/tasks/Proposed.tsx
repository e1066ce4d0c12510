import { IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Describe } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOf } from "@/model/layout";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import type { InstanceJson } from "./types";

/** What would become of the record once the workflow approves: what stands there now beside what would. */
export function Proposed({ instance, describe }: { instance: InstanceJson; describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { proposal } = instance;
  if (!proposal) return null;
  const known = proposal.fields.flatMap((one) => {
    const field = fieldOf(describe, one.field);
    return field ? [{ ...one, info: field }] : [];
  });
  const state = instance.ended_at === null ? "waits" : instance.status === "approved" ? "saved" : "dropped";
  const id = `proposed-${instance.id}`;
  return (
    <section className="card padded task-changed task-proposed" aria-labelledby={id}>
      <h2 id={id}>{t(`tasks.proposal.${proposal.new ? "new" : "change"}.${state}`)}</h2>
      <dl>
        {known.map(({ field, before, after, conflict, info }) => {
          const place = { app: describe.app, form: describe.key, field, record: instance.record.id ?? undefined };
          return (
            <div key={field}>
              <dt>{format.label(info.label)}</dt>
              <dd>
                {proposal.new || state !== "waits" ? null : (
                  <>
                    <span className="old"><FieldCell value={before} field={info} place={place} blank="—" /></span>
                    <IconArrowRight size={14} aria-label={t("tasks.becomes")} />
                  </>
                )}
                <span><FieldCell value={after} field={info} place={place} blank="—" /></span>
                {conflict ? <Tag color="amber">{t("tasks.proposal.conflict")}</Tag> : null}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

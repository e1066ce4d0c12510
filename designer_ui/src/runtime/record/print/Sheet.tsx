import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession, type Describe, type RecordJson } from "@/api";
import { type SectionPlan } from "@/model/layout";
import { planPage } from "@/model/page";
import { useFormat } from "@/ui/format";
import { Details } from "../Details";
import { RecordFacts } from "../RecordFacts";
import { useLiveRules } from "../useLiveRules";
import "../record.css";
import "./print.css";

const NOTHING = {};

/** On paper every section is open at first; what the reader folds away is not printed. */
const opened = (sections: readonly SectionPlan[]): readonly SectionPlan[] => sections.map((plan) => (plan.section ? { ...plan, section: { ...plan.section, collapsed: false } } : plan));

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  /** What paper it is, at its head; only what the form is called when missing. */
  readonly kind?: string | undefined;
  /** What stands between the fields and the foot. */
  readonly children?: ReactNode;
}

/** A record as it is printed: every field that its reader may see, and at the foot who printed it when. */
export function Sheet({ describe, record, kind, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [at] = useState(() => new Date().toISOString());
  const name = useSession().data?.user?.name ?? "";
  const { prepared } = useLiveRules({ app: describe.app, form: describe.key, id: record.id, live: describe.live && describe.actions.includes("edit") }, NOTHING);
  // On paper nothing is changed.
  const reading = useMemo<Describe>(() => ({ ...describe, actions: ["view"] }), [describe]);
  const tabs = planPage(reading).flatMap(({ key, label, blocks }) => {
    const fields = blocks.filter((block) => block.kind === "fields");
    return fields.length ? [{ key, label, fields }] : [];
  });
  return (
    <article className="print-sheet">
      <header>
        {kind ? <p className="print-kind">{kind}</p> : <p className="muted">{format.label(describe.label)}</p>}
        <h1>{record.title || (record.id ? `#${record.id}` : format.label(describe.label))}</h1>
        <RecordFacts describe={describe} record={record} />
      </header>
      {tabs.map(({ key, label, fields }, index) => (
        <div key={key} className="print-part">
          {label && tabs.length > 1 ? <p className="print-tab">{format.label(label)}</p> : null}
          {fields.map((block, place) => (
            <Details key={place} describe={reading} record={record} sections={opened(block.sections)} prepared={prepared} last={index === tabs.length - 1 && place === fields.length - 1} />
          ))}
        </div>
      ))}
      {children}
      <footer className="muted">{t("print.by", { name, at: format.dateTime(at) })}</footer>
    </article>
  );
}

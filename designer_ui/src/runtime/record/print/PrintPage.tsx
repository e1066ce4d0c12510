import { IconArrowLeft, IconLock, IconPrinter } from "@tabler/icons-react";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ApiError, useDescribe, useRecord, useSession, type Describe, type RecordJson } from "@/api";
import { type SectionPlan } from "@/model/layout";
import { planPage } from "@/model/page";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { Details } from "../Details";
import { RecordFacts } from "../RecordFacts";
import { useLiveRules } from "../useLiveRules";
import "../record.css";
import "./print.css";

const NOTHING = {};

/** On paper every section is open at first; what the reader folds away is not printed. */
const opened = (sections: readonly SectionPlan[]): readonly SectionPlan[] => sections.map((plan) => (plan.section ? { ...plan, section: { ...plan.section, collapsed: false } } : plan));

/** A record on paper: every field that its reader may see, and nothing of the screen around it. */
export function PrintPage() {
  const { app = "", form = "", id: idText = "" } = useParams();
  const id = /^\d+$/.test(idText) ? Number(idText) : NaN;
  const describe = useDescribe(app, form);
  if (Number.isNaN(id)) return <ErrorView error={new ApiError(404, "not_found", "")} />;
  if (describe.isError) return <ErrorView error={describe.error} onRetry={describe.refetch} />;
  return describe.isPending ? <Skeleton lines={8} /> : <OneRecord describe={describe.data} id={id} />;
}

function OneRecord({ describe, id }: { describe: Describe; id: number }) {
  const { t } = useTranslation();
  const record = useRecord(describe.app, describe.key, id);
  useTitle(record.data ? t("print.title", { title: record.data.title }) : undefined);
  if (record.isError) return <ErrorView error={record.error} onRetry={record.refetch} />;
  if (!record.data) return <Skeleton lines={8} />;
  const back = <Link to={`/a/${describe.app}/${describe.key}/${id}`}><IconArrowLeft size={16} aria-hidden />{t("print.back")}</Link>;
  if (!describe.actions.includes("print")) {
    return <EmptyState heading="h1" icon={<IconLock size={24} />} title={t("print.forbidden")} actions={back}>{t("print.forbiddenHelp")}</EmptyState>;
  }
  return (
    <div className="print">
      <p className="print-tools">
        {back}
        <Button type="primary" icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t("print.run")}</Button>
      </p>
      <Sheet describe={describe} record={record.data} />
    </div>
  );
}

function Sheet({ describe, record }: { describe: Describe; record: RecordJson }) {
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
        <p className="muted">{format.label(describe.label)}</p>
        <h1>{record.title || `#${record.id}`}</h1>
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
      <footer className="muted">{t("print.by", { name, at: format.dateTime(at) })}</footer>
    </article>
  );
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams, useLocation } from "react-router";
import { useRelatedCounts, type Count, type Describe, type RecordJson } from "@/api";
import { planLayout } from "@/model/layout";
import { useFormat } from "@/ui/format";
import { useMedia } from "@/ui/useMedia";
import { Updating } from "../updating/Updating";
import { Details } from "./Details";
import { History } from "./History";
import { RecordHeader } from "./RecordHeader";
import { RelatedList } from "./RelatedList";
import { Tabs, type TabItem } from "./Tabs";
import { useLiveRules } from "./useLiveRules";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly onEdit: () => void;
}

const NOTHING = {};
const MOST = 99;

/** A number that fits on a tab. */
function badgeOf(count: Count | undefined): string {
  if (!count) return "";
  return count.value > MOST || !count.exact ? `${MOST}+` : String(count.value);
}

/** The record to read: header with key facts, tabs from the layout, related lists, and its history beside. */
export function RecordView({ describe, record, onEdit }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const beside = useMedia("(min-width: 1200px)");
  const location = useLocation();
  const [search, setSearch] = useSearchParams();
  const plan = useMemo(() => planLayout(describe.layout), [describe]);
  const { prepared } = useLiveRules({ app: describe.app, form: describe.key, id: record.id, live: describe.live && describe.actions.includes("edit") }, NOTHING);
  const counts = useRelatedCounts(describe.app, describe.key, record.id, describe.related.map((related) => related.key));
  const tabs: TabItem[] = [
    ...plan.map(({ tab, sections }, index) => ({
      key: tab?.tab ?? "details",
      label: tab ? format.label(tab.label) : t("record.details"),
      content: () => <Details describe={describe} record={record} sections={sections} prepared={prepared} last={index === plan.length - 1} />,
    })),
    ...describe.related.map((related, index) => ({
      key: `list-${related.key}`,
      label: format.label(related.label),
      badge: badgeOf(counts[index]),
      content: () => <RelatedList describe={describe} record={record} related={related} />,
    })),
    ...(beside ? [] : [{ key: "history", label: t("record.history.title"), content: () => <History describe={describe} record={record} /> }]),
  ];
  const wanted = search.get("tab");
  const active = tabs.find((tab) => tab.key === wanted)?.key ?? tabs[0]?.key ?? "";
  const open = (key: string) => {
    const next = new URLSearchParams(search);
    if (key === tabs[0]?.key) next.delete("tab");
    else next.set("tab", key);
    setSearch(next, { replace: true, state: location.state as unknown });
  };
  return (
    <div className="record-page">
      <RecordHeader describe={describe} record={record} onEdit={onEdit} />
      <Updating describe={describe} />
      <div className="record-columns">
        <div className="record-main">
          <Tabs items={tabs} active={active} onOpen={open} />
        </div>
        {beside ? (
          <aside className="record-side" aria-label={t("record.history.title")}>
            <h2>{t("record.history.title")}</h2>
            <History describe={describe} record={record} />
          </aside>
        ) : null}
      </div>
    </div>
  );
}

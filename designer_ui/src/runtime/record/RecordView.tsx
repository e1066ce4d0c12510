import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams, useLocation } from "react-router";
import { useRelatedCounts, type Count, type Describe, type RecordJson } from "@/api";
import { countedList, lastOfFields, planPage, type PageTab } from "@/model/page";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useMedia } from "@/ui/useMedia";
import { Updating } from "../updating/Updating";
import { Held } from "./Held";
import { ConversionNotes } from "./ConversionNotes";
import { ConvertDialog } from "./convert/onDemand";
import { Details } from "./Details";
import { RecordHeader } from "./RecordHeader";
import { RelatedList } from "./related/RelatedList";
import { Tabs, type TabItem } from "./Tabs";
import { Timeline } from "./timeline/Timeline";
import { useLiveRules } from "./useLiveRules";

const FilesTab = lazy(async () => {
  const [tab, { loadFilesTexts }] = await Promise.all([import("./files/FilesTab"), import("./files/texts")]);
  await loadFilesTexts();
  return tab;
});

const WorkflowTab = lazy(async () => {
  const [tab, { loadTaskTexts }] = await Promise.all([import("../tasks/WorkflowTab"), import("../tasks/texts")]);
  await loadTaskTexts();
  return tab;
});

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

/** How many records the tabs hold that are one list each. */
function useBadges(describe: Describe, record: RecordJson, tabs: readonly PageTab[]): ReadonlyMap<string, string> {
  const counted = tabs.flatMap((tab) => {
    const list = countedList(tab);
    return list ? [{ tab: tab.key, inverse: list.related.key, filter: list.filter }] : [];
  });
  const counts = useRelatedCounts(describe.app, describe.key, record.id, counted);
  return new Map(counted.map(({ tab }, index) => [tab, badgeOf(counts[index])]));
}

/** The record to read: header with key facts, tabs from the layout, related lists, and its history beside. */
export function RecordView({ describe, record, onEdit }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const beside = useMedia("(min-width: 1200px)");
  const location = useLocation();
  const [search, setSearch] = useSearchParams();
  const plan = useMemo(() => planPage(describe), [describe]);
  const { prepared } = useLiveRules({ app: describe.app, form: describe.key, id: record.id, live: describe.live && describe.actions.includes("edit") }, NOTHING);
  const badges = useBadges(describe, record, plan);
  const last = lastOfFields(plan);
  const content = (tab: PageTab, index: number) => (
    <div className="record-blocks">
      {tab.blocks.map((block, place) =>
        block.kind === "list" ? (
          <RelatedList key={block.list.related.key} describe={describe} record={record} list={block.list} titled={tab.blocks.length > 1} />
        ) : (
          <Details key={place} describe={describe} record={record} sections={block.sections} prepared={prepared} last={index === last && !tab.blocks.slice(place + 1).some((later) => later.kind === "fields")} />
        ),
      )}
    </div>
  );
  const tabs: TabItem[] = [
    ...plan.map((tab, index) => ({
      key: tab.key,
      label: tab.label ? format.label(tab.label) : t("record.details"),
      badge: badges.get(tab.key) ?? "",
      content: () => content(tab, index),
    })),
    {
      key: "all-files",
      label: t("record.timeline.files"),
      content: () => <Suspense fallback={<div className="card padded"><Skeleton lines={4} /></div>}><FilesTab describe={describe} record={record} /></Suspense>,
    },
    ...(describe.workflows.length ? [{
      key: "workflow",
      label: t("record.workflow"),
      content: () => <Suspense fallback={<div className="card padded"><Skeleton lines={4} /></div>}><WorkflowTab describe={describe} record={record} /></Suspense>,
    }] : []),
    ...(beside ? [] : [{ key: "history", label: t("record.timeline.title"), content: () => <Timeline describe={describe} record={record} /> }]),
  ];
  const wanted = search.get("tab");
  const active = tabs.find((tab) => tab.key === wanted)?.key ?? tabs[0]?.key ?? "";
  const open = (key: string) => {
    const next = new URLSearchParams(search);
    if (key === tabs[0]?.key) next.delete("tab");
    else next.set("tab", key);
    setSearch(next, { state: location.state as unknown });
  };
  const converting = describe.conversions.find(({ key }) => key === search.get("convert"));
  const close = () => {
    const next = new URLSearchParams(search);
    next.delete("convert");
    setSearch(next, { replace: true, state: location.state as unknown });
  };
  return (
    <div className="record-page">
      <RecordHeader describe={describe} record={record} onEdit={onEdit} />
      <Held describe={describe} record={record} />
      <ConversionNotes describe={describe} record={record} />
      <Updating describe={describe} />
      <div className="record-columns">
        <div className="record-main">
          <Tabs items={tabs} active={active} onOpen={open} />
        </div>
        {beside ? (
          <aside className="record-side" aria-label={t("record.timeline.title")}>
            <h2>{t("record.timeline.title")}</h2>
            <Timeline describe={describe} record={record} />
          </aside>
        ) : null}
      </div>
      {converting ? (
        <Suspense fallback={null}>
          <ConvertDialog key={converting.key} describe={describe} record={record} conversion={converting} onClose={close} />
        </Suspense>
      ) : null}
    </div>
  );
}

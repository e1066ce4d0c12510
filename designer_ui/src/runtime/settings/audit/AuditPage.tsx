import { IconDownload, IconListSearch } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { SearchBox } from "../../list/toolbar/SearchBox";
import "../../list/list.css";
import { PersonSelect } from "../parts/Choose";
import { AuditList } from "./AuditList";
import { exportAddress, useAudit, type AuditFilter } from "./calls";

/** Days that the log may be narrowed to. */
const PERIODS = [1, 7, 30, 90] as const;
const DAY = 86_400_000;

function useFilter() {
  const [search, setSearch] = useSearchParams();
  const days = PERIODS.find((one) => String(one) === search.get("days")) ?? null;
  const actor = /^\d{1,15}$/.test(search.get("actor") ?? "") ? Number(search.get("actor")) : null;
  // Fixed for as long as the period is, so that pages fit together.
  const since = useMemo(() => (days === null ? null : new Date(Date.now() - days * DAY).toISOString()), [days]);
  const filter: AuditFilter = { search: search.get("search") ?? "", kind: search.get("kind"), actor, since };
  const set = (name: string, value: string | number | null): void => {
    const next = new URLSearchParams(search);
    if (value === null || value === "") next.delete(name);
    else next.set(name, String(value));
    setSearch(next, { replace: true });
  };
  return { filter, days, set };
}

/** Who did what in the workspace, when and from where. */
export function AuditPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, days, set } = useFilter();
  const pages = useAudit(filter);
  useTitle(t("settings.audit.title"));
  const kinds = (pages.data?.pages[0]?.kinds ?? []).map(({ key, label }) => ({ value: key, label: format.label(label) }));
  const entries = (pages.data?.pages ?? []).flatMap((page) => page.entries);
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.audit.title")}</h1>
        <span className="actions">
          <Button href={exportAddress(filter)} download icon={<IconDownload size={16} aria-hidden />}>{t("settings.audit.export")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("settings.audit.lead")}</p>
      <div className="set-tools" role="search">
        <SearchBox value={filter.search} onChange={(text) => set("search", text)} label={t("settings.audit.search")} />
        <PersonSelect className="set-filter" label={t("settings.audit.who")} placeholder={t("settings.audit.who")} value={filter.actor} onChange={(id) => set("actor", id)} />
        <Select
          className="set-filter"
          aria-label={t("settings.audit.what")}
          placeholder={t("settings.audit.what")}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={kinds}
          value={filter.kind}
          onChange={(next: string | undefined) => set("kind", next ?? null)}
          popupMatchSelectWidth={false}
        />
        <Select
          className="set-filter"
          aria-label={t("settings.audit.period")}
          placeholder={t("settings.audit.period")}
          allowClear
          options={PERIODS.map((one) => ({ value: one, label: t("settings.audit.days", { count: one }) }))}
          value={days}
          onChange={(next: number | undefined) => set("days", next ?? null)}
        />
      </div>
      {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton lines={10} /> : null}
      {pages.data && entries.length === 0 ? <EmptyState icon={<IconListSearch size={24} />} title={t("settings.audit.nothing")} /> : null}
      {entries.length > 0 ? <AuditList entries={entries} label={t("settings.audit.title")} /> : null}
      {pages.hasNextPage ? <Button className="set-more" loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
    </>
  );
}

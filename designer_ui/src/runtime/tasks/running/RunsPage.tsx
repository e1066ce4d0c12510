import { IconArrowsSplit2, IconHourglass } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { SearchBox } from "../../list/toolbar/SearchBox";
import "../../list/list.css";
import { useRuns, useTaskFacets } from "../calls";
import { statusTone } from "../tones";
import type { TaskRow } from "../types";
import "../tasks.css";

/** Beside what still runs: those that cannot go on, and those that have ended. */
const STATUSES = ["stuck", "approved", "rejected", "withdrawn", "cancelled"] as const;

/** All runs of an app's workflows, for its administrators: what runs, what is stuck, and for whom it waits. */
export function RunsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { app = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const read = (name: string) => search.get(name) ?? undefined;
  const pages = useRuns({ app, workflow: read("workflow"), status: read("status"), search: read("search") });
  const workflows = useTaskFacets("started", app).data?.workflows ?? [];
  useTitle(t("runs.title"));
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  const runs = (pages.data?.pages ?? []).flatMap((page) => page.tasks);
  return (
    <div className="runs">
      <header>
        <h1>{t("runs.title")}</h1>
        <p className="muted">{t("runs.lead")}</p>
        <Link className="durations-back" to={`/a/${encodeURIComponent(app)}/-/workflows/durations`}><IconHourglass size={16} aria-hidden />{t("durations.title")}</Link>
      </header>
      <div className="runs-tools" role="search">
        <SearchBox value={read("search") ?? ""} onChange={(text) => set("search", text)} label={t("runs.search")} />
        <Select aria-label={t("tasks.workflow")} placeholder={t("tasks.workflow")} allowClear value={read("workflow")} onChange={(next: string | undefined) => set("workflow", next)} options={workflows.map(({ key, label }) => ({ value: key, label: format.label(label) }))} popupMatchSelectWidth={false} />
        <Select aria-label={t("runs.status")} placeholder={t("runs.running")} allowClear value={read("status")} onChange={(next: string | undefined) => set("status", next)} options={STATUSES.map((key) => ({ value: key, label: t(`runs.is.${key}`) }))} popupMatchSelectWidth={false} />
      </div>
      {pages.isError ? <ErrorView part error={pages.error} onRetry={pages.refetch} /> : pages.isPending ? <Skeleton lines={8} /> : runs.length === 0 ? (
        <EmptyState icon={<IconArrowsSplit2 size={24} />} title={t("runs.none")}>{t("runs.noneHelp")}</EmptyState>
      ) : (
        <ul className="runs-list" aria-label={t("runs.title")}>
          {runs.map((run) => <Run key={run.instance.id} run={run} app={app} />)}
        </ul>
      )}
      {pages.hasNextPage ? <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("tasks.more")}</Button> : null}
    </div>
  );
}

function Run({ run, app }: { run: TaskRow; app: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <div className="runs-what">
        <Link to={`/a/${encodeURIComponent(app)}/-/workflows/${run.instance.id}`}>{run.record.title || `#${run.record.id}`}</Link>
        <span className="muted">{format.label(run.instance.label)}</span>
      </div>
      <Tag color={statusTone(run.instance.status)}>{format.label(run.instance.status_label)}</Tag>
      <span className="runs-who ellipsis">{run.waiting_for.length ? t("tasks.waitingFor", { people: run.waiting_for.map(({ name }) => name).join(", ") }) : ""}</span>
      <span className="runs-since muted">{run.initiator ? `${run.initiator.name} · ` : ""}<time dateTime={run.opened_at} title={format.dateTime(run.opened_at)}>{format.relative(run.opened_at)}</time></span>
    </li>
  );
}

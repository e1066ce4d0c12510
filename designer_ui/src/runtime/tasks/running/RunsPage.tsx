import { IconArrowsSplit2, IconHourglass } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { SearchBox } from "../../list/toolbar/SearchBox";
import "../../list/list.css";
import { useRunFacets, useRuns } from "../calls";
import { RunList, runsOf } from "./RunList";
import "../tasks.css";

const HandOverDialog = lazy(async () => ({ default: (await import("./HandOverDialog")).HandOverDialog }));

/** All runs of an app's workflows, for its administrators: first what cannot go on and why, then what runs, and for whom it waits. */
export function RunsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { app = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const [handing, setHanding] = useState(false);
  const read = (name: string) => search.get(name) ?? undefined;
  const status = read("status");
  const person = /^\d{1,15}$/.test(read("waiting_for") ?? "") ? Number(read("waiting_for")) : undefined;
  const query = { app, workflow: read("workflow"), waiting_for: person, search: read("search") };
  const stuck = useRuns({ ...query, status: "stuck" });
  const others = useRuns({ ...query, status: status ?? "running" });
  const facets = useRunFacets(app).data;
  useTitle(t("runs.title"));
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setMarked(new Set());
    setSearch(next, { replace: true });
  };
  const mark = (run: number, on: boolean): void => {
    const next = new Set(marked);
    if (on) next.add(run);
    else next.delete(run);
    setMarked(next);
  };
  const choose = (name: string, label: string, empty: string, value: string | undefined, options: readonly { readonly value: string; readonly label: string }[]) => (
    <Select aria-label={label} placeholder={empty} allowClear showSearch={{ optionFilterProp: "label" }} value={value} onChange={(next: string | undefined) => set(name, next)} options={[...options]} popupMatchSelectWidth={false} />
  );
  const shown = status === undefined ? [...runsOf(stuck), ...runsOf(others)] : runsOf(others);
  const waiting = shown.filter((run) => run.waiting_for.length > 0).map((run) => run.instance.id);
  const chosen = waiting.filter((run) => marked.has(run));
  const labelOf = (key: string): string => format.label(facets?.statuses.find((one) => one.key === key)?.label) || t("runs.running");
  const part = (pages: typeof stuck, title: string) => <RunList pages={pages} title={title} marked={marked} onMark={mark} />;
  return (
    <div className="runs">
      <header>
        <h1>{t("runs.title")}</h1>
        <p className="muted">{t("runs.lead")}</p>
        <Link className="durations-back" to={`/a/${encodeURIComponent(app)}/-/workflows/durations`}><IconHourglass size={16} aria-hidden />{t("durations.title")}</Link>
      </header>
      <div className="runs-tools" role="search">
        <SearchBox value={read("search") ?? ""} onChange={(text) => set("search", text)} label={t("runs.search")} />
        {choose("workflow", t("tasks.workflow"), t("tasks.workflow"), read("workflow"), (facets?.workflows ?? []).map(({ key, label }) => ({ value: key, label: format.label(label) })))}
        {choose("status", t("runs.status"), t("runs.notEnded"), status, (facets?.statuses ?? []).map(({ key, label }) => ({ value: key, label: format.label(label) })))}
        {choose("waiting_for", t("runs.waitingFor"), t("runs.waitingFor"), person?.toString(), (facets?.waiting_for ?? []).map(({ id, name }) => ({ value: String(id), label: name })))}
      </div>
      {chosen.length > 0 ? (
        <div className="tasks-batch" role="toolbar" aria-label={t("runs.marked")}>
          <span className="num">{t("tasks.batch.marked", { count: chosen.length })}</span>
          {chosen.length < waiting.length ? <Button type="link" onClick={() => setMarked(new Set(waiting))}>{t("tasks.batch.all", { count: waiting.length })}</Button> : null}
          <span className="gap" />
          <Button type="primary" onClick={() => setHanding(true)}>{t("tasks.act.reassign")}</Button>
          <Button onClick={() => setMarked(new Set())}>{t("ui.cancel")}</Button>
        </div>
      ) : null}
      {status === undefined ? part(stuck, t("runs.stuck")) : null}
      {part(others, labelOf(status ?? "running"))}
      {!stuck.isPending && !others.isPending && !stuck.isError && !others.isError && shown.length === 0 ? (
        <EmptyState icon={<IconArrowsSplit2 size={24} />} title={t("runs.none")}>{t("runs.noneHelp")}</EmptyState>
      ) : null}
      {handing ? (
        <Suspense fallback={null}>
          <HandOverDialog
            runs={chosen}
            from={facets?.waiting_for.find(({ id }) => id === person)}
            onClose={() => setHanding(false)}
            onDone={() => {
              setHanding(false);
              setMarked(new Set());
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

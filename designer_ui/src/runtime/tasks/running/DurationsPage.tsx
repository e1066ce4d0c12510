/** For an app's administrators: how long the steps of its workflows take, and the people who are asked there. */
import { get, type Label } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft, IconDownload, IconHourglass } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useTaskFacets } from "../calls";
import { durationParts } from "@/model/duration";
import { csvOf, keepFile } from "./csv";
import "../tasks.css";

interface Row {
  readonly workflow: string;
  readonly workflow_label: Label;
  readonly node: string;
  readonly label: Label;
  readonly count: number;
  readonly median_s: number;
  readonly most_s: number;
  readonly user?: { readonly id: number; readonly name: string } | null;
}

interface Durations {
  readonly nodes: readonly Row[];
  readonly people: readonly Row[];
}

const PARTS = ["nodes", "people"] as const;

export function DurationsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { app = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const read = (name: string): string | undefined => search.get(name) ?? undefined;
  const query = { workflow: read("workflow"), from: read("from"), until: read("until") };
  const found = useQuery({
    queryKey: ["workflow-durations", app, query],
    queryFn: ({ signal }) => get<Durations>(`/apps/${encodeURIComponent(app)}/workflow-durations`, query, signal),
    placeholderData: (before) => before,
  });
  const workflows = useTaskFacets("started", app).data?.workflows ?? [];
  const known = new Map([...workflows.map(({ key, label }) => [key, label] as const), ...(found.data?.nodes ?? []).map((row) => [row.workflow, row.workflow_label] as const)]);
  useTitle(t("durations.title"));
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  const head = (part: (typeof PARTS)[number]): readonly string[] => [t("tasks.workflow"), t("durations.step"), ...(part === "people" ? [t("durations.person")] : []), t("durations.count"), t("durations.median"), t("durations.most")];
  const names = (row: Row): readonly string[] => [format.label(row.workflow_label), format.label(row.label), ...(row.user === undefined ? [] : [row.user?.name ?? "–"])];
  const keep = (): void => {
    const rows = PARTS.flatMap((part) => [head(part).map((word, place, all) => (place < all.length - 2 ? word : t("durations.inSeconds", { name: word }))), ...(found.data?.[part] ?? []).map((row) => [...names(row), row.count, row.median_s, row.most_s]), []]);
    keepFile(`${app}-durations.csv`, csvOf(rows));
  };
  const span = (seconds: number): string => {
    const { unit, count } = durationParts(seconds);
    return t(`durations.span.${unit}`, { count });
  };
  return (
    <div className="runs">
      <header>
        <Link className="durations-back" to={`/a/${encodeURIComponent(app)}/-/workflows`}><IconArrowLeft size={16} aria-hidden />{t("runs.title")}</Link>
        <h1>{t("durations.title")}</h1>
        <p className="muted">{t("durations.lead")}</p>
      </header>
      <div className="runs-tools" role="search">
        <label className="durations-filter" htmlFor={`${id}w`}>
          <span>{t("tasks.workflow")}</span>
          <select id={`${id}w`} value={query.workflow ?? ""} onChange={(event) => set("workflow", event.target.value)}>
            <option value="">{t("durations.all")}</option>
            {[...known].map(([key, label]) => <option key={key} value={key}>{format.label(label)}</option>)}
          </select>
        </label>
        {(["from", "until"] as const).map((name) => (
          <label key={name} className="durations-filter" htmlFor={id + name}>
            <span>{t(`durations.${name}`)}</span>
            <input id={id + name} type="date" value={query[name] ?? ""} onChange={(event) => set(name, event.target.value)} />
          </label>
        ))}
        <Button icon={<IconDownload size={16} aria-hidden />} disabled={!found.data?.nodes.length} onClick={keep}>{t("durations.export")}</Button>
      </div>
      {found.isError ? <ErrorView part error={found.error} onRetry={() => void found.refetch()} /> : found.isPending ? <Skeleton lines={8} /> : found.data.nodes.length + found.data.people.length === 0 ? (
        <EmptyState icon={<IconHourglass size={24} />} title={t("durations.none")}>{t("durations.noneHelp")}</EmptyState>
      ) : PARTS.map((part) => (
        <section key={part} className="durations-part" aria-labelledby={id + part}>
          <h2 id={id + part}>{t(`durations.${part}`)}</h2>
          <div className="durations-table" role="region" tabIndex={0} aria-labelledby={id + part}>
            <table>
              <thead><tr>{head(part).map((word, place, all) => <th key={word} scope="col" className={place >= all.length - 3 ? "num" : ""}>{word}</th>)}</tr></thead>
              <tbody>
                {found.data[part].map((row) => (
                  <tr key={`${row.workflow}/${row.node}/${row.user?.id ?? ""}`}>
                    {names(row).map((name, place) => <td key={place}>{name}</td>)}
                    <td className="num">{format.number(row.count)}</td>
                    <td className="num">{span(row.median_s)}</td>
                    <td className="num">{span(row.most_s)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </div>
  );
}

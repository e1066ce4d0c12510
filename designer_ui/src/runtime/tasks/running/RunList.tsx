import { IconAlertTriangle } from "@tabler/icons-react";
import { Button, Checkbox } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import type { useRuns } from "../calls";
import { statusTone } from "../tones";
import type { TaskRow } from "../types";

interface Props {
  readonly pages: ReturnType<typeof useRuns>;
  readonly title: string;
  readonly marked: ReadonlySet<number>;
  readonly onMark: (run: number, on: boolean) => void;
}

export const runsOf = (pages: ReturnType<typeof useRuns>): readonly TaskRow[] => (pages.data?.pages ?? []).flatMap((page) => page.tasks);

/** Runs of workflows, each with how far it is; those that wait for somebody can be marked. */
export function RunList({ pages, title, marked, onMark }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const runs = runsOf(pages);
  if (pages.isError) return <ErrorView part error={pages.error} onRetry={pages.refetch} />;
  if (pages.isPending) return <Skeleton lines={8} />;
  if (runs.length === 0) return null;
  return (
    <section className="runs-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="runs-list" aria-labelledby={id}>
        {runs.map((run) => <Run key={run.instance.id} run={run} marked={marked.has(run.instance.id)} onMark={(on) => onMark(run.instance.id, on)} />)}
      </ul>
      {pages.hasNextPage ? <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("tasks.more")}</Button> : null}
    </section>
  );
}

function Run({ run, marked, onMark }: { run: TaskRow; marked: boolean; onMark: (on: boolean) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = run.record.title || (run.record.id === null ? t("tasks.proposal.untitled") : `#${run.record.id}`);
  const waits = run.waiting_for.length > 0;
  return (
    <li>
      <Checkbox checked={marked} disabled={!waits} onChange={(event) => onMark(event.target.checked)} aria-label={t("tasks.mark", { title })} />
      <div className="runs-what">
        <Link to={`/a/${encodeURIComponent(run.app)}/-/workflows/${run.instance.id}`}>{title}</Link>
        <span className="muted">{format.label(run.instance.label)}</span>
      </div>
      <Tag color={statusTone(run.instance.status)}>{format.label(run.instance.status_label)}</Tag>
      <span className="runs-who ellipsis">{waits ? t("tasks.waitingFor", { people: run.waiting_for.map(({ name }) => name).join(", ") }) : ""}</span>
      <span className="runs-since muted">{run.initiator ? `${run.initiator.name} · ` : ""}<time dateTime={run.opened_at} title={format.dateTime(run.opened_at)}>{format.relative(run.opened_at)}</time></span>
      {run.failure ? (
        <p className="runs-failure">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{run.failure.node ? <strong>{format.label(run.failure.node)}: </strong> : null}{run.failure.message} <time className="muted" dateTime={run.failure.at} title={format.dateTime(run.failure.at)}>{format.relative(run.failure.at)}</time></span>
        </p>
      ) : null}
    </li>
  );
}

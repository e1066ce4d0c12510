import { IconArrowLeft, IconExternalLink, IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorView } from "@/ui/ErrorView";
import { IconByName } from "@/ui/IconByName";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { Changed } from "./Changed";
import { Decision } from "./Decision";
import { Progress } from "./Progress";
import { Proposed } from "./Proposed";
import { useTask } from "./calls";
import type { TaskPlace } from "./place";
import { printAddress } from "./print/address";
import { statusTone } from "./tones";
import type { TaskJson } from "./types";

interface Props {
  readonly id: number;
  readonly place: TaskPlace;
  /** Whether the boxes are not beside it. */
  readonly alone: boolean;
}

/** The page on which one decides: the record as this step lets one see it, what changed, and how far the workflow is. */
export function TaskPage({ id, place, alone }: Props) {
  const { t } = useTranslation();
  const task = useTask(id);
  useTitle(task.data?.record.title);
  return (
    <>
      {alone ? <p className="record-path"><Link to={place.address()}><IconArrowLeft size={16} aria-hidden />{t(`tasks.box.${place.box}`)}</Link></p> : null}
      {task.data ? <OneTask key={`${id}-${task.data.task.state}`} shown={task.data} place={place} /> : task.isError ? <ErrorView error={task.error} onRetry={task.refetch} /> : <div className="record-waiting"><Skeleton lines={8} /></div>}
    </>
  );
}

function OneTask({ shown, place }: { shown: TaskJson; place: TaskPlace }) {
  const format = useFormat();
  const { describe, task, workflow, intro } = shown;
  return (
    <Decision shown={shown} place={place}>
      <Head shown={shown} place={place} />
      {intro ? <p className="task-intro">{format.label(intro)}</p> : null}
      <Proposed instance={workflow} describe={describe} />
      <Changed changed={shown.changed} describe={describe} record={task.record.id ?? undefined} />
      <Progress instance={workflow} />
    </Decision>
  );
}

function Head({ shown, place }: { shown: TaskJson; place: TaskPlace }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, task, workflow, record } = shown;
  return (
    <header className="task-head">
      <span className="record-icon tone-blue"><IconByName name={describe.icon} size={20} /></span>
      <div>
        <h1>{record.title || (task.record.id === null ? t("tasks.proposal.untitled") : `#${record.id}`)}</h1>
        <p className="muted">
          {t("tasks.about", { workflow: format.label(workflow.label), node: task.node ? format.label(task.node.label) : "" })}
          {workflow.initiator ? ` · ${t("tasks.from", { name: workflow.initiator.name })}` : ""}
          {" · "}<time dateTime={task.opened_at} title={format.dateTime(task.opened_at)}>{format.relative(task.opened_at)}</time>
        </p>
      </div>
      <Tag color={statusTone(workflow.status)}>{format.label(workflow.status_label)}</Tag>
      {shown.print ? <Link to={printAddress(place.app, [task.id])} className="j-iconbutton" aria-label={t("tasks.print")} title={t("tasks.print")}><IconPrinter size={18} aria-hidden /></Link> : null}
      {task.record.id === null ? null : <Link to={`/a/${task.app}/${task.form}/${task.record.id}`} className="j-iconbutton" aria-label={t("tasks.openRecord")} title={t("tasks.openRecord")}><IconExternalLink size={18} aria-hidden /></Link>}
    </header>
  );
}

import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Avatar } from "@/ui/Avatar";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import type { TaskPlace } from "./place";
import { decisionTone, isLate, statusTone } from "./tones";
import type { TaskRow } from "./types";

interface Props {
  readonly task: TaskRow;
  readonly place: TaskPlace;
  /** Undefined where nothing is decided together. */
  readonly marked: boolean | undefined;
  readonly onMark: (on: boolean) => void;
}

/** One task: which record, what is asked of whom, since when and until when. */
export function TaskRowView({ task, place, marked, onMark }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNew = task.record.id === null;
  const title = task.record.title || (isNew ? t("tasks.proposal.untitled") : `#${task.record.id}`);
  const started = task.box === "started";
  const to = started ? isNew ? `/tasks/runs/${task.instance.id}` : `/a/${task.app}/${task.form}/${task.record.id}?tab=workflow` : place.address(task.id ?? undefined);
  const at = task.decided_at ?? task.opened_at;
  return (
    <li className={`${place.task === task.id && !started ? "current" : ""} ${task.read ? "" : "unread"}`}>
      {marked === undefined ? null : (
        <Checkbox className="tasks-mark" checked={marked} disabled={task.batch.length === 0} onChange={(event) => onMark(event.target.checked)} aria-label={t("tasks.mark", { title })} />
      )}
      <Link to={to} className="tasks-link" aria-current={place.task === task.id && !started ? "true" : undefined}>
        <span className="tasks-line">
          <strong className="ellipsis">{title}</strong>
          <time className="muted num" dateTime={at} title={format.dateTime(at)}>{format.relative(at)}</time>
        </span>
        <span className="tasks-line">
          <span className="ellipsis muted">{format.label(task.instance.label)}{task.node ? ` · ${format.label(task.node.label)}` : ""}</span>
          <State task={task} />
        </span>
        <span className="tasks-line">
          {task.initiator ? <span className="tasks-person"><Avatar name={task.initiator.name} /><span className="ellipsis">{task.initiator.name}</span></span> : <span />}
          {started && task.waiting_for.length ? <span className="muted ellipsis">{t("tasks.waitingFor", { people: task.waiting_for.map(({ name }) => name).join(", ") })}</span> : null}
        </span>
        {task.read ? null : <span className="sr-only">{t("tasks.unread")}</span>}
      </Link>
    </li>
  );
}

function State({ task }: { task: TaskRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (task.box === "started" || task.box === "copied") return <Tag color={statusTone(task.instance.status)}>{format.label(task.instance.status_label)}</Tag>;
  if (task.decision_label) return <Tag color={decisionTone(task.decision)}>{format.label(task.decision_label)}</Tag>;
  if (!task.due_at) return null;
  const late = isLate(task.due_at);
  return <span title={format.dateTime(task.due_at)}><Tag color={late ? "red" : "amber"}>{t(late ? "tasks.late" : "tasks.due", { when: format.relative(task.due_at) })}</Tag></span>;
}

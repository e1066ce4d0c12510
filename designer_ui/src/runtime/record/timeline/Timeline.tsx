import { IconCalendarEvent, IconMessage, IconPaperclip, IconPencil, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAdministers, useDeleteComment, useDescribe, useTimeline, type CommentJson, type Describe, type RecordJson, type TimelineEntry } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { FileList } from "@/fields/files/FileList";
import { fieldOf } from "@/model/layout";
import { fieldOn } from "@/model/limits";
import { partsOf } from "@/model/mentions";
import { ErrorView } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { ask } from "@/ui/ask";
import { useFormat } from "@/ui/format";
import { Entry } from "../History";
import { CommentBox } from "./CommentBox";
import "./timeline.css";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
}

/** What was said and done about a record, newest first: history, comments, files and related activity. */
export function Timeline({ describe, record }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [kind, setKind] = useState("");
  const timeline = useTimeline(describe.app, describe.key, record.id, kind);
  const lists = Object.keys(describe.timeline).flatMap((key) => {
    const related = describe.related.find((one) => one.key === key);
    return related ? [{ key, label: format.label(related.label) }] : [];
  });
  const files = Object.values(describe.fields).some((field) => field.type === "file" || field.type === "image");
  const kinds = [
    { key: "", label: t("record.timeline.all") },
    { key: "comments", label: t("record.timeline.comments") },
    ...lists,
    ...(files ? [{ key: "files", label: t("record.timeline.files") }] : []),
    { key: "history", label: t("record.timeline.history") },
  ];
  const entries = timeline.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="history timeline">
      {describe.actions.includes("comment") ? <CommentBox app={describe.app} form={describe.key} record={record.id} /> : null}
      <div className="timeline-kinds" role="group" aria-label={t("record.timeline.kinds")}>
        {kinds.map((one) => (
          <button key={one.key} type="button" aria-pressed={kind === one.key} onClick={() => setKind(one.key)}>{one.label}</button>
        ))}
      </div>
      {timeline.isPending ? <Skeleton lines={5} /> : timeline.isError ? <ErrorView part error={timeline.error} onRetry={timeline.refetch} /> : null}
      {timeline.data && entries.length === 0 ? <p className="muted">{t("record.history.none")}</p> : null}
      {entries.length ? (
        <ol>
          {entries.map((entry) => <Line key={`${entry.type}/${entry.type === "related" ? entry.list : ""}/${entry.id}`} entry={entry} describe={describe} record={record} />)}
        </ol>
      ) : null}
      {timeline.hasNextPage ? (
        <Button type="text" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>{t("ui.loadMore")}</Button>
      ) : null}
    </div>
  );
}

function Line({ entry, describe, record }: Props & { entry: TimelineEntry }) {
  if (entry.type === "history") return <Entry entry={entry} describe={describe} id={record.id} />;
  if (entry.type === "comment") return <Comment comment={entry} describe={describe} record={record} />;
  if (entry.type === "file") return <FileLine entry={entry} describe={describe} record={record} />;
  return <Related entry={entry} describe={describe} />;
}

function Comment({ comment, describe, record }: Props & { comment: CommentJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const admin = useAdministers(describe.app);
  const erase = useDeleteComment(describe.app, describe.key, record.id);
  return (
    <li className="comment">
      <span className="mark" aria-hidden><IconMessage size={14} /></span>
      <p>
        <strong>{comment.author.name}</strong>
        <time dateTime={comment.at} title={format.relative(comment.at)}>
          {format.dateTime(comment.at)}
          {comment.edited_at ? ` · ${t("record.comment.edited")}` : ""}
        </time>
      </p>
      {editing ? (
        <CommentBox app={describe.app} form={describe.key} record={record.id} comment={comment} onDone={() => setEditing(false)} />
      ) : comment.text === "" ? null : (
        <div className="comment-text">{partsOf(comment.text, comment.mentions).map((part, index) => (part.person ? <b key={index}>{part.text}</b> : part.text))}</div>
      )}
      {!editing && comment.files.length ? (
        <FileList files={comment.files.map((file) => ({ file, place: { app: describe.app, form: describe.key, record: record.id, comment: comment.id } }))} />
      ) : null}
      {!editing && (comment.mine || admin) ? (
        <span className="comment-tools">
          {comment.mine ? <IconButton label={t("record.comment.edit")} onClick={() => setEditing(true)}><IconPencil size={14} aria-hidden /></IconButton> : null}
          <IconButton
            label={t("record.comment.delete")}
            onClick={() => ask({ title: t("record.comment.deleteTitle"), okText: t("ui.delete"), danger: true, onOk: () => erase.mutateAsync(comment.id).catch(() => undefined) })}
          >
            <IconTrash size={14} aria-hidden />
          </IconButton>
        </span>
      ) : null}
    </li>
  );
}

function FileLine({ entry, describe, record }: Props & { entry: Extract<TimelineEntry, { type: "file" }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = { app: describe.app, form: describe.key, record: record.id, field: entry.field };
  return (
    <li>
      <span className="mark" aria-hidden><IconPaperclip size={14} /></span>
      <p>
        <strong>{entry.actor?.name ?? t("record.systemActor")}</strong> {t("record.timeline.added")}
        <time dateTime={entry.at} title={format.relative(entry.at)}>{format.dateTime(entry.at)}</time>
      </p>
      <FileList files={[{ file: entry.file, place }]} />
    </li>
  );
}

function Related({ entry, describe }: { entry: Extract<TimelineEntry, { type: "related" }>; describe: Describe }) {
  const format = useFormat();
  const there = useDescribe(describe.app, entry.form).data;
  const { record } = entry;
  const related = describe.related.find((one) => one.key === entry.list);
  const shown = (related?.columns ?? []).filter((key) => key !== describe.timeline[entry.list] && key !== "owner" && record[key] !== null && record[key] !== undefined).slice(0, 4);
  const owner = record["owner"] as { readonly name?: string } | null | undefined;
  return (
    <li>
      <span className="mark" aria-hidden><IconCalendarEvent size={14} /></span>
      <p>
        {owner?.name ? <strong>{owner.name} </strong> : null}
        <Link to={`/a/${describe.app}/${entry.form}/${record.id}`}>{record.title || `#${record.id}`}</Link>
        <time dateTime={entry.at} title={format.relative(entry.at)}>{format.dateTime(entry.at)}</time>
      </p>
      {there && shown.length ? (
        <dl>
          {shown.map((key) => {
            const field = fieldOf(there, key);
            return field ? (
              <div key={key}>
                <dt>{format.label(field.label)}</dt>
                <dd><FieldCell value={record[key]} field={fieldOn(field, key, record)} place={{ app: describe.app, form: entry.form, field: key, record: record.id }} /></dd>
              </div>
            ) : null;
          })}
        </dl>
      ) : null}
    </li>
  );
}

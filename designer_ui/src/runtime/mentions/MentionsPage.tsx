import { IconAt } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMentions, useReadMentions } from "@/api";
import { partsOf } from "@/model/mentions";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import "./mentions.css";

/** Comments in which somebody mentions me; opening one marks it as read. */
export function MentionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const mentions = useMentions();
  const read = useReadMentions();
  useTitle(t("mentions.title"));
  if (mentions.isError) return <ErrorView error={mentions.error} onRetry={mentions.refetch} />;
  const found = mentions.data?.mentions ?? [];
  return (
    <div className="mentions">
      <header>
        <h1>{t("mentions.title")}</h1>
        {mentions.data?.unread ? <Button onClick={() => read.mutate(undefined)} loading={read.isPending}>{t("mentions.readAll")}</Button> : null}
      </header>
      {mentions.isPending ? <Skeleton lines={8} /> : found.length === 0 ? <EmptyState icon={<IconAt size={24} />} title={t("mentions.none")} /> : (
        <ul>
          {found.map((one) => (
            <li key={one.id} className={one.read ? "" : "unread"}>
              <p>
                <strong>{one.author.name}</strong>
                <Link to={`/a/${one.app}/${one.form}/${one.record.id}?tab=history`} onClick={() => (one.read ? undefined : read.mutate([one.id]))}>{one.record.title || `#${one.record.id}`}</Link>
                <span className="muted">{format.label(one.form_label)}</span>
                <time className="muted num" dateTime={one.at}>{format.relative(one.at)}</time>
                {one.read ? null : <span className="sr-only">{t("mentions.unread")}</span>}
              </p>
              <div className="text">{partsOf(one.text, one.mentions).map((part, index) => (part.person ? <b key={index}>{part.text}</b> : part.text))}</div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

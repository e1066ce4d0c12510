import { IconBell, IconMailCog } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMentions, type Notification } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { MailDialog } from "./MailDialog";
import { useNotifications, useReadNotifications } from "./calls";
import "../../mentions/mentions.css";

/** What I was told of, the newest first; opening one marks it as read. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const pages = useNotifications();
  const read = useReadNotifications();
  const mentions = useMentions().data?.unread ?? 0;
  const [setting, setSetting] = useState(false);
  useTitle(t("notifications.title"));
  if (pages.isError) return <ErrorView error={pages.error} onRetry={pages.refetch} />;
  const found = (pages.data?.pages ?? []).flatMap((page) => page.notifications);
  const unread = pages.data?.pages[0]?.unread ?? 0;
  return (
    <div className="mentions">
      <header>
        <h1>{t("notifications.title")}</h1>
        <span className="notification-tools">
          <Link to="/mentions">{t("notifications.mentions", { count: mentions })}</Link>
          {unread ? <Button onClick={() => read.mutate(undefined)} loading={read.isPending}>{t("notifications.readAll")}</Button> : null}
          <IconButton label={t("notifications.mail")} onClick={() => setSetting(true)}><IconMailCog size={18} aria-hidden /></IconButton>
        </span>
      </header>
      {pages.isPending ? <Skeleton lines={8} /> : found.length === 0 ? <EmptyState icon={<IconBell size={24} />} title={t("notifications.none")}>{t("notifications.noneHelp")}</EmptyState> : (
        <ul>{found.map((one) => <Told key={one.id} one={one} onRead={() => (one.read ? undefined : read.mutate([one.id]))} />)}</ul>
      )}
      {pages.hasNextPage ? <Button className="notification-more" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("tasks.more")}</Button> : null}
      {setting ? <MailDialog onClose={() => setSetting(false)} /> : null}
    </div>
  );
}

function Told({ one, onRead }: { one: Notification; onRead: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const to = one.task === null ? `/a/${one.app}/${one.form}/${one.record.id}?tab=workflow` : `/tasks/${one.task}`;
  return (
    <li className={one.read ? "" : "unread"}>
      <p>
        <Link to={to} onClick={onRead}>{one.record.title || `#${one.record.id}`}</Link>
        <time className="muted num" dateTime={one.at} title={format.dateTime(one.at)}>{format.relative(one.at)}</time>
        {one.read ? null : <span className="sr-only">{t("tasks.unread")}</span>}
      </p>
      <div className="text">{one.text}</div>
    </li>
  );
}

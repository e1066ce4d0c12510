import { IconMail } from "@tabler/icons-react";
import { Button } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";

interface Mail {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly address: string;
  readonly subject: string;
  readonly state: "waiting" | "sent" | "failed" | "kept";
  readonly error: string | null;
  /** Only of mails that are kept. */
  readonly text: string | null;
}

interface MailPage {
  readonly mails: readonly Mail[];
  readonly total: number;
  readonly configured: boolean;
}

const PAGE = 50;
const COLORS = { waiting: "amber", sent: "green", failed: "red", kept: "blue" } as const;

const useMails = () =>
  useInfiniteQuery({
    queryKey: ["settings", "mails"],
    queryFn: ({ pageParam, signal }) => get<MailPage>("/mails", { offset: pageParam, limit: PAGE }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < last.total ? all.length * PAGE : undefined),
  });

/** Mails of the last weeks: what became of them, and what those say that no server took. */
export function MailsPage() {
  const { t } = useTranslation();
  const pages = useMails();
  useTitle(t("settings.mails.title"));
  const first = pages.data?.pages[0];
  const mails = (pages.data?.pages ?? []).flatMap((page) => page.mails);
  return (
    <>
      <header className="set-head"><h1>{t("settings.mails.title")}</h1></header>
      {first ? <p className="set-lead">{first.configured ? t("settings.mails.configured") : t("settings.mails.notConfigured")}</p> : null}
      {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton lines={6} /> : null}
      {first && mails.length === 0 ? <EmptyState icon={<IconMail size={24} />} title={t("settings.mails.none")} /> : null}
      {mails.length > 0 ? <ul className="set-mails">{mails.map((mail) => <MailItem key={mail.id} mail={mail} />)}</ul> : null}
      {pages.hasNextPage ? <Button className="set-more" loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
    </>
  );
}

function MailItem({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <p className="set-line">
        <strong>{mail.subject}</strong>
        <span className="muted">{mail.address}</span>
        <time className="muted num" dateTime={mail.at} title={format.dateTime(mail.at)}>{format.relative(mail.at)}</time>
        <Tag color={COLORS[mail.state]}>{t(`settings.mails.state.${mail.state}`)}</Tag>
      </p>
      {mail.error ? <p className="set-issue">{mail.error}</p> : null}
      {mail.text ? (
        <details>
          <summary>{t("settings.mails.read")}</summary>
          <div className="text">{mail.text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 ? <a key={index} href={part}>{part}</a> : part))}</div>
        </details>
      ) : null}
    </li>
  );
}

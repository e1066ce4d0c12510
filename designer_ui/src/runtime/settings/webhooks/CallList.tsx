import { IconRefresh, IconWebhook } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { announce } from "@/ui/announce";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { STATES, useCalls, useRetryCall, type CallState, type WebhookCall } from "./calls";

const COLORS = { waiting: "amber", done: "green", failed: "red", void: "gray" } as const;

/** The calls of the last weeks: what was sent, what was answered, and which may be tried again. */
export function CallList() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((one) => one === search.get("state")) ?? null;
  const pages = useCalls(state);
  const calls = (pages.data?.pages ?? []).flatMap((page) => page.calls);
  const show = (next: CallState | undefined): void => setSearch(next ? { state: next } : {}, { replace: true });
  return (
    <section className="hooks" aria-label={t("webhooks.calls")}>
      <div className="set-tools">
        <h2>{t("webhooks.calls")}</h2>
        <Select className="set-filter" aria-label={t("webhooks.state.title")} placeholder={t("webhooks.state.all")} allowClear value={state} options={STATES.map((value) => ({ value, label: t(`webhooks.state.${value}`) }))} onChange={show} />
        <Button icon={<IconRefresh size={16} aria-hidden />} loading={pages.isFetching} onClick={() => void pages.refetch()}>{t("webhooks.refresh")}</Button>
      </div>
      {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton lines={6} /> : null}
      {pages.data && calls.length === 0 ? <EmptyState icon={<IconWebhook size={24} />} title={t("webhooks.none")}>{t("webhooks.noneHelp")}</EmptyState> : null}
      {calls.length > 0 ? <ul className="set-mails">{calls.map((call) => <CallItem key={call.id} call={call} />)}</ul> : null}
      {pages.hasNextPage ? <Button className="set-more" loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
    </section>
  );
}

function CallItem({ call }: { readonly call: WebhookCall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const retry = useRetryCall();
  const again = (): void =>
    retry.mutate(call.id, {
      onSuccess: () => announce(t("webhooks.retried")),
      onError: (error) => showToast({ text: errorText(error) }),
    });
  return (
    <li>
      <p className="set-line">
        <strong>{call.node}</strong>
        <Link to={`/a/${encodeURIComponent(call.app)}/-/workflows/${call.instance}`}>{call.record.title || call.workflow}</Link>
        <time className="muted num" dateTime={call.made_at} title={format.dateTime(call.made_at)}>{format.relative(call.made_at)}</time>
        <Tag color={COLORS[call.state]}>{t(`webhooks.state.${call.state}`)}</Tag>
        {call.retry ? <Button size="small" loading={retry.isPending} onClick={again}>{t(call.state === "waiting" ? "webhooks.now" : "webhooks.again")}</Button> : null}
      </p>
      <p><code>{call.method} {call.url}</code></p>
      <p className="muted">
        {[
          t("webhooks.attempts", { count: call.attempts }),
          ...(call.status === null ? [] : [t("webhooks.status", { status: call.status })]),
          ...(call.next_at === null ? [] : [t("webhooks.next", { moment: format.dateTime(call.next_at) })]),
        ].join(" · ")}
      </p>
      {call.error ? <p className="set-issue">{call.error}</p> : null}
      {call.body || call.answer ? (
        <details>
          <summary>{t("webhooks.look")}</summary>
          {call.body ? <><h3>{t("webhooks.body")}</h3><pre className="text">{call.body}</pre></> : null}
          {call.answer ? <><h3>{t("webhooks.answer")}</h3><pre className="text">{call.answer}</pre></> : null}
          <p className="muted">Idempotency-Key: <code>{call.key}</code></p>
        </details>
      ) : null}
    </li>
  );
}

import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useEndSession, useSessions } from "./calls";
import { deviceOf } from "./device";

/** Where one is signed in, with ways to end one of the sessions, or all others. */
export function Sessions() {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const sessions = useSessions();
  const end = useEndSession();
  const finish = (key: string | null) =>
    end.mutate(key, { onSuccess: () => announce(t("account.sessions.ended")), onError: (error) => showToast({ text: errorText(error) }) });
  const others = (sessions.data ?? []).some((one) => !one.current);
  return (
    <section aria-label={t("account.sessions.title")}>
      <h2>{t("account.sessions.title")}</h2>
      {sessions.error ? <ErrorView part error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <Skeleton lines={3} /> : null}
      <ul>
        {(sessions.data ?? []).map((one) => {
          const device = deviceOf(one.user_agent) ?? t("account.sessions.unknown");
          return (
            <li key={one.key}>
              <div>
                <strong>{device}</strong>
                <p className="muted">{[one.address, one.current ? t("account.sessions.here") : t("account.sessions.seen", { when: format.relative(one.last_seen_at) })].filter(Boolean).join(" · ")}</p>
              </div>
              {one.current ? null : <Button aria-label={t("account.sessions.endOf", { device })} disabled={end.isPending} onClick={() => finish(one.key)}>{t("account.sessions.end")}</Button>}
            </li>
          );
        })}
      </ul>
      {others ? <Button danger loading={end.isPending} onClick={() => finish(null)}>{t("account.sessions.endOthers")}</Button> : null}
    </section>
  );
}

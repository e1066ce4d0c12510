import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useActivate, usePasswordLink, useUnlock } from "../calls";
import { CopyBox, linkAddress } from "../parts/LinkBox";
import type { Person } from "../types";
import { StateTag } from "./PeopleList";

const HandoverDialog = lazy(async () => ({ default: (await import("../handover/HandoverDialog")).HandoverDialog }));

/** Whether somebody may come in: his state, a link for a password, letting go and taking back. */
export function PersonAccess({ person }: { person: Person }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const user = useSession().data?.user;
  const me = user?.id;
  const link = usePasswordLink();
  const activate = useActivate();
  const unlock = useUnlock();
  const [handing, setHanding] = useState<"leaving" | "handover" | null>(null);
  const failed = { onError: (error: unknown) => showToast({ text: errorText(error) }) };
  return (
    <section className="set-access" aria-label={t("settings.people.access")}>
      <h3>{t("settings.people.access")}</h3>
      <p className="set-line">
        <StateTag state={person.state} />
        <span className="muted">{person.last_seen_at ? t("settings.people.seen", { when: format.relative(person.last_seen_at) }) : t("settings.people.neverSeen")}</span>
      </p>
      {person.locked_until ? (
        <p className="set-line">
          <span className="set-issue">{t("settings.people.locked", { until: format.dateTime(person.locked_until) })}</span>
          <Button loading={unlock.isPending} onClick={() => unlock.mutate(person.id, failed)}>{t("settings.people.unlock")}</Button>
        </p>
      ) : null}
      {link.data?.token ? (
        <>
          <p>{t("settings.people.linkHelp", { until: format.dateTime(link.data.expires_at) })}</p>
          <CopyBox text={linkAddress(link.data)} label={t("settings.people.link")} />
        </>
      ) : null}
      <p className="set-line">
        {person.state === "inactive" ? (
          <Button loading={activate.isPending} onClick={() => activate.mutate(person.id, failed)}>{t("settings.people.activate")}</Button>
        ) : (
          <>
            <Button disabled={link.isPending} onClick={() => link.mutate({ id: person.id, send: true }, { ...failed, onSuccess: () => showToast({ text: t("settings.people.mailed", { email: person.email }) }) })}>
              {person.state === "invited" ? t("settings.people.mailInvitation") : t("settings.people.mailPassword")}
            </Button>
            {user?.is_admin ? (
              <Button disabled={link.isPending} onClick={() => link.mutate({ id: person.id, send: false }, failed)}>
                {person.state === "invited" ? t("settings.people.invitationLink") : t("settings.people.passwordLink")}
              </Button>
            ) : null}
            {person.id === me ? null : (
              <Button danger onClick={() => setHanding("leaving")}>{t("settings.people.deactivate")}</Button>
            )}
          </>
        )}
        <Button onClick={() => setHanding("handover")}>{t("settings.handover.open")}</Button>
      </p>
      {handing ? (
        <Suspense fallback={null}>
          <HandoverDialog person={person} leaving={handing === "leaving"} onClose={() => setHanding(null)} />
        </Suspense>
      ) : null}
    </section>
  );
}

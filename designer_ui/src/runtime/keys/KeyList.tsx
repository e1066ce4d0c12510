import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useApps } from "@/api";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { useErrorText } from "@/ui/ErrorView";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useRevoke, type ApiKey } from "./calls";
import "./keys.css";

/** API keys with what they may do and when they were used last, each to be revoked. */
export function KeyList({ keys, place, named = false }: { keys: readonly ApiKey[]; place: string; named?: boolean }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const revoke = useRevoke(place);
  const askRevoke = (key: ApiKey): void =>
    ask({
      title: t("keys.revokeAsk", { name: key.name }),
      content: t("keys.revokeHelp"),
      okText: t("keys.revoke"),
      danger: true,
      onOk: () => revoke.mutateAsync(key.id).then(() => announce(t("keys.revoked", { name: key.name })), (error: unknown) => showToast({ text: errorText(error) })),
    });
  return (
    <ul className="keys">
      {keys.map((key) => (
        <li key={key.id}>
          <div>
            <p className="keys-name">
              <strong>{key.name}</strong>
              {named ? <span>{key.user.name}</span> : null}
              <Tag color={key.expired ? "red" : key.writes ? "amber" : "gray"}>{key.expired ? t("keys.expired") : key.writes ? t("keys.writes") : t("keys.reads")}</Tag>
            </p>
            <KeyFacts apiKey={key} />
          </div>
          <Button aria-label={t("keys.revokeOf", { name: key.name })} onClick={() => askRevoke(key)}>{t("keys.revoke")}</Button>
        </li>
      ))}
    </ul>
  );
}

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const apps = useApps();
  const names = apiKey.apps?.map((app) => {
    const label = apps.data?.find((one) => one.key === app)?.label;
    return label ? format.label(label) : app;
  });
  const used = apiKey.last_used_at
    ? t("keys.used", { when: format.relative(apiKey.last_used_at), where: apiKey.last_address ?? "?" })
    : t("keys.neverUsed");
  return (
    <p className="muted">
      <code>{`jk_${apiKey.prefix}…`}</code>
      {[names?.join(", ") ?? t("keys.allApps"), apiKey.expires_at ? t("keys.ends", { when: format.date(apiKey.expires_at) }) : t("keys.endsNever"), used].map((text) => ` · ${text}`).join("")}
    </p>
  );
}

import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useDropSecret, type Secret } from "./calls";

export function SecretList({ secrets, onChange }: { readonly secrets: readonly Secret[]; readonly onChange: (secret: Secret) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const drop = useDropSecret();
  const askToDrop = (name: string): void =>
    ask({
      title: t("webhooks.secret.deleteTitle", { name }),
      content: t("webhooks.secret.deleteHelp"),
      okText: t("webhooks.secret.delete"),
      danger: true,
      onOk: () =>
        drop.mutateAsync(name).then(
          () => announce(t("webhooks.secret.deleted", { name })),
          (error: unknown) => showToast({ text: errorText(error) }),
        ),
    });
  if (secrets.length === 0) return <p className="muted">{t("webhooks.secret.none")}</p>;
  return (
    <ul>
      {secrets.map((secret) => {
        const { name, hosts, changed_at, changed_by } = secret;
        return (
        <li key={name}>
          <code>{name}</code>
          <span>{hosts.join(", ")}</span>
          <span className="muted">{t("webhooks.secret.changed", { moment: format.relative(changed_at), name: changed_by?.name ?? "–" })}</span>
          <span className="actions">
            <Button size="small" aria-label={t("webhooks.secret.changeNamed", { name })} onClick={() => onChange(secret)}>{t("webhooks.secret.change")}</Button>
            <Button size="small" danger aria-label={t("webhooks.secret.deleteNamed", { name })} onClick={() => askToDrop(name)}>{t("webhooks.secret.delete")}</Button>
          </span>
        </li>
        );
      })}
    </ul>
  );
}

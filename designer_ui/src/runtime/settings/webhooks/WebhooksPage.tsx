import { IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { CallList } from "./CallList";
import { useSecrets, type Secret } from "./calls";
import { SecretDialog } from "./SecretDialog";
import { SecretList } from "./SecretList";
import "./webhooks.css";

/** The secrets that workflows name when they call other systems, and the calls they made. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const secrets = useSecrets();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Secret | null>(null);
  useTitle(t("webhooks.title"));
  return (
    <>
      <header className="set-head">
        <h1>{t("webhooks.title")}</h1>
        <span className="actions">
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("webhooks.secret.add")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("webhooks.lead")}</p>
      <section className="set-keys hooks-secrets" aria-label={t("webhooks.secrets")}>
        <h2>{t("webhooks.secrets")}</h2>
        {secrets.error ? <ErrorView part error={secrets.error} onRetry={() => void secrets.refetch()} /> : null}
        {secrets.isPending ? <Skeleton lines={2} /> : null}
        {secrets.data ? <SecretList secrets={secrets.data} onChange={setChanging} /> : null}
      </section>
      <CallList />
      {adding || changing !== null ? (
        <SecretDialog
          known={changing}
          onClose={() => {
            setAdding(false);
            setChanging(null);
          }}
        />
      ) : null}
    </>
  );
}

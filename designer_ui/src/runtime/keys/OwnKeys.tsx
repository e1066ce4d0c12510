import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { OWN, useKeys } from "./calls";
import { KeyList } from "./KeyList";
import { NewKeyDialog } from "./NewKeyDialog";

/** One's own API keys, as a section of the page of one's account. */
export function OwnKeys() {
  const { t } = useTranslation();
  const keys = useKeys(OWN);
  const [making, setMaking] = useState(false);
  return (
    <section aria-label={t("keys.title")}>
      <h2>{t("keys.title")}</h2>
      <p className="muted">{t("keys.lead")}</p>
      {keys.error ? <ErrorView part error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.isPending ? <Skeleton lines={2} /> : null}
      {keys.data?.length ? <KeyList keys={keys.data} place={OWN} /> : null}
      <Button onClick={() => setMaking(true)}>{t("keys.new")}</Button>
      {making ? <NewKeyDialog place={OWN} onClose={() => setMaking(false)} /> : null}
    </section>
  );
}

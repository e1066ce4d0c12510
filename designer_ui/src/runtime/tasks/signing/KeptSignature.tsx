import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { showToast } from "@/ui/toast";
import { useKeepSignature, useKeptSignature } from "./calls";
import { SignatureMark } from "./SignatureMark";
import "./signing.css";

/** The signature that I have kept, to be looked at and deleted. */
export function KeptSignature() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const kept = useKeptSignature();
  const forget = useKeepSignature();
  const remove = () =>
    ask({
      title: t("signature.forgetTitle"),
      okText: t("ui.delete"),
      onOk: () => forget.mutateAsync(null).then(() => announce(t("signature.forgotten")), (error: unknown) => showToast({ text: errorText(error) })),
    });
  return (
    <section aria-label={t("signature.kept")}>
      <h2>{t("signature.kept")}</h2>
      <p className="muted">{t(kept.data ? "signature.keptHelp" : "signature.noneHelp")}</p>
      {kept.isError ? <ErrorView part error={kept.error} onRetry={kept.refetch} /> : null}
      {kept.isPending ? <Skeleton lines={2} /> : null}
      {kept.data ? (
        <>
          <div className="signature-sheet"><SignatureMark signature={kept.data} name={t("signature.mine")} /></div>
          <Button onClick={remove}>{t("signature.forget")}</Button>
        </>
      ) : null}
    </section>
  );
}

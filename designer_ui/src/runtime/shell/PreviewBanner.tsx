import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { usePreview, useSession } from "@/api";
import { useErrorText } from "@/ui/ErrorView";

/** Says whose eyes an administrator looks through, and ends that. */
export function PreviewBanner() {
  const { t } = useTranslation();
  const session = useSession().data;
  const preview = usePreview();
  const errorText = useErrorText();
  if (!session?.previewed_by || !session.user) return null;
  return (
    <div className="preview-banner" role="status">
      <span>{preview.isError ? errorText(preview.error) : t("shell.preview.now", { name: session.user.name })}</span>
      <Button size="small" loading={preview.isPending} onClick={() => preview.mutate(null)}>{t("shell.preview.end")}</Button>
    </div>
  );
}

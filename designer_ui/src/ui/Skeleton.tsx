import { useTranslation } from "react-i18next";

/** Grey lines in place of what is still on its way; they appear after 150 ms. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className="j-skeleton" role="status" aria-label={t("ui.loading")}>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}

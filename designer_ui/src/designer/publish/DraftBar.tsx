/** Says that the draft is not what people use yet, and leads to publishing it. */
import { IconPencil } from "@tabler/icons-react";
import { Button } from "antd";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreview, type Draft } from "../draft";

const PublishDialog = lazy(() => import("./PublishDialog"));

export function DraftBar({ app, draft }: { app: string; draft: Draft }) {
  const { t } = useTranslation();
  const preview = usePreview(app, draft);
  const [open, setOpen] = useState(false);
  if (!draft.changed) return null;
  const problems = preview.data?.issues.length ?? 0;
  const changes = preview.data?.plan?.changes.length ?? 0;
  const words =
    problems > 0
      ? t("design.draft.problems", { count: problems })
      : preview.data
        ? t("design.draft.changes", { count: changes })
        : t("design.draft.open");
  return (
    <div className={problems > 0 ? "draft-bar wrong" : "draft-bar"}>
      <IconPencil size={16} aria-hidden />
      <p role="status">{words}</p>
      <Button type="primary" onClick={() => setOpen(true)}>{t("design.draft.publish")}</Button>
      {open ? <Suspense fallback={null}><PublishDialog app={app} draft={draft} onClose={() => setOpen(false)} /></Suspense> : null}
    </div>
  );
}

/** The condition of a group's records, written in the editor of expressions and checked there. */
import { ExpressionEditor, type EditorHandle } from "@/catalogue/expression";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly app: string;
  readonly form: string;
  /** Of the group. */
  readonly name: string;
  readonly rows: string;
  readonly onClose: () => void;
  readonly onSave: (rows: string) => void;
}

export default function RowsDialog({ app, form, name, rows, onClose, onSave }: Props) {
  const { t } = useTranslation();
  const editor = useRef<EditorHandle>(null);
  const [text, setText] = useState(rows);
  const [missing, setMissing] = useState(false);
  // An editor that was there before the dialog opened could not take the focus itself.
  useEffect(() => editor.current?.focus(), []);
  const subject = useMemo(() => ({ app, form, draft: true }), [app, form]);
  const save = (): void => {
    if (!text.trim()) return setMissing(true);
    onSave(text.trim());
    onClose();
  };
  return (
    <Dialog
      title={t("permissions.rows.change", { name })}
      className="condition-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" title="Ctrl+Enter" onClick={save}>{t("permissions.keep")}</Button>
        </>
      }
    >
      <p className="muted">{t("permissions.rows.help")}</p>
      <Suspense fallback={<Skeleton lines={3} />}>
        <ExpressionEditor ref={editor} subject={subject} value={text} onChange={setText} expects="boolean" label={t("permissions.rows.condition")} autoFocus onSubmit={save} />
      </Suspense>
      <p role="alert" className="design-problem">{missing && !text.trim() ? t("permissions.rows.missing") : ""}</p>
    </Dialog>
  );
}

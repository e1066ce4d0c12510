/** One expression of a workflow, to be written. */
import { ExpressionEditor, type EditorHandle, type Subject } from "@/catalogue/expression";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly subject: Subject;
  readonly label: string;
  readonly value: string;
  readonly expects: string | undefined;
  readonly onSave: (value: string) => void;
  readonly onClose: () => void;
}

export default function ExpressionDialog({ subject, label, value, expects, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const editor = useRef<EditorHandle>(null);
  const [text, setText] = useState(value);
  // An editor that was there before the dialog opened could not take the focus itself.
  useEffect(() => editor.current?.focus(), []);
  const save = (): void => {
    onSave(text.trim());
    onClose();
  };
  return (
    <Dialog
      title={label}
      className="condition-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" title="Ctrl+Enter" onClick={save}>{t("flow.expression.take")}</Button>
        </>
      }
    >
      <Suspense fallback={<Skeleton lines={3} />}>
        <ExpressionEditor ref={editor} subject={subject} value={text} onChange={setText} expects={expects} label={label} autoFocus onSubmit={save} />
      </Suspense>
    </Dialog>
  );
}

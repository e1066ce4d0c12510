import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog";
import { useQuestion, type Question } from "./ask";

/** Shows what `ask` was given. */
export default function QuestionDialog({ question }: { question: Question }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const close = () => useQuestion.setState({ question: null });
  const run = async () => {
    setBusy(true);
    try {
      await question.onOk();
    } finally {
      close();
    }
  };
  return (
    <Dialog
      title={question.title}
      onClose={busy ? undefined : close}
      footer={
        <>
          <Button onClick={close} disabled={busy} autoFocus>{question.cancelText ?? t("ui.cancel")}</Button>
          <Button type="primary" danger={question.danger ?? false} className={question.danger ? "solid-danger" : ""} loading={busy} onClick={() => void run()}>
            {question.okText}
          </Button>
        </>
      }
    >
      {question.content}
    </Dialog>
  );
}

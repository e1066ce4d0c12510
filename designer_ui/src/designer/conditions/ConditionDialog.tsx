/** One condition of the draft, to be changed. */
import { ExpressionEditor, type EditorHandle } from "@/catalogue/expression";
import { changesOf, placeText, type Condition } from "@/model/design/conditions";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toast";
import { Button } from "antd";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeDraft, type Draft } from "../draft";

interface Props {
  readonly app: string;
  readonly draft: Draft;
  readonly condition: Condition;
  readonly onClose: () => void;
}

export default function ConditionDialog({ app, draft, condition, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const editor = useRef<EditorHandle>(null);
  const change = useChangeDraft(app);
  const [text, setText] = useState(condition.text);
  const [problem, setProblem] = useState("");
  // An editor that was there before the dialog opened could not take the focus itself.
  useEffect(() => editor.current?.focus(), []);
  const subject = useMemo(
    () => ({ app, form: condition.form, draft: true, place: condition.path, record: condition.record ?? undefined }),
    [app, condition],
  );
  const place = placeText(condition, format.label) || t(`design.conditions.kind.${condition.kind}`);
  const save = async (): Promise<void> => {
    const written = text.trim();
    if (!written) return setProblem(t("design.conditions.missing"));
    const changes = changesOf(draft.document, condition, written);
    if (!changes) return setProblem(t("design.conditions.exists"));
    try {
      await change.mutateAsync({ changes, revision: draft.revision });
    } catch (error) {
      return setProblem(errorText(error));
    }
    showToast({ text: t("design.conditions.saved") });
    onClose();
  };
  return (
    <Dialog
      title={t("design.conditions.change", { place })}
      className="condition-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={change.isPending} title="Ctrl+Enter" onClick={() => void save()}>{t("design.conditions.save")}</Button>
        </>
      }
    >
      <p className="muted">{t(`design.conditions.kind.${condition.kind}`)}</p>
      <Suspense fallback={<Skeleton lines={3} />}>
        <ExpressionEditor ref={editor} subject={subject} value={text} onChange={setText} expects={condition.expects ?? undefined} label={place} autoFocus onSubmit={() => void save()} />
      </Suspense>
      {problem ? <p role="alert" className="design-problem">{problem}</p> : null}
    </Dialog>
  );
}

import { Button, Modal } from "antd";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, useRunAction, type ActionDone, type Confirmed, type Describe, type RecordAction, type RecordJson, type Values } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { issuesByField, sentValues } from "@/model/draft";
import { fieldOf } from "@/model/layout";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { useDuplicateQuestion } from "../duplicates/useDuplicateQuestion";
import "../dialog/dialog.css";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly action: RecordAction;
  readonly onClose: () => void;
  readonly onDone: (done: ActionDone) => void;
}

/** What a button asks for before it does anything, and what was wrong with it. */
export default function ActionDialog({ describe, record, action, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(describe.app);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const run = useRunAction(describe.app, describe.key, record.id);
  const [typed, setTyped] = useState<Values>({});
  const [issues, setIssues] = useState<ReadonlyMap<string, string>>(new Map());
  const [problem, setProblem] = useState("");
  const name = format.label(action.label);
  const values = { ...record, ...typed };
  const submit = async (confirm?: Confirmed): Promise<void> => {
    setProblem("");
    try {
      onDone(await run.mutateAsync({ action: action.key, revision: record.revision, values: sentValues(typed), confirm }));
    } catch (error) {
      if (asked(error, confirm, (anyway) => submit(anyway))) return;
      const found = error instanceof ApiError ? issuesByField(error.issues) : new Map<string, string>();
      const elsewhere = [...found].find(([key]) => !action.ask.includes(key))?.[1];
      setIssues(found);
      setProblem(elsewhere ?? (found.size ? "" : errorText(error)));
    }
  };
  return (
    <Modal
      open
      width={480}
      title={name}
      onCancel={onClose}
      afterOpenChange={(open) => {
        // The dialog itself takes the focus first.
        if (open) form.current?.querySelector<HTMLElement>("input, textarea, [contenteditable=true]")?.focus();
      }}
      footer={
        <div className="record-dialog-bar">
          <Button onClick={onClose} disabled={run.isPending}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={run.isPending} onClick={() => void submit()}>{name}</Button>
        </div>
      }
    >
      <form
        ref={form}
        className="action-dialog"
        aria-label={name}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {action.confirm ? <p>{format.label(action.confirm)}</p> : null}
        {action.ask.map((key, index) => {
          const field = fieldOf(describe, key);
          const issue = issues.get(key);
          return field ? (
            <div key={key} className="form-field" data-field={key}>
              <label htmlFor={`${id}-${key}`} id={`${id}-${key}-label`}>{format.label(field.label)}</label>
              <FieldInput
                id={`${id}-${key}`}
                value={values[key] ?? null}
                onChange={(value) => setTyped((before) => ({ ...before, [key]: value }))}
                field={field}
                place={{ app: describe.app, form: describe.key, field: key, record: record.id }}
                values={values}
                autoFocus={index === 0}
                invalid={issue !== undefined}
                describedBy={issue ? `${id}-${key}-issue` : undefined}
              />
              {issue ? <p id={`${id}-${key}-issue`} className="form-issue">{issue}</p> : null}
            </div>
          ) : null;
        })}
        {problem ? <p role="alert" className="form-issue">{problem}</p> : null}
      </form>
    </Modal>
  );
}

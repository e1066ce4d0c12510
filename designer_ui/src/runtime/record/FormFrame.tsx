import { Button } from "antd";
import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "@/ui/useMedia";
import { useHotkey } from "@/ui/useHotkey";
import { FormBody } from "./FormBody";
import type { RecordDraft } from "./useRecordDraft";
import { Skeleton } from "@/ui/Skeleton";

interface Props {
  readonly title: string;
  readonly draft: RecordDraft;
  readonly saving: boolean;
  /** About the record as a whole: a broken rule without a field, or no connection. */
  readonly problem: string;
  readonly onSave: () => void;
  readonly onCancel: () => void;
  readonly extra?: ReactNode;
}

/** The form's page: fields in the middle, the bar that saves at the foot. Ctrl+S saves, Escape leaves. */
export function FormFrame({ title, draft, saving, problem, onSave, onCancel, extra }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const form = useRef<HTMLFormElement>(null);
  useHotkey("s", () => {
    if (!saving && !document.querySelector("dialog[open]")) onSave();
  });
  const leave = useEffectEvent((event: KeyboardEvent) => {
    const busy = event.isComposing || event.defaultPrevented || document.querySelector("dialog[open], [popover]:popover-open, .ant-select-open, .ant-picker-dropdown:not(.ant-picker-dropdown-hidden)");
    if (event.key === "Escape" && !busy) onCancel();
  });
  useEffect(() => {
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, []);
  const failed = draft.issues.size;
  return (
    <form
      ref={form}
      className="form-page"
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        // Enter in a line of text would save half a form by accident; Ctrl+S and the button do it on purpose.
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <div className="form-sheet">
        <h1>{title}</h1>
        {draft.ready ? <FormBody draft={draft} /> : <Skeleton lines={9} />}
      </div>
      <footer className="form-bar">
        <p role="alert" className={problem || failed ? "form-issue" : "muted"}>
          {problem || (failed ? t("record.issues", { count: failed }) : draft.dirty ? t("record.unsaved") : "")}
        </p>
        <Button onClick={onCancel} size={phone ? "large" : "middle"}>{t("ui.cancel")}</Button>
        {extra}
        <Button type="primary" htmlType="submit" loading={saving} size={phone ? "large" : "middle"} title="Ctrl+S">{t("ui.save")}</Button>
      </footer>
    </form>
  );
}

/** Brings the first field with a message to the eye and under the cursor. */
export function focusFirstIssue(issues: ReadonlyMap<string, string>): void {
  requestAnimationFrame(() => {
    const fields = [...document.querySelectorAll<HTMLElement>(".form-page [data-field]")];
    const first = fields.find((field) => issues.has(field.dataset["field"] ?? ""));
    first?.scrollIntoView({ block: "center" });
    const place = first?.querySelector<HTMLElement>("[role=grid]") ?? first?.querySelector<HTMLElement>("input, textarea, button, [contenteditable=true]");
    place?.focus();
  });
}

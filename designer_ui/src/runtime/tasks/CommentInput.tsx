import { IconStar, IconX } from "@tabler/icons-react";
import { Button, Input } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { useKeepPhrase, usePhrases } from "./calls";
import type { CommentRule } from "./types";

const MOST = 4000;

/** What somebody says with a decision, with the phrases he has kept to put in by a click. */
export function CommentInput({ value, onChange, rule, label }: { value: string; onChange: (text: string) => void; rule: CommentRule; label?: string }) {
  const { t } = useTranslation();
  const id = useId();
  const phrases = usePhrases().data ?? [];
  const keep = useKeepPhrase();
  const text = value.trim();
  if (rule === "no") return null;
  const known = phrases.some((one) => one.text === text);
  return (
    <div className="form-field tasks-comment">
      <label htmlFor={id} className="form-label">
        {label ?? t("tasks.comment")}
        {rule === "required" ? <b title={t("record.required")}><span aria-hidden>*</span><span className="sr-only">{t("record.required")}</span></b> : null}
      </label>
      <Input.TextArea id={id} value={value} onChange={(event) => onChange(event.target.value)} maxLength={MOST} autoSize={{ minRows: 2, maxRows: 8 }} />
      <div className="tasks-phrases">
        {phrases.map((one) => (
          <span key={one.id} className="tasks-phrase">
            <button type="button" onClick={() => onChange(text ? `${value.trimEnd()} ${one.text}` : one.text)}>{one.text}</button>
            <IconButton label={t("tasks.phrase.forget", { text: one.text })} onClick={() => keep.mutate(one.id)}><IconX size={12} aria-hidden /></IconButton>
          </span>
        ))}
        {text && !known && text.length <= 200 ? (
          <Button size="small" type="text" icon={<IconStar size={14} aria-hidden />} loading={keep.isPending} onClick={() => keep.mutate(text)}>{t("tasks.phrase.keep")}</Button>
        ) : null}
      </div>
    </div>
  );
}

import { IconCheck, IconX } from "@tabler/icons-react";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, useRefreshRecords, useUpdateRecord, type Confirmed, type Describe, type FieldInfo, type Json, type RecordJson } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Place } from "@/catalogue/registry";
import { issuesByField, sameValue, sentValue } from "@/model/draft";
import { useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { useDuplicateQuestion } from "./duplicates/useDuplicateQuestion";

interface Props {
  readonly name: string;
  readonly field: FieldInfo;
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly place: Place;
  readonly onDone: () => void;
}

/** One field changed on its own: Enter or the tick saves, Escape gives up. */
export function FieldEditor({ name, field, describe, record, place, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(describe.app);
  const refresh = useRefreshRecords();
  const update = useUpdateRecord(describe.app, describe.key, record.id);
  const [value, setValue] = useState<Json>(record[name] ?? null);
  const [base] = useState(record);
  const [problem, setProblem] = useState("");
  const send = async (revision: number, confirm?: Confirmed): Promise<void> => {
    try {
      await update.mutateAsync({ revision, values: { [name]: sentValue(value) }, confirm });
      announce(t("record.saved"));
      onDone();
    } catch (error) {
      const current = error instanceof ApiError && error.code === "stale_revision" ? (error.details["current"] as RecordJson) : null;
      // Somebody changed other fields meanwhile: this one still fits on top.
      if (current && sameValue(current[name], base[name])) return send(current.revision, confirm);
      if (current) void refresh();
      if (asked(error, confirm, (anyway) => send(revision, anyway))) return;
      const issues = error instanceof ApiError ? issuesByField(error.issues) : null;
      setProblem(current ? t("record.changedMeanwhile") : (issues?.get(name) ?? [...(issues?.values() ?? [])][0] ?? errorText(error)));
    }
  };
  const save = () => {
    if (sameValue(value, base[name])) return onDone();
    setProblem("");
    void send(record.revision);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    const lines = event.target instanceof HTMLTextAreaElement || (event.target as HTMLElement).isContentEditable;
    const popup = (event.target as HTMLElement).closest(".ant-select-open, .ant-picker-focused") !== null;
    if (event.key === "Escape" && !popup) onDone();
    else if (event.key === "Enter" && !popup && (!lines || event.ctrlKey || event.metaKey) && event.target instanceof HTMLInputElement) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="field-editor" onKeyDown={onKeyDown}>
      <FieldInput
        id={id}
        value={value}
        onChange={setValue}
        field={field}
        place={place}
        values={record}
        label={format.label(field.label)}
        autoFocus
        invalid={problem !== ""}
        describedBy={problem ? `${id}-problem` : undefined}
      />
      <IconButton label={t("ui.save")} disabled={update.isPending} onClick={save}><IconCheck size={16} aria-hidden /></IconButton>
      <IconButton label={t("ui.cancel")} onClick={onDone}><IconX size={16} aria-hidden /></IconButton>
      <p role="alert" id={`${id}-problem`} className="form-issue">{problem}</p>
    </div>
  );
}

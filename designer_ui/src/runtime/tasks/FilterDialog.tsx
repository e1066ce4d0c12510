import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useSavedFilterCalls, type FilterQuery, type SavedFilter } from "./savedFilters";
import type { Box } from "./types";

interface Props {
  readonly kept: readonly SavedFilter[];
  /** Missing: the filters that are set are kept under a new name, or in place of what has the name. */
  readonly renamed: SavedFilter | undefined;
  readonly box: Box;
  readonly query: FilterQuery;
  readonly onClose: () => void;
  readonly onDone: (text: string) => void;
}

const LONGEST = 60;

/** Asks for the name of a filter. */
export function FilterDialog({ kept, renamed, box, query, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const id = useId();
  const [text, setText] = useState(renamed?.label ?? "");
  const { save, change } = useSavedFilterCalls();
  const label = text.trim();
  const replaced = renamed ? undefined : kept.find((one) => one.label.toLowerCase() === label.toLowerCase());
  const busy = save.isPending || change.isPending;
  const problem = save.error ?? change.error;
  const finish = (): void => {
    if (label === "" || busy) return;
    const onSuccess = () => {
      onDone(t("tasks.filter.saved"));
      onClose();
    };
    if (renamed) change.mutate({ id: renamed.id, label }, { onSuccess });
    else if (replaced) change.mutate({ id: replaced.id, query }, { onSuccess });
    else save.mutate({ box, label, query }, { onSuccess });
  };
  return (
    <Dialog
      title={t(renamed ? "tasks.filter.rename" : "tasks.filter.save")}
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={busy} disabled={label === ""} onClick={finish}>{t(replaced ? "tasks.filter.replace" : "ui.save")}</Button>
        </>
      }
    >
      <div className="form-field">
        <label htmlFor={id} className="form-label">{t("tasks.filter.name")}</label>
        <Input id={id} autoFocus value={text} maxLength={LONGEST} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (event.key === "Enter" && !event.nativeEvent.isComposing) finish(); }} />
        <p role="alert" className="form-issue">{problem ? errorText(problem) : ""}</p>
        {replaced ? <p className="muted">{t("tasks.filter.replaces", { name: replaced.label })}</p> : null}
      </div>
    </Dialog>
  );
}

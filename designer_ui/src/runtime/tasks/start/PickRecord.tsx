import { Button } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "@/ui/Dialog";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { SearchBox } from "../../list/toolbar/SearchBox";
import "../../list/list.css";
import { useStartWorkflow } from "../calls";
import { useStartableRecords, type Startable } from "./calls";

/** Asks on which record a workflow shall start, and starts it there. */
export function PickRecord({ workflow, onClose }: { workflow: Startable; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const id = useId();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const found = useStartableRecords(workflow, search);
  const records = found.data?.records ?? [];
  const picked = records.find((one) => one.id === chosen);
  const start = useStartWorkflow(workflow.app, workflow.form, chosen ?? 0);
  const button = workflow.ways.find(({ on }) => on === "button");
  const label = format.label(button?.label) || t("start.start");
  const run = () =>
    start.mutate(workflow.key, {
      onSuccess: () => {
        const text = t("tasks.startedNow", { workflow: format.label(workflow.label) });
        announce(text);
        showToast({ text });
        void navigate(`/a/${encodeURIComponent(workflow.app)}/${encodeURIComponent(workflow.form)}/${chosen}?tab=workflow`);
      },
    });
  return (
    <Dialog
      title={format.label(workflow.label)}
      onClose={start.isPending ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={start.isPending}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={start.isPending} disabled={!picked} onClick={run}>{label}</Button>
        </>
      }
    >
      <div className="task-dialog starts-pick">
        <SearchBox value={search} onChange={setSearch} label={t("start.searchRecords", { form: format.label(workflow.form_label) })} />
        {found.isError ? <ErrorView part error={found.error} onRetry={found.refetch} /> : found.isPending ? <Skeleton lines={4} /> : records.length === 0 ? (
          <p className="muted" role="status">{t(search ? "start.noRecordFound" : "start.noRecord")}</p>
        ) : (
          <fieldset>
            <legend className="sr-only">{format.label(workflow.form_label)}</legend>
            {records.map((one) => (
              <label key={one.id}>
                <input type="radio" name={id} checked={one.id === chosen} onChange={() => setChosen(one.id)} />
                <span>{one.title || `#${one.id}`}</span>
              </label>
            ))}
          </fieldset>
        )}
        {found.data?.more ? <p className="muted">{t("start.more")}</p> : null}
        {button?.confirm ? <p>{format.label(button.confirm)}</p> : null}
        <p role="alert" className="form-issue">{start.isError ? errorText(start.error) : ""}</p>
      </div>
    </Dialog>
  );
}

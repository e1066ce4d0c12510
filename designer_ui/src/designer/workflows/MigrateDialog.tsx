/** Runs that are on older versions of a workflow are moved to the newest one: which can, from where, and why. */
import { Dialog } from "@/ui/Dialog";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toast";
import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMigration, useMovable, type Movable } from "./calls";

interface Props {
  readonly app: string;
  readonly name: string;
  readonly onClose: () => void;
}

export default function MigrateDialog({ app, name, onClose }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const id = useId();
  const found = useMovable(app, name);
  const move = useMigration(app, name);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [reason, setReason] = useState("");
  const runs = found.data?.instances ?? [];
  const movable = runs.filter((one) => one.possible);
  const chosen = movable.filter((one) => !left.has(one.id));
  const choose = (run: number, wanted: boolean): void => {
    const next = new Set(left);
    if (wanted) next.delete(run);
    else next.add(run);
    setLeft(next);
  };
  const send = (): void =>
    move.mutate(
      { instances: chosen.map((one) => one.id), reason: reason.trim() },
      {
        onSuccess: ({ moved, version }) => {
          showToast({ text: t("flow.migrate.done", { count: moved, version }) });
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("flow.migrate.title")}
      className="wd-versions"
      onClose={move.isPending ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={move.isPending}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={move.isPending} disabled={chosen.length === 0 || reason.trim() === ""} onClick={send}>{t("flow.migrate.move", { count: chosen.length })}</Button>
        </>
      }
    >
      {found.isError ? <ErrorView part error={found.error} onRetry={found.refetch} /> : found.isPending ? <Skeleton lines={4} /> : (
        <>
          <p>{runs.length === 0 ? t("flow.migrate.none") : t("flow.migrate.lead", { version: found.data.version })}</p>
          {movable.length > 1 ? (
            <label className="wd-check">
              <input type="checkbox" checked={chosen.length === movable.length} ref={(box) => { if (box) box.indeterminate = chosen.length > 0 && chosen.length < movable.length; }} onChange={(event) => setLeft(new Set(event.target.checked ? [] : movable.map((one) => one.id)))} />
              <span>{t("flow.migrate.all")}</span>
            </label>
          ) : null}
          <ul className="wd-migrate" aria-label={t("flow.migrate.runs")}>
            {runs.map((run) => <Run key={run.id} run={run} wanted={run.possible && !left.has(run.id)} onChoose={choose} />)}
          </ul>
          {movable.length > 0 ? (
            <div className="form-field">
              <label htmlFor={id} className="form-label">{t("flow.migrate.reason")}</label>
              <Input.TextArea id={id} value={reason} maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => setReason(event.target.value)} />
            </div>
          ) : null}
        </>
      )}
      {move.isError ? <p role="alert" className="design-problem">{errorText(move.error)}</p> : null}
    </Dialog>
  );
}

function Run({ run, wanted, onChoose }: { readonly run: Movable; readonly wanted: boolean; readonly onChoose: (run: number, wanted: boolean) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <label className="wd-check">
        <input type="checkbox" checked={wanted} disabled={!run.possible} onChange={(event) => onChoose(run.id, event.target.checked)} />
        <span>
          <strong>{run.title}</strong>
          <small className="muted">{t("flow.migrate.at", { version: run.from, node: run.at.map((one) => format.label(one)).join(", ") })}</small>
          {run.message ? <small className="design-problem">{run.message}</small> : null}
        </span>
      </label>
    </li>
  );
}

/** Changes fields of many records: says first exactly what it will touch, then does it, and can be undone. */
import { useRefreshRecords, type Describe } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { IconPlus } from "@tabler/icons-react";
import { Button, Checkbox, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { editableInList, fieldOrder } from "../fields";
import { editBatch, type BatchEdited, type Meant, type Progress } from "./calls";
import { bodyOf, FIRST_CHANGE, isWhole, type FieldChange } from "./changes";
import { ChangeLine } from "./ChangeLine";
import { Preview } from "./Preview";
import { WorkProgress } from "./WorkProgress";
import { stopJob, WorkFailed } from "./work";
import { useBatchUndo } from "./useBatchUndo";
import "./batch.css";

interface Props {
  readonly describe: Describe;
  readonly meant: Meant;
  readonly onClose: (done: boolean) => void;
}

export function BatchDialog({ describe, meant, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const refresh = useRefreshRecords();
  const undo = useBatchUndo(describe);
  const [changes, setChanges] = useState<readonly FieldChange[]>([FIRST_CHANGE]);
  const [preview, setPreview] = useState<BatchEdited | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const [job, setJob] = useState<Progress | null>(null);
  const editable = fieldOrder(describe).filter((key) => editableInList(describe, key));
  const edit = (next: readonly FieldChange[]): void => {
    setChanges(next);
    setPreview(null);
    setFailure("");
  };
  const body = { ...bodyOf(changes), ...(confirmed ? { confirm: "duplicates" as const } : {}) };
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure("");
    try {
      await work();
    } catch (error) {
      setFailure(error instanceof WorkFailed && error.message ? error.message : errorText(error));
    } finally {
      setBusy(false);
      setJob(null);
    }
  };
  const look = (): Promise<void> => during(async () => setPreview(await editBatch(describe.app, describe.key, meant, body, true, setJob)));
  const apply = (partly: boolean): Promise<void> =>
    during(async () => {
      const edited = await editBatch(describe.app, describe.key, meant, { ...body, partly }, false, setJob);
      const { changed, batch } = edited ?? { changed: 0, batch: null };
      const text = t("batch.done", { count: changed, shown: format.number(changed) });
      showToast(batch === null ? { text } : { text, action: { label: t("batch.undo"), run: () => undo(batch) } });
      void refresh();
      onClose(true);
    });
  const left = preview ? preview.wrong + preview.not_allowed : 0;
  const warned = preview?.issues.some(({ code }) => code.startsWith("possible_")) ?? false;
  return (
    <Modal
      open
      width={640}
      title={t("batch.title", { count: meant.count, shown: format.number(meant.count) })}
      okText={preview === null ? t("batch.look") : t(left > 0 ? "batch.applyPossible" : "batch.apply", { count: preview.changed, shown: format.number(preview.changed) })}
      cancelText={t(job ? "batch.stop" : "ui.cancel")}
      okButtonProps={{ disabled: !changes.every(isWhole) || preview?.changed === 0 }}
      confirmLoading={busy}
      onOk={() => void (preview === null ? look() : apply(left > 0))}
      onCancel={() => {
        if (job) void stopJob(job.id).catch(() => undefined);
        else onClose(false);
      }}
    >
      <div className="list-dialog">
        {changes.map((change, place) => (
          <ChangeLine
            key={place}
            describe={describe}
            place={place}
            change={change}
            free={editable.filter((key) => !changes.some((other, at) => at !== place && other.key === key))}
            onChange={(next) => edit(changes.map((other, at) => (at === place ? next : other)))}
            onRemove={changes.length > 1 ? () => edit(changes.filter((_, at) => at !== place)) : undefined}
          />
        ))}
        <span>
          <Button type="link" size="small" icon={<IconPlus size={16} aria-hidden />} onClick={() => edit([...changes, FIRST_CHANGE])}>
            {t("batch.add")}
          </Button>
        </span>
        {preview ? <Preview describe={describe} preview={preview} /> : null}
        {warned || confirmed ? (
          <Checkbox
            checked={confirmed}
            onChange={(event) => {
              setConfirmed(event.target.checked);
              setPreview(null);
            }}
          >
            {t("batch.anyway")}
          </Checkbox>
        ) : null}
        {job ? <WorkProgress job={job} /> : null}
        {failure ? <p role="alert" className="list-problem">{failure}</p> : null}
      </div>
    </Modal>
  );
}

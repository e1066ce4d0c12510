/** Changes fields of many records: says first exactly what it will touch, then does it, and can be undone. */
import { useRefreshRecords, type Describe, type RecordJson } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { IconPlus } from "@tabler/icons-react";
import { Button, Checkbox, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { editableInList, fieldOrder } from "../fields";
import { editBatch, type BatchEdited } from "./calls";
import { bodyOf, FIRST_CHANGE, isWhole, type FieldChange } from "./changes";
import { ChangeLine } from "./ChangeLine";
import { Preview } from "./Preview";
import { useBatchUndo } from "./useBatchUndo";
import "./batch.css";

interface Props {
  readonly describe: Describe;
  readonly records: readonly RecordJson[];
  readonly onClose: (done: boolean) => void;
}

/** The most records that one edit changes. */
const MOST = 5000;

export function BatchDialog({ describe, records, onClose }: Props) {
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
  const editable = fieldOrder(describe).filter((key) => editableInList(describe, key));
  const edit = (next: readonly FieldChange[]): void => {
    setChanges(next);
    setPreview(null);
    setFailure("");
  };
  const body = { ...bodyOf(records.map(({ id }) => id), changes), ...(confirmed ? { confirm: "duplicates" as const } : {}) };
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure("");
    try {
      await work();
    } catch (error) {
      setFailure(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  const look = (): Promise<void> => during(async () => setPreview(await editBatch(describe.app, describe.key, body, true)));
  const apply = (partly: boolean): Promise<void> =>
    during(async () => {
      const { changed, batch } = await editBatch(describe.app, describe.key, { ...body, partly }, false);
      const text = t("batch.done", { count: changed, shown: format.number(changed) });
      showToast(batch === null ? { text } : { text, action: { label: t("batch.undo"), run: () => undo(batch) } });
      void refresh();
      onClose(true);
    });
  const left = preview ? preview.wrong + preview.not_allowed : 0;
  const warned = preview?.issues.some(({ code }) => code.includes("duplicate")) ?? false;
  const tooMany = records.length > MOST;
  return (
    <Modal
      open
      width={640}
      title={t("batch.title", { count: records.length, shown: format.number(records.length) })}
      okText={preview === null ? t("batch.look") : t(left > 0 ? "batch.applyPossible" : "batch.apply", { count: preview.changed, shown: format.number(preview.changed) })}
      cancelText={t("ui.cancel")}
      okButtonProps={{ disabled: tooMany || !changes.every(isWhole) || preview?.changed === 0 }}
      confirmLoading={busy}
      onOk={() => void (preview === null ? look() : apply(left > 0))}
      onCancel={() => onClose(false)}
    >
      <div className="list-dialog">
        {tooMany ? <p role="alert" className="list-problem">{t("batch.tooMany", { most: format.number(MOST) })}</p> : null}
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
        {failure ? <p role="alert" className="list-problem">{failure}</p> : null}
      </div>
    </Modal>
  );
}

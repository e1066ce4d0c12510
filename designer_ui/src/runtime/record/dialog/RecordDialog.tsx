import { Button, Modal } from "antd";
import { useCallback, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { proposedIn, useCreateRecord, useDescribe, useRecord, useUpdateRecord, type Confirmed, type Describe, type RecordJson, type Values } from "@/api";
import { sentValues } from "@/model/draft";
import { ErrorView } from "@/ui/ErrorView";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { ask } from "@/ui/ask";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { FormBody } from "../FormBody";
import { useOwnRecord } from "../useOwnRecord";
import { useRecordDraft, type RecordDraft } from "../useRecordDraft";
import { useSave } from "../useSave";
import "./dialog.css";

/** What is told of a record that was saved. */
export interface Saved {
  readonly id: number;
  readonly title: string | null;
}

interface Props {
  readonly app: string;
  readonly form: string;
  /** Missing: a new record. */
  readonly id?: number;
  /** First values of a new record. */
  readonly prefill?: Values;
  readonly title?: string;
  /** How a new record is saved, when not by simply creating it. */
  readonly create?: (values: Values, confirm: Confirmed) => Promise<Saved>;
  readonly onClose: () => void;
  readonly onSaved: (record: Saved) => void;
}

const NOTHING: Values = {};

/** A record's form over the page that asked for it: nobody loses his place. */
export default function RecordDialog(props: Props) {
  const { app, form, id } = props;
  const { t } = useTranslation();
  const describe = useDescribe(app, form);
  const record = useRecord(app, form, id ?? NaN);
  const error = describe.error ?? (id === undefined ? null : record.error);
  if (error) return <Frame title={props.title ?? t("record.title")} onClose={props.onClose}><ErrorView part error={error} /></Frame>;
  if (!describe.data || (id !== undefined && !record.data)) return <Frame title={props.title ?? ""} onClose={props.onClose}><Skeleton lines={8} /></Frame>;
  return record.data && id !== undefined ? (
    <EditDialog {...props} describe={describe.data} record={record.data} />
  ) : (
    <NewDialog {...props} describe={describe.data} />
  );
}

function NewDialog({ describe, prefill = NOTHING, title, create, onClose, onSaved }: Props & { describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const draft = useRecordDraft(describe, undefined, useOwnRecord(), prefill);
  const usual = useCreateRecord(describe.app, describe.key);
  return (
    <DraftDialog
      title={title ?? t("record.newTitle", { form: format.label(describe.label) })}
      draft={draft}
      save={(confirm) => (create ? create(sentValues(draft.changed), confirm) : usual.mutateAsync({ values: sentValues(draft.changed), confirm }))}
      {...{ onClose, onSaved }}
    />
  );
}

function EditDialog({ describe, record, onClose, onSaved }: Props & { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const base = useRef(record).current;
  const draft = useRecordDraft(describe, record.id, base, NOTHING);
  const update = useUpdateRecord(describe.app, describe.key, record.id);
  return (
    <DraftDialog
      title={t("record.editTitle", { title: record.title || `#${record.id}` })}
      draft={draft}
      save={(confirm) => (Object.keys(draft.changed).length ? update.mutateAsync({ revision: base.revision, values: sentValues(draft.changed), confirm }) : Promise.resolve(record))}
      {...{ onClose, onSaved }}
    />
  );
}

interface DraftProps {
  readonly title: string;
  readonly draft: RecordDraft;
  readonly save: (confirm: Confirmed) => Promise<Saved>;
  readonly onClose: () => void;
  readonly onSaved: (record: Saved) => void;
}

function DraftDialog({ title, draft, save: send, onClose, onSaved }: DraftProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const saved = useRef(false);
  const { save, saving, problem } = useSave(draft);
  const dirty = draft.dirty;
  const guard = useCallback(() => dirty && !saved.current, [dirty]);
  const submit = () =>
    void save(send, (record) => {
      saved.current = true;
      if (proposedIn(record) === undefined) onSaved(record);
      else onClose();
    });
  const close = () =>
    dirty ? ask({ title: t("ui.leave.title"), content: t("ui.leave.help"), okText: t("ui.leave.discard"), danger: true, onOk: onClose }) : onClose();
  const failed = draft.issues.size;
  const size = phone ? "large" : "middle";
  return (
    <Frame
      title={title}
      onClose={saving ? undefined : close}
      footer={
        <>
          <p role="alert" className="form-issue">{problem || (failed ? t("record.issues", { count: failed }) : "")}</p>
          <Button size={size} onClick={close} disabled={saving}>{t("ui.cancel")}</Button>
          <Button size={size} type="primary" loading={saving} disabled={!draft.ready} onClick={submit}>{t("ui.save")}</Button>
        </>
      }
    >
      <LeaveGuard active={guard} />
      <form
        className="form-page record-dialog-form"
        noValidate
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
          if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            submit();
          }
        }}
      >
        {draft.ready ? <FormBody draft={draft} /> : <Skeleton lines={8} />}
      </form>
    </Frame>
  );
}

function Frame({ title, onClose, footer, children }: { title: string; onClose: (() => void) | undefined; footer?: ReactNode; children: ReactNode }) {
  return (
    <Modal open width={860} title={title} className="record-dialog" maskClosable={false} closable={onClose !== undefined} keyboard={onClose !== undefined} onCancel={onClose ?? (() => undefined)} footer={footer ? <div className="record-dialog-bar">{footer}</div> : null}>
      {children}
    </Modal>
  );
}

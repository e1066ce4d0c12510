import { Button, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError, useConversionPreview, useConvert, type ApiIssue, type Confirmed, type ConversionInfo, type ConversionPreview, type Describe, type Json, type RecordJson } from "@/api";
import { askedOf, choicesOf, isShown, messagesByPlace, NEW_DRAFT, type Choice, type ConversionDraft } from "@/model/conversion";
import { useSettled } from "@/fields/parts/useSettled";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { usePhone } from "@/ui/useMedia";
import { useDuplicateQuestion } from "../duplicates/useDuplicateQuestion";
import { OwnFields } from "./OwnFields";
import { TargetCard } from "./TargetCard";
import { useUndo } from "./useUndo";
import "../dialog/dialog.css";
import "./convert.css";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly conversion: ConversionInfo;
  readonly onClose: () => void;
}

const SETTLE = 300;
/** What a conversion would make, to be looked at and completed; then it is done, all at once. */
export default function ConvertDialog({ describe, record, conversion, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const [draft, setDraft] = useState<ConversionDraft>(NEW_DRAFT);
  const label = format.label(conversion.label);
  const { send, refused, forget, problem, busy } = useSending({ describe, record, conversion, onClose });
  const preview = useConversionPreview(describe.app, describe.key, record.id, conversion.key, useSettled(askedOf(draft), SETTLE), !busy);
  const submit = () => {
    if (preview.data) send(draft, preview.data, preview.refetch);
  };
  const size = phone ? "large" : "middle";
  const change = (place: string, next: (before: ConversionDraft) => ConversionDraft) => {
    forget(place);
    setDraft(next);
  };
  return (
    <Modal
      open
      width={760}
      title={t("convert.title", { action: label, title: record.title || `#${record.id}` })}
      className="record-dialog"
      maskClosable={false}
      onCancel={busy ? () => undefined : onClose}
      footer={
        <div className="record-dialog-bar">
          <p role="alert" className="form-issue">{problem}</p>
          <Button size={size} onClick={onClose} disabled={busy}>{t("ui.cancel")}</Button>
          <Button size={size} type="primary" loading={busy} disabled={!preview.data} onClick={submit}>{label}</Button>
        </div>
      }
    >
      <form
        className="convert"
        noValidate
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
          if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            submit();
          }
        }}
      >
        {preview.isError && !preview.data ? <ErrorView part error={preview.error} /> : null}
        {preview.isPending ? <Skeleton lines={8} /> : null}
        {preview.data ? <Parts {...{ describe, record, draft, preview: preview.data, refused, change }} /> : null}
      </form>
    </Modal>
  );
}

interface PartsProps {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly draft: ConversionDraft;
  readonly preview: ConversionPreview;
  readonly refused: ReadonlyMap<string, string>;
  readonly change: (place: string, next: (before: ConversionDraft) => ConversionDraft) => void;
}

function Parts({ describe, record, draft, preview, refused, change }: PartsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const issues = new Map([...messagesByPlace([...preview.issues, ...preview.targets.flatMap((target) => target.issues)]), ...refused]);
  const type = (target: string) => (field: string, value: Json) =>
    change(`${target}/${field}`, (before) => ({ ...before, typed: { ...before.typed, [target]: { ...before.typed[target], [field]: value } } }));
  const choose = (target: string) => (choice: Choice) => change("", (before) => ({ ...before, chosen: { ...before.chosen, [target]: choice } }));
  const moved = preview.moved.filter(({ count }) => count > 0);
  return (
    <>
      <OwnFields
        describe={describe}
        record={record}
        typed={draft.own}
        fields={preview.required}
        issues={issues}
        onChange={(field, value) => change(`/${field}`, (before) => ({ ...before, own: { ...before.own, [field]: value } }))}
      />
      {preview.targets.map((target) => (
        <TargetCard key={target.key} app={describe.app} target={target} draft={draft} issues={issues} onChoose={choose(target.key)} onType={type(target.key)} />
      ))}
      {moved.length ? (
        <section className="convert-part">
          <h3>{t("convert.along")}</h3>
          <ul>
            {moved.map(({ list, count }) => (
              <li key={list}>{t("convert.moves", { list: format.label(describe.related.find(({ key }) => key === list)?.label), count })}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

interface Sent {
  readonly draft: ConversionDraft;
  readonly preview: ConversionPreview;
  readonly refetch: () => unknown;
}

/** Converts, and sorts a refusal: messages to their fields, the rest to the bar. Stays busy until the dialog is gone. */
function useSending({ describe, record, conversion, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const convert = useConvert(describe.app, describe.key, record.id, conversion.key);
  const undo = useUndo(describe, record.id);
  const asked = useDuplicateQuestion(describe.app);
  const running = useRef(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [problem, setProblem] = useState("");
  const label = format.label(conversion.label);
  const refuse = (error: unknown, { draft, preview, refetch }: Sent): void => {
    const api = error instanceof ApiError ? error : null;
    // Somebody changed the record meanwhile: what is shown has to be that.
    if (api?.code === "stale_revision") void refetch();
    const issues: readonly ApiIssue[] = api?.issues ?? [];
    const found = messagesByPlace(issues);
    setRefused(new Map([...found].filter(([place]) => place !== "")));
    const hidden = [...found].find(([place]) => !isShown(place, preview, draft))?.[1];
    setProblem(hidden ?? (found.size ? t("record.issues", { count: found.size }) : errorText(error)));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".convert [aria-invalid=true], .convert .ant-input-status-error, .convert .ant-select-status-error")?.scrollIntoView({ block: "center" }));
  };
  const send = async (sent: Sent, confirm?: Confirmed): Promise<void> => {
    const { draft, preview } = sent;
    if (running.current) return;
    running.current = true;
    setProblem("");
    const { values } = askedOf(draft);
    try {
      const done = await convert.mutateAsync({ revision: preview.revision, values, targets: choicesOf(draft, preview), ...(confirm ? { confirm } : {}) });
      onClose();
      if (!done.record) void navigate(`/a/${describe.app}/${describe.key}`);
      const text = t("convert.done", { action: label });
      showToast(done.conversion.can_undo && done.record ? { text, action: { label: t("record.undo"), run: () => void undo.run(conversion.key) } } : { text });
    } catch (error) {
      if (!asked(error, confirm, (anyway) => void send(sent, anyway))) refuse(error, sent);
    } finally {
      running.current = false;
    }
  };
  const forget = (place: string): void => {
    if (refused.has(place)) setRefused(new Map([...refused].filter(([other]) => other !== place)));
  };
  return { send: (draft: ConversionDraft, preview: ConversionPreview, refetch: () => unknown) => void send({ draft, preview, refetch }), refused, forget, problem, busy: convert.isPending || convert.isSuccess };
}

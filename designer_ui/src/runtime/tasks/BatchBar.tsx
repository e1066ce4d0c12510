import { IconPrinter } from "@tabler/icons-react";
import { Button } from "antd";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { showToast } from "@/ui/toast";
import { CommentInput } from "./CommentInput";
import { SignatureInput, useKeepSignature, type Signed } from "./signing";
import { useDecideMany, type BatchAnswer } from "./calls";
import { printAddress } from "./print/address";
import type { OpenTask } from "./types";

interface Props {
  readonly chosen: readonly OpenTask[];
  /** All that could be chosen. */
  readonly all: readonly OpenTask[];
  readonly onMark: (ids: readonly number[]) => void;
}

/** Decides the marked tasks at once: with what each of them allows. */
export function BatchBar({ chosen, all, onMark }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { app } = useParams();
  const [decision, setDecision] = useState<string | null>(null);
  const common = (chosen[0]?.batch ?? []).filter((key) => chosen.every(({ batch }) => batch.includes(key)));
  return (
    <div className="tasks-batch" role="toolbar" aria-label={t("tasks.batch.title")}>
      <span className="num">{t("tasks.batch.marked", { count: chosen.length })}</span>
      {chosen.length < all.length ? <Button type="link" onClick={() => onMark(all.map(({ id }) => id))}>{t("tasks.batch.all", { count: all.length })}</Button> : null}
      <span className="gap" />
      {common.map((key) => (
        <Button key={key} type={key === "reject" ? "default" : "primary"} danger={key === "reject"} onClick={() => setDecision(key)}>{t(`tasks.decision.${key}`)}</Button>
      ))}
      {common.length === 0 ? <span className="muted">{t("tasks.batch.nothing")}</span> : null}
      <Button icon={<IconPrinter size={16} aria-hidden />} onClick={() => void navigate(printAddress(app, chosen.map(({ id }) => id)))}>{t("tasks.print")}</Button>
      <Button onClick={() => onMark([])}>{t("ui.cancel")}</Button>
      {decision ? <BatchDialog decision={decision} chosen={chosen} onClose={() => setDecision(null)} onDone={() => onMark([])} /> : null}
    </div>
  );
}

function BatchDialog({ decision, chosen, onClose, onDone }: { decision: string; chosen: readonly OpenTask[]; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const decide = useDecideMany();
  const [comment, setComment] = useState("");
  const [signed, setSigned] = useState<Signed | null>(null);
  const keepSignature = useKeepSignature();
  const toSign = chosen.filter((task) => task.signed.includes(decision)).length;
  const [answer, setAnswer] = useState<BatchAnswer | null>(null);
  const needed = decision === "reject";
  const run = () => {
    if (signed?.keep) keepSignature.mutate(signed.signature);
    decide.mutate(
      { tasks: chosen.map(({ id }) => id), decision, comment: comment.trim() || undefined, signature: signed?.signature },
      {
        onSuccess: (found) => {
          announce(t("tasks.batch.done", { count: found.decided }));
          if (found.refused.length > 0) return setAnswer(found);
          showToast({ text: t("tasks.batch.done", { count: found.decided }) });
          onDone();
        },
      },
    );
  };
  if (answer) {
    return (
      <Dialog title={t("tasks.batch.refused", { count: answer.refused.length })} onClose={onDone} footer={<Button type="primary" onClick={onDone}>{t("ui.close")}</Button>}>
        <p>{t("tasks.batch.done", { count: answer.decided })}</p>
        <ul className="tasks-refused">
          {answer.refused.map(({ id, title, message }) => <li key={id}><strong>{title}</strong><span>{message}</span></li>)}
        </ul>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t(`tasks.batch.ask.${decision}`, { count: chosen.length })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" danger={decision === "reject"} className={decision === "reject" ? "solid-danger" : ""} loading={decide.isPending} disabled={(needed && comment.trim() === "") || (toSign > 0 && signed === null)} onClick={run}>
            {t(`tasks.decision.${decision}`)}
          </Button>
        </>
      }
    >
      <ul className="tasks-chosen">
        {chosen.slice(0, 5).map(({ id, record }) => <li key={id} className="ellipsis">{record.title || `#${record.id}`}</li>)}
        {chosen.length > 5 ? <li className="muted">{t("tasks.batch.others", { count: chosen.length - 5 })}</li> : null}
      </ul>
      <div className="task-dialog">
        <CommentInput value={comment} onChange={setComment} rule={needed ? "required" : "optional"} />
        {toSign > 0 ? <Suspense fallback={<Skeleton lines={6} />}><SignatureInput rule="required" help={t("signature.forAll", { count: toSign, all: chosen.length })} onChange={setSigned} /></Suspense> : null}
      </div>
      <p role="alert" className="form-issue">{decide.isError ? errorText(decide.error) : ""}</p>
    </Dialog>
  );
}

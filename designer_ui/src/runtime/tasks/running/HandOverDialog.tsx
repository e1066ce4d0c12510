import { Button } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldInfo, Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { showToast } from "@/ui/toast";
import { personId } from "../../access/person";
import { CommentInput } from "../CommentInput";
import { useReassignMany, type ManyReassigned } from "../calls";
import type { Person } from "../types";

interface Props {
  readonly runs: readonly number[];
  /** Only the tasks of this person are handed over. */
  readonly from: Person | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks who decides instead in the marked runs, and why; tells what could not be handed over. */
export function HandOverDialog({ runs, from, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const id = useId();
  const reassign = useReassignMany();
  const [person, setPerson] = useState<Json>(null);
  const [reason, setReason] = useState("");
  const [answer, setAnswer] = useState<ManyReassigned | null>(null);
  const user = personId(person);
  const field: FieldInfo = { type: "user", label: { en: t("tasks.to.reassign"), zh: t("tasks.to.reassign") }, settings: {} };
  const run = (): void => {
    if (user === null) return;
    reassign.mutate(
      { instances: runs, from: from?.id, user, reason: reason.trim() },
      {
        onSuccess: (found) => {
          const text = t("runs.handedOver", { count: found.reassigned });
          announce(text);
          if (found.refused.length > 0) return setAnswer(found);
          showToast({ text });
          onDone();
        },
      },
    );
  };
  if (answer) {
    return (
      <Dialog title={t("runs.notHandedOver", { count: answer.refused.length })} onClose={onDone} footer={<Button type="primary" onClick={onDone}>{t("ui.close")}</Button>}>
        <p>{t("runs.handedOver", { count: answer.reassigned })}</p>
        <ul className="tasks-refused">
          {answer.refused.map(({ id: run, title, message }, index) => <li key={`${run}-${index}`}><strong>{title}</strong><span>{message}</span></li>)}
        </ul>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("runs.handOver", { count: runs.length })}
      onClose={reassign.isPending ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={reassign.isPending}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={reassign.isPending} disabled={user === null || reason.trim() === ""} onClick={run}>{t("tasks.act.reassign")}</Button>
        </>
      }
    >
      <div className="task-dialog">
        <p>{from ? t("runs.onlyOf", { name: from.name }) : t("runs.ofAll")}</p>
        <div className="form-field">
          <label htmlFor={id} className="form-label">{t("tasks.to.reassign")}</label>
          <FieldInput id={id} value={person} onChange={setPerson} field={field} place={{ app: "", form: "", field: "owner" }} label={t("tasks.to.reassign")} autoFocus={false} />
        </div>
        <CommentInput value={reason} onChange={setReason} rule="required" label={t("tasks.reason")} />
        <p role="alert" className="form-issue">{reassign.isError ? errorText(reassign.error) : ""}</p>
      </div>
    </Dialog>
  );
}

import { Button, Radio, Select } from "antd";
import { Suspense, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldInfo, Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useHotkey } from "@/ui/useHotkey";
import { personId } from "../access/person";
import { CommentInput } from "./CommentInput";
import { SomePeople } from "./SomePeople";
import { SignatureInput, useKeepSignature, type Signed } from "./signing";
import type { DecisionBody, DecisionChoice } from "./types";

/** What somebody says with a decision. */
export type Given = Omit<DecisionBody, "decision" | "values" | "revision">;

interface Props {
  readonly task: number;
  readonly choice: DecisionChoice;
  /** How approving is offered: who adds somebody after himself approves by that. */
  readonly approve?: DecisionChoice | undefined;
  /** Whether it is printed afterwards. */
  readonly print: boolean;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSend: (given: Given) => void;
}

const ONE_PERSON: ReadonlySet<string> = new Set(["reassign", "ask"]);

/** The ids in the value of a field of people. */
function idsOf(value: Json): readonly number[] {
  const people = Array.isArray(value) ? value : value === null ? [] : [value];
  return people.map(personId).filter((id) => id !== null);
}

/** A comment, a signature, and what the decision needs besides: where it goes back to, or to whom it goes. Ctrl+Enter sends it. */
export function DecisionDialog({ task, choice, approve, print, busy, onClose, onSend }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [comment, setComment] = useState("");
  const [to, setTo] = useState(choice.to?.[0]?.key);
  const [then, setThen] = useState<string | undefined>(choice.then?.[0]);
  const [where, setWhere] = useState<string | undefined>(choice.where?.[0]);
  const [people, setPeople] = useState<Json>(null);
  const [among, setAmong] = useState<readonly number[]>([]);
  const [signed, setSigned] = useState<Signed | null>(null);
  const keepSignature = useKeepSignature();
  // What was there before the dialog opened could not take the focus itself.
  useEffect(() => {
    if (choice.limited) document.getElementById(`${id}-people`)?.focus();
  }, [choice.limited, id]);
  const one = ONE_PERSON.has(choice.key);
  const needsPeople = one || choice.key === "add_approver";
  const chosen = choice.limited ? among : idsOf(people);
  const agrees = choice.key === "add_approver" && where === "after" ? approve : undefined;
  const commentRule = agrees?.comment === "required" ? "required" : choice.comment;
  const signatureRule = agrees?.signature ?? choice.signature;
  const complete = (commentRule !== "required" || comment.trim() !== "") && (!needsPeople || chosen.length > 0) && (signatureRule !== "required" || signed !== null);
  const label = print ? t("tasks.andPrint", { decision: format.label(choice.label) }) : format.label(choice.label);
  const send = () => {
    if (!complete || busy) return;
    const given = signatureRule === "no" ? null : signed;
    if (given?.keep) keepSignature.mutate(given.signature);
    onSend({
      comment: comment.trim() || undefined,
      to: choice.key === "return" ? to : undefined,
      then: choice.key === "return" ? then : undefined,
      where: choice.key === "add_approver" ? where : undefined,
      user: one ? chosen[0] : undefined,
      users: choice.key === "add_approver" ? chosen : undefined,
      signature: given?.signature,
    });
  };
  // Wherever the focus is; whoever keeps the keys down that opened this has not seen it yet.
  useHotkey("enter", (event) => {
    if (!event.repeat) send();
  });
  const person: FieldInfo = { type: one ? "user" : "users", label: { en: t("tasks.people"), zh: t("tasks.people") }, settings: {} };
  const pick = (name: string, options: readonly { readonly value: string; readonly label: string }[], value: string | undefined, set: (next: string) => void) => (
    <fieldset className="task-options">
      <legend className="form-label">{name}</legend>
      <Radio.Group value={value} onChange={(event) => set(String(event.target.value))} options={[...options]} />
    </fieldset>
  );
  return (
    <Dialog
      title={label}
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>{t("ui.cancel")}</Button>
          <Button type="primary" danger={choice.key === "reject"} className={choice.key === "reject" ? "solid-danger" : ""} disabled={!complete} loading={busy} onClick={send} title="Ctrl+Enter">{label}</Button>
        </>
      }
    >
      <div className="task-dialog">
        {choice.key === "return" && choice.to ? (
          <div className="form-field">
            <label htmlFor={`${id}-to`} className="form-label">{t("tasks.returnTo")}</label>
            <Select id={`${id}-to`} className="f-fill" value={to} onChange={setTo} options={choice.to.map((one) => ({ value: one.key, label: format.label(one.label) }))} />
          </div>
        ) : null}
        {choice.key === "return" && (choice.then?.length ?? 0) > 1
          ? pick(t("tasks.then.title"), (choice.then ?? []).map((key) => ({ value: key, label: t(`tasks.then.${key}`) })), then, setThen)
          : null}
        {needsPeople ? (
          <div className="form-field">
            <label htmlFor={`${id}-people`} className="form-label">{t(`tasks.to.${choice.key}`)}<b title={t("record.required")}><span aria-hidden>*</span><span className="sr-only">{t("record.required")}</span></b></label>
            {choice.limited ? <SomePeople id={`${id}-people`} task={task} decision={choice.key} one={one} onChange={setAmong} /> : <FieldInput id={`${id}-people`} value={people} onChange={setPeople} field={person} place={{ app: "", form: "", field: "owner" }} label={t("tasks.people")} autoFocus />}
          </div>
        ) : null}
        {choice.key === "add_approver" && (choice.where?.length ?? 0) > 1
          ? pick(t("tasks.where.title"), (choice.where ?? []).map((key) => ({ value: key, label: t(`tasks.where.${key}`) })), where, setWhere)
          : null}
        <CommentInput value={comment} onChange={setComment} rule={commentRule} />
        {signatureRule !== "no" ? <Suspense fallback={<Skeleton lines={6} />}><SignatureInput rule={signatureRule} onChange={setSigned} /></Suspense> : null}
      </div>
    </Dialog>
  );
}

import { Button, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldInfo, Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { personId } from "../access/person";
import { CommentInput } from "./CommentInput";
import { useInstanceAct, type InstanceAct } from "./calls";
import type { CommentRule, InstanceJson } from "./types";

/** Whether words go with it: a comment for those concerned, or the reason that an administrator gives. */
const WORDS: Readonly<Record<InstanceAct, CommentRule>> = { urge: "no", withdraw: "optional", retry: "no", reassign: "required", move: "required", cancel: "required", reactivate: "required" };

interface Props {
  readonly instance: InstanceJson;
  readonly act: InstanceAct;
  readonly onClose: () => void;
}

/** Asks for what an act on a whole run needs, says what it leads to, and does it. */
export function ActDialog({ instance, act, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const id = useId();
  const run = useInstanceAct(instance.id);
  const open = instance.tasks.filter(({ state }) => state === "open");
  const [text, setText] = useState("");
  const [node, setNode] = useState<string | undefined>();
  const [task, setTask] = useState(open[0]?.id);
  const [person, setPerson] = useState<Json>(null);
  const rule = WORDS[act];
  const user = personId(person);
  const placed = act === "move" || act === "reactivate";
  const complete = (rule !== "required" || text.trim() !== "") && (!placed || node !== undefined) && (act !== "reassign" || (task !== undefined && user !== null));
  const labelOf = (key: string): string => format.label(instance.nodes.find((one) => one.key === key)?.label) || key;
  const send = () => {
    const said = text.trim();
    run.mutate(
      {
        act,
        ...(said && rule === "optional" ? { comment: said } : {}),
        ...(rule === "required" ? { reason: said } : {}),
        ...(placed && node !== undefined ? { to: node } : {}),
        ...(act === "reassign" && task !== undefined && user !== null ? { task, user } : {}),
      },
      {
        onSuccess: () => {
          announce(t(`tasks.acted.${act}`));
          showToast({ text: t(`tasks.acted.${act}`) });
          onClose();
        },
      },
    );
  };
  const choose = <Value extends string | number>(name: string, label: string, value: Value | undefined, set: (next: Value) => void, options: readonly { readonly value: Value; readonly label: string }[]) => (
    <div className="form-field">
      <label htmlFor={`${id}-${name}`} className="form-label">{label}</label>
      <Select id={`${id}-${name}`} className="f-fill" value={value ?? null} onChange={set} options={[...options]} showSearch={{ optionFilterProp: "label" }} />
    </div>
  );
  const field: FieldInfo = { type: "user", label: { en: t("tasks.to.reassign"), zh: t("tasks.to.reassign") }, settings: {} };
  return (
    <Dialog
      title={t(`tasks.act.${act}`)}
      onClose={run.isPending ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={run.isPending}>{t("ui.cancel")}</Button>
          <Button type="primary" danger={act === "cancel"} className={act === "cancel" ? "solid-danger" : ""} loading={run.isPending} disabled={!complete} onClick={send}>{t(`tasks.act.${act}`)}</Button>
        </>
      }
    >
      <div className="task-dialog">
        <p>{t(`tasks.actHelp.${act}`)}</p>
        {placed ? choose("node", t("tasks.node"), node, setNode, instance.nodes.filter(({ type }) => type !== "start").map(({ key, label }) => ({ value: key, label: format.label(label) }))) : null}
        {act === "reassign" ? (
          <>
            {choose("task", t("tasks.one"), task, setTask, open.map((one) => ({ value: one.id, label: `${labelOf(one.node)} · ${one.user.name}` })))}
            <div className="form-field">
              <label htmlFor={`${id}-person`} className="form-label">{t("tasks.to.reassign")}</label>
              <FieldInput id={`${id}-person`} value={person} onChange={setPerson} field={field} place={{ app: "", form: "", field: "owner" }} label={t("tasks.to.reassign")} autoFocus={false} />
            </div>
          </>
        ) : null}
        <CommentInput value={text} onChange={setText} rule={rule} label={t(rule === "required" ? "tasks.reason" : "tasks.comment")} />
        <p role="alert" className="form-issue">{run.isError ? errorText(run.error) : ""}</p>
      </div>
    </Dialog>
  );
}

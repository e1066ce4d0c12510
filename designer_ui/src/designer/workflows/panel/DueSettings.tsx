/** By when it must be decided, and what happens when it is not; what must hold before one goes on. */
import { withMember, type Due, type Words } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Check, DurationInput, ExpressionField, Group, LabelInput, Row, Select } from "../parts";
import { RuleEditor } from "./RuleEditor";
import type { NodeProps } from "./scene";

export function DueSettings({ scene, nodeKey, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const due = node.due;
  const set = (next: Due | undefined): void => onChange(withMember(node, "due", next));
  const ends = node.type === "approval" ? ["nothing", "approve", "reject", "return", "escalate"] : ["nothing", "return", "escalate"];
  return (
    <Group title={t("flow.panel.due")} count={due ? 1 : undefined}>
      <Check checked={due !== undefined} onChange={(on) => set(on ? { after: { amount: 2, unit: "working_days" } } : undefined)}>{t("flow.due.on")}</Check>
      {due ? (
        <>
          <div className="wd-row"><span className="wd-label">{t("flow.due.after")}</span><DurationInput label={t("flow.due.after")} value={due.after} onChange={(after) => set({ ...due, after })} /></div>
          {(due.remind ?? []).map((one, index) => {
            const when = one.before ? "before" : "after";
            const change = (next: NonNullable<Due["remind"]>[number]): void => set({ ...due, remind: (due.remind ?? []).map((other, at) => (at === index ? next : other)) });
            return (
              <div key={index} className="wd-remind" role="group" aria-label={t("flow.due.remind")}>
                <DurationInput label={t("flow.due.remind")} value={one[when]} onChange={(duration) => change({ [when]: duration })} />
                <Select label={t("flow.due.when")} value={when} choices={["before", "after"].map((value) => ({ value, label: t(`flow.due.${value}It`) }))} onChange={(value) => change({ [value]: one[when] ?? { amount: 1, unit: "days" } })} />
                <IconButton label={t("flow.due.noRemind")} onClick={() => set(withMember(due, "remind", (due.remind ?? []).length > 1 ? due.remind?.filter((_, at) => at !== index) : undefined))}><IconTrash size={16} aria-hidden /></IconButton>
              </div>
            );
          })}
          <Button size="small" icon={<IconPlus size={14} />} onClick={() => set({ ...due, remind: [...(due.remind ?? []), { before: { amount: 1, unit: "working_days" } }] })}>{t("flow.due.addRemind")}</Button>
          <Row label={t("flow.due.then")}>{(id) => <Select id={id} value={due.then ?? "nothing"} choices={ends.map((value) => ({ value, label: t(`flow.due.end.${value}`) }))} onChange={(then) => set(withMember(withMember(due, "then", then === "nothing" ? undefined : then), "to", then === "escalate" ? (due.to ?? [{ by: "manager", of: "initiator" }]) : undefined))} />}</Row>
          {due.then === "escalate" ? <RuleEditor scene={scene} node={nodeKey} label={t("flow.due.to")} rules={due.to ?? []} onChange={(to) => set({ ...due, to })} /> : null}
        </>
      ) : null}
    </Group>
  );
}

export function MoreSettings({ scene, nodeKey, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const rules = Object.entries(node.validations ?? {});
  const set = (next: readonly (readonly [string, Words])[]): void => onChange(withMember(node, "validations", next.length > 0 ? Object.fromEntries(next) : undefined), `${nodeKey}.validations`);
  return (
    <Group title={t("flow.panel.more")}>
      <LabelInput long label={t("flow.more.intro")} value={node.texts?.intro} onChange={(intro) => onChange(withMember(node, "texts", intro ? { intro } : undefined), `${nodeKey}.intro`)} />
      {rules.map(([condition, label], index) => (
        <div key={index} className="wd-rule">
          <div className="wd-ruletop">
            <strong>{t("flow.more.check", { number: index + 1 })}</strong>
            <IconButton label={t("flow.more.noCheck", { number: index + 1 })} onClick={() => set(rules.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden /></IconButton>
          </div>
          <ExpressionField scene={{ app: scene.app, form: scene.workflow.form ?? "", names: scene.names }} label={t("flow.more.holds")} value={condition} expects="boolean" empty={t("flow.expression.empty")} onChange={(next) => set(rules.map((one, at) => (at === index ? [next ?? "", label] : one)))} />
          <LabelInput label={t("flow.more.says")} value={label} onChange={(next) => set(rules.map((one, at) => (at === index ? [condition, next ?? {}] : one)))} />
        </div>
      ))}
      <Button size="small" icon={<IconPlus size={14} />} onClick={() => set([...rules, ["", { en: "Please check", zh: "请检查" }]])}>{t("flow.more.addCheck")}</Button>
      <Check checked={node.batch ?? true} onChange={(on) => onChange(withMember(node, "batch", on ? undefined : false))}>{t("flow.more.batch")}</Check>
    </Group>
  );
}

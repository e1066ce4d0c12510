/** By when it must be decided, and what happens when it is not: at once, and some time later. */
import { asks, before, nodesOf, withMember, type Due, type DueStep } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Check, DurationInput, ExpressionField, Group, Row, Select } from "../parts";
import { RuleEditor } from "./RuleEditor";
import type { NodeProps } from "./scene";

type Change = { readonly [Name in keyof DueStep]?: DueStep[Name] | undefined };

/** A step with other members, without those that say nothing. */
const merged = <Step extends DueStep>(step: Step, change: Change): Step => Object.fromEntries(Object.entries({ ...step, ...change }).filter(([, value]) => value !== undefined)) as Step;

const DAY = { amount: 1, unit: "working_days" } as const;

export function DueSettings(props: NodeProps) {
  const { scene, node, onChange } = props;
  const { t } = useTranslation();
  const due = node.due;
  const set = (next: Due | undefined): void => onChange(withMember(node, "due", next));
  const ends = ["approve", "reject", "return", "escalate"].filter((end) => node.type === "approval" || end === "return" || end === "escalate");
  const kind = due?.until === undefined ? "after" : "until";
  const later = due?.later ?? [];
  const setLater = (next: NonNullable<Due["later"]>): void => due && set(withMember(due, "later", next.length > 0 ? next : undefined));
  return (
    <Group title={t("flow.panel.due")} count={due ? 1 : undefined}>
      <Check checked={due !== undefined} onChange={(on) => set(on ? { after: { amount: 2, unit: "working_days" } } : undefined)}>{t("flow.due.on")}</Check>
      {due ? (
        <>
          <Row label={t("flow.due.kind")}>{(id) => <Select id={id} value={kind} choices={["after", "until"].map((value) => ({ value, label: t(`flow.due.${value}Kind`) }))} onChange={(value) => set(value === "after" ? { ...withMember(due, "until", undefined), after: { amount: 2, unit: "working_days" } } : { ...withMember(due, "after", undefined), until: "" })} />}</Row>
          {kind === "after"
            ? <div className="wd-row"><span className="wd-label">{t("flow.due.after")}</span><DurationInput label={t("flow.due.after")} value={due.after} onChange={(after) => set({ ...due, after })} /></div>
            : (
              <>
                <ExpressionField scene={{ app: scene.app, form: scene.workflow.form ?? "", names: scene.names }} label={t("flow.due.until")} value={due.until} empty={t("flow.expression.empty")} onChange={(until) => set({ ...due, until: until ?? "" })} />
                <p className="muted">{t("flow.due.untilHelp")}</p>
              </>
            )}
          <Reminders due={due} onChange={set} />
          <StepRows {...props} step={due} label={t("flow.due.then")} ends={["nothing", ...ends]} onStep={(step) => set(merged(due, step))} />
          {later.map((step, index) => {
            const change = (next: typeof step): void => setLater(later.map((other, at) => (at === index ? next : other)));
            return (
              <section key={index} className="wd-rule" aria-label={t("flow.due.later", { number: index + 1 })}>
                <div className="wd-ruletop">
                  <strong>{t("flow.due.later", { number: index + 1 })}</strong>
                  <IconButton label={t("flow.due.noLater", { number: index + 1 })} onClick={() => setLater(later.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden /></IconButton>
                </div>
                <div className="wd-row"><span className="wd-label">{t("flow.due.laterAfter")}</span><DurationInput label={t("flow.due.laterAfter")} value={step.after} onChange={(after) => change({ ...step, after })} /></div>
                <StepRows {...props} step={step} label={t("flow.due.laterThen")} ends={["remind", ...ends]} onStep={(next) => change(merged(step, next))} />
              </section>
            );
          })}
          {later.length < 5 ? <Button size="small" icon={<IconPlus size={14} />} onClick={() => setLater([...later, { after: DAY, then: "remind" }])}>{t("flow.due.addLater")}</Button> : null}
        </>
      ) : null}
    </Group>
  );
}

function Reminders({ due, onChange }: { readonly due: Due; readonly onChange: (due: Due) => void }) {
  const { t } = useTranslation();
  const all = due.remind ?? [];
  const set = (remind: NonNullable<Due["remind"]>): void => onChange(withMember(due, "remind", remind.length > 0 ? remind : undefined));
  return (
    <>
      {all.map((one, index) => {
        const when = one.before ? "before" : "after";
        const change = (next: (typeof all)[number]): void => set(all.map((other, at) => (at === index ? next : other)));
        return (
          <div key={index} className="wd-remind" role="group" aria-label={t("flow.due.remind")}>
            <DurationInput label={t("flow.due.remind")} value={one[when]} onChange={(duration) => change({ [when]: duration })} />
            <Select label={t("flow.due.when")} value={when} choices={["before", "after"].map((value) => ({ value, label: t(`flow.due.${value}It`) }))} onChange={(value) => change({ [value]: one[when] ?? { amount: 1, unit: "days" } })} />
            <IconButton label={t("flow.due.noRemind")} onClick={() => set(all.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden /></IconButton>
          </div>
        );
      })}
      <Button size="small" icon={<IconPlus size={14} />} onClick={() => set([...all, { before: DAY }])}>{t("flow.due.addRemind")}</Button>
    </>
  );
}

interface StepProps extends NodeProps {
  readonly step: DueStep;
  readonly label: string;
  readonly ends: readonly string[];
  readonly onStep: (change: Change) => void;
}

/** What is done when a time has come, and what that needs: to whom it goes, or where it goes back to. */
function StepRows({ scene, nodeKey, step, label, ends, onStep }: StepProps) {
  const { t } = useTranslation();
  const earlier = [...before(scene.workflow, nodeKey)].filter((key) => asks(nodesOf(scene.workflow)[key]));
  const begin = (then: string): void => onStep({ then: then === "nothing" ? undefined : then, to: then === "escalate" ? (step.to ?? [{ by: "manager", of: "initiator" }]) : undefined, back: undefined });
  return (
    <>
      <Row label={label}>{(id) => <Select id={id} value={step.then ?? "nothing"} choices={ends.map((value) => ({ value, label: t(`flow.due.end.${value}`) }))} onChange={begin} />}</Row>
      {step.then === "escalate" ? <RuleEditor scene={scene} node={nodeKey} label={t("flow.due.to")} rules={step.to ?? []} onChange={(to) => onStep({ to })} /> : null}
      {step.then === "return" ? <Row label={t("flow.due.back")}>{(id) => <Select id={id} value={step.back ?? "previous"} choices={[...["previous", "start"].map((value) => ({ value, label: t(`flow.to.${value}`) })), ...earlier.map((value) => ({ value, label: scene.words.node(value) }))]} onChange={(back) => onStep({ back: back === "previous" ? undefined : back } as DueStep)} />}</Row> : null}
    </>
  );
}

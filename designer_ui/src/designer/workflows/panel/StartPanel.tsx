/** The workflow itself: what it is about, what starts it, what it says of the record while it runs. */
import { withMember, type Start, type Workflow } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button, Input, Select as MultiSelect } from "antd";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { fieldsIn, optionsIn, type Choice } from "../document";
import { ScheduleSettings } from "./ScheduleSettings";
import { StartPeople } from "./StartPeople";
import { Check, ExpressionField, Group, LabelInput, Row, Select } from "../parts";
import type { PanelScene } from "./scene";

interface Props {
  readonly scene: PanelScene;
  readonly onChange: (workflow: Workflow, about?: string) => void;
}

export function StartPanel({ scene, onChange }: Props) {
  const { t } = useTranslation();
  const { workflow, document } = scene;
  const starts = workflow.starts ?? [];
  const forms: readonly Choice[] = Object.entries(document.forms ?? {}).map(([value, { label }]) => ({ value, label }));
  const setStart = (index: number, start: Start, about?: string): void => onChange({ ...workflow, starts: starts.map((one, at) => (at === index ? start : one)) }, about);
  return (
    <>
      <LabelInput label={t("flow.panel.label")} value={workflow.label} onChange={(label) => onChange(withMember(workflow, "label", label), "label")} />
      <Check checked={workflow.enabled ?? true} onChange={(enabled) => onChange({ ...workflow, enabled })}>{t("flow.own.enabled")}</Check>
      <Row label={t("flow.own.form")}>{(id) => <Select id={id} value={workflow.form} choices={forms} onChange={(form) => onChange({ ...workflow, form })} />}</Row>
      {workflow.form ? <Link className="wd-used" to={`/a/${scene.app}/${workflow.form}`}>{t("flow.own.records", { form: scene.words.form(workflow.form) })}</Link> : null}
      <Group title={t("flow.panel.starts")} open>
        {starts.map((start, index) => (
          <section key={index} className="wd-rule" aria-label={t("flow.start.number", { number: index + 1 })}>
            <div className="wd-ruletop">
              <Select label={t("flow.start.on")} value={start.on} choices={["create", "change", "button", "schedule", "automation"].map((value) => ({ value, label: t(`flow.start.${value}`) }))} onChange={(on) => setStart(index, { on: on as Start["on"], ...(on === "schedule" ? { at: "09:00" } : {}), ...(start.when === undefined ? {} : { when: start.when }) })} />
              <IconButton label={t("flow.start.remove")} disabled={starts.length === 1} onClick={() => onChange({ ...workflow, starts: starts.filter((_, at) => at !== index) })}><IconTrash size={16} aria-hidden /></IconButton>
            </div>
            <StartSettings scene={scene} start={start} onChange={(next, about) => setStart(index, next, about && `starts.${index}.${about}`)} />
          </section>
        ))}
        <Button size="small" icon={<IconPlus size={14} />} onClick={() => onChange({ ...workflow, starts: [...starts, { on: "button" }] })}>{t("flow.start.add")}</Button>
      </Group>
      <StateSettings scene={scene} onChange={onChange} />
      <LockSettings scene={scene} onChange={onChange} />
      <Group title={t("flow.panel.more")}>
        <Row label={t("flow.own.title")} help={t("flow.own.titleHelp")}>{(id) => <Input id={id} value={workflow.title ?? ""} maxLength={400} onChange={(event) => onChange(withMember(workflow, "title", event.target.value || undefined), "title")} />}</Row>
        <LabelInput long label={t("flow.own.description")} value={workflow.description} onChange={(description) => onChange(withMember(workflow, "description", description), "description")} />
      </Group>
    </>
  );
}

function Several({ id, value, choices, onChange, placeholder }: { readonly id: string; readonly value: readonly string[]; readonly choices: readonly Choice[]; readonly onChange: (value: readonly string[]) => void; readonly placeholder: string }) {
  const format = useFormat();
  return <MultiSelect<string[]> id={id} mode="multiple" value={[...value]} placeholder={placeholder} optionFilterProp="label" options={choices.map((one) => ({ value: one.value, label: format.label(one.label) || one.value }))} onChange={onChange} />;
}

function StartSettings({ scene, start, onChange }: { readonly scene: PanelScene; readonly start: Start; readonly onChange: (start: Start, about?: string) => void }) {
  const { t } = useTranslation();
  const { workflow, document } = scene;
  const fields: readonly Choice[] = fieldsIn(document, workflow.form).map(({ key, label }) => ({ value: key, label }));
  const list = (value: readonly string[]): readonly string[] | undefined => (value.length > 0 ? value : undefined);
  return (
    <>
      {start.on === "change" ? <Row label={t("flow.start.fields")}>{(id) => <Several id={id} value={start.fields ?? []} choices={fields} placeholder={t("flow.start.anyField")} onChange={(next) => onChange(withMember(start, "fields", list(next)))} />}</Row> : null}
      {start.on === "schedule" ? <ScheduleSettings scene={scene} start={start} onChange={onChange} /> : null}
      {start.on === "automation" ? <p className="muted">{t("flow.start.automationHelp")}</p> : null}
      {["button", "schedule", "automation"].includes(start.on) ? null : (
        <>
          <Check checked={start.save === "when_approved"} onChange={(held) => onChange(withMember(start, "save", held ? "when_approved" : undefined))}>{t("flow.start.held")}</Check>
          {start.save === "when_approved" ? <p className="muted">{t("flow.start.heldHelp")}</p> : null}
        </>
      )}
      {start.on === "button" || start.on === "automation" ? <LabelInput label={t(start.on === "button" ? "flow.start.label" : "flow.panel.label")} value={start.label} onChange={(label) => onChange(withMember(start, "label", label), "label")} /> : null}
      {start.on === "button" ? (
        <>
          <LabelInput label={t("flow.start.confirm")} value={start.confirm} onChange={(confirm) => onChange(withMember(start, "confirm", confirm), "confirm")} />
        </>
      ) : null}
      {start.on === "schedule" || start.on === "automation" ? null : <StartPeople scene={scene} start={start} onChange={onChange} />}
      <ExpressionField scene={{ app: scene.app, form: workflow.form ?? "", names: scene.names }} label={t("flow.start.when")} value={start.when} expects="boolean" optional empty={t(start.on === "schedule" ? "flow.start.allRecords" : "flow.start.always")} onChange={(when) => onChange(withMember(start, "when", when))} />
    </>
  );
}

const STATES = ["running", "approved", "rejected", "withdrawn", "cancelled"] as const;

function StateSettings({ scene, onChange }: Props) {
  const { t } = useTranslation();
  const { workflow, document } = scene;
  const fields: readonly Choice[] = fieldsIn(document, workflow.form).filter(({ type }) => type === "choice").map(({ key, label }) => ({ value: key, label }));
  const options = optionsIn(document, workflow.form, workflow.state?.field);
  return (
    <Group title={t("flow.panel.state")} count={workflow.state ? 1 : undefined}>
      <p className="muted">{t("flow.state.help")}</p>
      <Row label={t("flow.state.field")}>{(id) => <Select id={id} value={workflow.state?.field} choices={fields} empty={t("flow.state.none")} onChange={(field) => onChange(withMember(workflow, "state", field ? { field } : undefined))} />}</Row>
      {workflow.state ? STATES.map((state) => (
        <Row key={state} label={t(`flow.state.${state}`)}>{(id) => <Select id={id} value={workflow.state?.[state]} choices={options} empty={t("flow.state.unchanged")} onChange={(option) => onChange({ ...workflow, state: withMember(workflow.state ?? {}, state, option || undefined) })} />}</Row>
      )) : null}
    </Group>
  );
}

function LockSettings({ scene, onChange }: Props) {
  const { t } = useTranslation();
  const { workflow, document } = scene;
  const lock = workflow.lock ?? { fields: "all" as const };
  const fields: readonly Choice[] = fieldsIn(document, workflow.form).map(({ key, label }) => ({ value: key, label }));
  const kind = lock.fields === "all" ? "all" : lock.fields.length === 0 ? "none" : "some";
  const set = (next: Workflow["lock"]): void => onChange(withMember(workflow, "lock", next));
  return (
    <Group title={t("flow.panel.lock")}>
      <Row label={t("flow.lock.title")}>{(id) => <Select id={id} value={kind} choices={["all", "some", "none"].map((value) => ({ value, label: t(`flow.lock.${value}`) }))} onChange={(value) => set(value === "all" ? undefined : { fields: value === "none" ? [] : fields.slice(0, 1).map((one) => one.value) })} />}</Row>
      {kind === "all" ? <Row label={t("flow.lock.except")}>{(id) => <Several id={id} value={lock.except ?? []} choices={fields} placeholder={t("flow.lock.noException")} onChange={(except) => set(except.length > 0 ? { fields: "all", except } : undefined)} />}</Row> : null}
      {kind === "some" ? <Row label={t("flow.lock.fields")}>{(id) => <Several id={id} value={lock.fields === "all" ? [] : lock.fields} choices={fields} placeholder="" onChange={(next) => set({ fields: next })} />}</Row> : null}
      <Row label={t("flow.own.withdraw")}>{(id) => <Select id={id} value={workflow.withdraw ?? "before_decision"} choices={["never", "before_decision", "any_time"].map((value) => ({ value, label: t(`flow.withdraw.${value}`) }))} onChange={(withdraw) => onChange({ ...workflow, withdraw })} />}</Row>
    </Group>
  );
}

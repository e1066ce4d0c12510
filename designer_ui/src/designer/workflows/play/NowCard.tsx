/** Where a simulation stands: who would be asked, with the decisions each may take, and what else may happen. */
import type { Json } from "@/api";
import { nodesOf, RETURNED, standsAt, type Move, type PlayedTask, type Simulation } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { IconArrowBack, IconClockPlay, IconPencil } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsIn } from "../document";
import type { PanelScene } from "../panel/scene";
import { Select } from "../parts";
import { needsOfTexts } from "./needs";
import { TaskRow } from "./TaskRow";
import { ValueInput } from "./ValueInput";

interface Props {
  readonly scene: PanelScene;
  readonly played: Simulation;
  readonly onMove: (move: Move) => void;
  readonly onSelect: (key: string) => void;
}

/** Tasks somebody has now, and those that wait until another one is done. */
const SHOWN = new Set(["open", "held"]);

export function NowCard({ scene, played, onMove, onSelect }: Props) {
  const { t } = useTranslation();
  const shown = played.tasks.filter(({ state }) => SHOWN.has(state));
  const nodes = [...new Set(shown.map(({ node }) => node))];
  const waiting = [...standsAt(played)].filter((key) => nodesOf(scene.workflow)[key]?.type === "wait_for");
  const [first] = standsAt(played);
  return (
    <>
      {nodes.map((node) => <NodeCard key={node} scene={scene} node={node} tasks={shown.filter((task) => task.node === node)} onMove={onMove} onSelect={onSelect} />)}
      {waiting.map((node) => <ChangeCard key={node} scene={scene} node={node} onMove={onMove} />)}
      <Passing played={played} onMove={onMove} />
      {played.may_withdraw && first !== undefined && first !== RETURNED ? <Button size="small" icon={<IconArrowBack size={16} />} onClick={() => onMove({ node: first, decision: "withdraw" })}>{t("play.withdraw")}</Button> : null}
    </>
  );
}

/** Time passes: until the next thing that comes by itself, and past reminders until the deadline. */
function Passing({ played, onMove }: Pick<Props, "played" | "onMove">) {
  const { t } = useTranslation();
  const format = useFormat();
  const { wakes } = played;
  if (!wakes) return null;
  const due = wakes.kind === "due" ? undefined : played.tasks.filter(({ state, due_at: at }) => state === "open" && at !== null && at > played.now).sort((one, other) => (one.due_at ?? "").localeCompare(other.due_at ?? ""))[0];
  return (
    <>
      {/* Another thing that comes by itself is another button: one that is being pressed never becomes it. */}
      <Button key={wakes.kind} size="small" icon={<IconClockPlay size={16} />} onClick={() => onMove({ node: wakes.node, decision: "wait" })}>{t(`play.wait.${wakes.kind}`, { moment: format.dateTime(wakes.at) })}</Button>
      {due ? <Button key="past" size="small" icon={<IconClockPlay size={16} />} onClick={() => onMove({ node: due.node, decision: "wait", until: "due" })}>{t("play.wait.due", { moment: format.dateTime(due.due_at ?? "") })}</Button> : null}
    </>
  );
}

interface NodeCardProps extends Omit<Props, "played"> {
  readonly node: string;
  readonly tasks: readonly PlayedTask[];
}

function NodeCard({ scene, node, tasks, onMove, onSelect }: NodeCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [values, setValues] = useState<Readonly<Record<string, Json>>>({});
  const due = tasks.find(({ due_at: at }) => at)?.due_at;
  const [task] = tasks;
  const filled = Object.keys(values).length > 0 ? { values } : {};
  if (!task) return null;
  const move = (one: PlayedTask, decision: string, more: Partial<Move> = {}): void => onMove({ node, decision, ...(one.user ? { user: one.user.id } : {}), ...more, ...(one.kind === "answer" ? {} : filled) });
  return (
    <div className="wp-node">
      <header>
        <button type="button" className="perm-link" onClick={() => onSelect(node)}>{format.label(task.label)}</button>
        {due ? <small className="muted">{t("play.due", { moment: format.dateTime(due) })}</small> : null}
      </header>
      <FillIn scene={scene} node={node} values={values} onChange={setValues} />
      <ul>
        {tasks.map((one, index) => <TaskRow key={`${one.kind}${one.user?.id ?? index}`} scene={scene} task={one} onDecide={(decision, more) => move(one, decision, more)} />)}
      </ul>
    </div>
  );
}

/** What may be filled in with a decision at a node: its editable fields, or any of the form after a return to the start. */
function FillIn({ scene, node, values, onChange }: { readonly scene: PanelScene; readonly node: string; readonly values: Readonly<Record<string, Json>>; readonly onChange: (values: Readonly<Record<string, Json>>) => void }) {
  const { t } = useTranslation();
  const { app, document, workflow } = scene;
  const form = workflow.form ?? "";
  const fields = document.forms?.[form]?.fields ?? {};
  const { editable = [], required = [] } = nodesOf(workflow)[node]?.fields ?? {};
  const allowed = node === RETURNED ? fieldsIn(document, form).filter(({ type }) => type !== "formula").map(({ key }) => key) : [...new Set([...required, ...editable])];
  const open = [...new Set([...required, ...Object.keys(values)])].filter((key) => fields[key]);
  const rest = allowed.filter((key) => !open.includes(key) && fields[key]);
  if (allowed.length === 0) return null;
  return (
    <div className="wp-fill">
      {open.map((key) => <ValueInput key={key} app={app} form={form} fieldKey={key} body={fields[key]} value={values[key] ?? null} onChange={(value) => onChange({ ...values, [key]: value })} />)}
      {rest.length > 0 ? <Select label={t("play.fill")} value="" choices={rest.map((value) => ({ value, label: fields[value]?.label }))} empty={t("play.fill")} onChange={(key) => key && onChange({ ...values, [key]: null })} /> : null}
    </div>
  );
}

/** Where it waits for a condition: the record changes. */
function ChangeCard({ scene, node, onMove }: { readonly scene: PanelScene; readonly node: string; readonly onMove: (move: Move) => void }) {
  const { t } = useTranslation();
  const { app, document, workflow } = scene;
  const form = workflow.form ?? "";
  const fields = document.forms?.[form]?.fields ?? {};
  const condition = nodesOf(workflow)[node]?.condition ?? "";
  const needed = needsOfTexts(document, form, [condition]).filter(({ key }) => fields[key]);
  const [values, setValues] = useState<Readonly<Record<string, Json>>>({});
  return (
    <div className="wp-node">
      <header><strong>{t("play.waitsFor", { condition: scene.words.expression(condition) })}</strong></header>
      <div className="wp-fill">
        {needed.map(({ key, body }) => <ValueInput key={key} app={app} form={form} fieldKey={key} body={body} value={values[key] ?? null} onChange={(value) => setValues({ ...values, [key]: value })} />)}
      </div>
      <Button size="small" icon={<IconPencil size={16} />} disabled={Object.keys(values).length === 0} onClick={() => onMove({ node, decision: "change", values })}>{t("play.change")}</Button>
    </div>
  );
}

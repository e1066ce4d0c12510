/** All settings of one node. */
import { asks, edgesOf, nodesOf, renamed, withMember, type Workflow, type WorkflowNode } from "@/model/workflows";
import { isKey } from "@/model/design/formulas";
import { Skeleton } from "@/ui/Skeleton";
import { Input, InputNumber } from "antd";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { optionsIn, workflowsIn } from "../document";
import { MessageSettings, WebhookSettings } from "../outside";
import { Check, DurationInput, ExpressionField, Group, LabelInput, Row, Select } from "../parts";
import { BranchSettings } from "./BranchSettings";
import { DueSettings } from "./DueSettings";
import { FieldsTable } from "./FieldsTable";
import { MoreSettings } from "./MoreSettings";
import { PeopleSettings } from "./PeopleSettings";
import type { NodeProps, PanelScene } from "./scene";
import { ListChoice, ValuesEditor } from "./ValuesEditor";

interface Props {
  readonly scene: PanelScene;
  readonly nodeKey: string;
  readonly onChange: (workflow: Workflow, about?: string) => void;
  readonly onSelect: (key: string) => void;
}

export function NodePanel({ scene, nodeKey, onChange, onSelect }: Props) {
  const { t } = useTranslation();
  const { workflow } = scene;
  const node = nodesOf(workflow)[nodeKey];
  if (!node) return null;
  const set = (next: WorkflowNode, about?: string): void => onChange({ ...workflow, nodes: { ...workflow.nodes, [nodeKey]: next } }, about);
  const props: NodeProps = { scene, nodeKey, node, onChange: set };
  const people = asks(node) || node.type === "copy";
  return (
    <>
      <LabelInput label={t("flow.panel.label")} value={node.label} onChange={(label) => set(withMember(node, "label", label), `${nodeKey}.label`)} />
      {node.type === "branch" ? <BranchSettings {...props} onWorkflow={onChange} /> : null}
      {people ? <PeopleSettings {...props} /> : <TypeSettings {...props} />}
      {people ? <FieldsTable {...props} /> : null}
      {asks(node) ? <DueSettings {...props} /> : null}
      {asks(node) ? <MoreSettings {...props} /> : null}
      <Group title={t("flow.panel.ways")}>
        <Ways {...props} onSelect={onSelect} />
        <KeyInput key={nodeKey} nodeKey={nodeKey} taken={Object.keys(nodesOf(workflow))} onRename={(to) => {
          onChange(renamed(workflow, nodeKey, to));
          onSelect(to);
        }} />
      </Group>
    </>
  );
}

/** Where it leads beside the drawing: when rejected, when the time is over; and the state it sets. */
function Ways({ scene, nodeKey, node, onChange, onSelect }: NodeProps & { readonly onSelect: (key: string) => void }) {
  const { t } = useTranslation();
  const { workflow, document } = scene;
  const others = Object.keys(nodesOf(workflow)).filter((key) => key !== nodeKey).map((key) => ({ value: key, label: scene.words.node(key) }));
  const options = optionsIn(document, workflow.form, workflow.state?.field);
  const after = edgesOf(workflow).filter(({ from }) => from === nodeKey);
  return (
    <>
      {node.type === "approval" ? <Row label={t("flow.port.rejected")} help={t("flow.ways.rejectedHelp")}>{(id) => <Select id={id} value={node.rejected} choices={others} empty={t("flow.ways.ends")} onChange={(to) => onChange(withMember(node, "rejected", to || undefined))} />}</Row> : null}
      {workflow.state?.field ? <Row label={t("flow.ways.state")}>{(id) => <Select id={id} value={node.state} choices={options} empty={t("flow.ways.noState")} onChange={(state) => onChange(withMember(node, "state", state || undefined))} />}</Row> : null}
      {after.length > 0 ? (
        <div className="wd-row">
          <span className="wd-label">{t("flow.ways.next")}</span>
          <ul className="wd-links">{after.map((edge) => <li key={edge.id}><button type="button" className="perm-link" onClick={() => onSelect(edge.to)}>{scene.words.node(edge.to)}</button></li>)}</ul>
        </div>
      ) : null}
    </>
  );
}

function KeyInput({ nodeKey, taken, onRename }: { readonly nodeKey: string; readonly taken: readonly string[]; readonly onRename: (key: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(nodeKey);
  const wrong = text !== nodeKey && (!isKey(text) || taken.includes(text));
  return (
    <Row label={t("flow.panel.key")} help={wrong ? t("flow.panel.keyWrong") : t("flow.panel.keyHelp")}>
      {(id) => <Input id={id} value={text} spellCheck={false} status={wrong ? "error" : ""} onChange={(event) => setText(event.target.value)} onBlur={() => (wrong || text === nodeKey ? setText(nodeKey) : onRename(text))} onPressEnter={(event) => event.currentTarget.blur()} />}
    </Row>
  );
}

function TypeSettings(props: NodeProps) {
  const { scene, nodeKey, node, onChange } = props;
  const { t } = useTranslation();
  const { workflow } = scene;
  const about = { app: scene.app, form: workflow.form ?? "", names: scene.names };
  switch (node.type) {
    case "delay":
      return (
        <Group title={t("flow.panel.settings")} open>
          <Row label={t("flow.delay.kind")}>{(id) => <Select id={id} value={node.until === undefined ? "after" : "until"} choices={["after", "until"].map((value) => ({ value, label: t(`flow.delay.${value}Kind`) }))} onChange={(kind) => onChange(kind === "after" ? { ...withMember(node, "until", undefined), after: { amount: 1, unit: "working_days" } } : { ...withMember(node, "after", undefined), until: "" })} />}</Row>
          {node.until === undefined ? <DurationInput label={t("flow.delay.afterKind")} value={node.after} onChange={(after) => onChange({ ...node, after })} /> : <ExpressionField scene={about} label={t("flow.delay.untilKind")} value={node.until} empty={t("flow.expression.empty")} onChange={(until) => onChange({ ...node, until: until ?? "" })} />}
        </Group>
      );
    case "wait_for":
      return (
        <Group title={t("flow.panel.settings")} open>
          <ExpressionField scene={about} label={t("flow.wait.condition")} value={node.condition} expects="boolean" empty={t("flow.expression.empty")} onChange={(condition) => onChange({ ...node, condition: condition ?? "" })} />
          <Check checked={node.at_most !== undefined} onChange={(on) => onChange(on ? { ...node, at_most: { amount: 7, unit: "days" } } : withMember(withMember(node, "at_most", undefined), "timed_out", undefined))}>{t("flow.wait.atMost")}</Check>
          {node.at_most ? (
            <>
              <DurationInput label={t("flow.wait.atMost")} value={node.at_most} onChange={(next) => onChange({ ...node, at_most: next })} />
              <Row label={t("flow.port.timed_out")}>{(id) => <Select id={id} value={node.timed_out} choices={Object.keys(nodesOf(workflow)).filter((key) => key !== nodeKey).map((key) => ({ value: key, label: scene.words.node(key) }))} empty={t("flow.wait.goesOn")} onChange={(to) => onChange(withMember(node, "timed_out", to || undefined))} />}</Row>
            </>
          ) : null}
        </Group>
      );
    case "set_fields":
    case "create_record":
    case "update_records":
      return <ValuesEditor {...props} />;
    case "sub_workflow":
      return (
        <Group title={t("flow.panel.settings")} open>
          <Row label={t("flow.sub.workflow")}>{(id) => <Select id={id} value={node.workflow} choices={Object.entries(workflowsIn(scene.document)).map(([value, { label }]) => ({ value, label }))} empty={t("flow.choose")} onChange={(value) => onChange(withMember(node, "workflow", value || undefined))} />}</Row>
          <ListChoice {...props} empty={t("flow.sub.same")} />
          <Check checked={node.wait ?? true} onChange={(wait) => onChange({ ...node, wait })}>{t("flow.sub.wait")}</Check>
        </Group>
      );
    case "join":
      return (
        <Group title={t("flow.panel.settings")} open>
          <Row label={t("flow.join.waits")} help={node.enough === undefined ? undefined : t("flow.join.help")}>{(id) => <Select id={id} value={node.enough === undefined ? "all" : node.enough === 1 ? "first" : "some"} choices={["all", "first", "some"].map((value) => ({ value, label: t(`flow.join.${value}`) }))} onChange={(value) => onChange(withMember(node, "enough", value === "all" ? undefined : value === "first" ? 1 : 2))} />}</Row>
          {node.enough !== undefined && node.enough > 1 ? <Row label={t("flow.join.enough")}>{(id) => <InputNumber id={id} min={2} max={30} precision={0} value={node.enough ?? null} onChange={(enough) => onChange({ ...node, enough: enough ?? 2 })} />}</Row> : null}
        </Group>
      );
    case "message":
      return <Suspense fallback={<Skeleton lines={4} />}><MessageSettings {...props} /></Suspense>;
    case "webhook":
      return <Suspense fallback={<Skeleton lines={4} />}><WebhookSettings {...props} /></Suspense>;
    case "end":
      return (
        <Group title={t("flow.panel.settings")} open>
          <EndSettings key={nodeKey} {...props} />
        </Group>
      );
    default:
      return null;
  }
}

const RESULTS = ["approved", "rejected", "withdrawn"];

function EndSettings({ nodeKey, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const result = node.result ?? "approved";
  const own = !RESULTS.includes(result);
  return (
    <>
      <Row label={t("flow.end.result")}>{(id) => <Select id={id} value={own ? "own" : result} choices={[...RESULTS, "own"].map((value) => ({ value, label: t(`flow.result.${value}`) }))} onChange={(value) => onChange({ ...node, result: value === "own" ? "finished" : value })} />}</Row>
      {own ? <Row label={t("flow.end.word")}>{(id) => <Input id={id} value={result} maxLength={40} spellCheck={false} status={isKey(result) ? "" : "error"} onChange={(event) => onChange({ ...node, result: event.target.value }, `${nodeKey}.result`)} />}</Row> : null}
      <Check checked={node.everything ?? false} onChange={(on) => onChange(withMember(node, "everything", on || undefined))}>{t("flow.end.everything")}</Check>
    </>
  );
}

/** What is decided in a test, one after the other; the next step is offered where the test stands. */
import type { Json } from "@/api";
import { asks, nodesOf, RETURNED, withMember, type Scenario } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { DecisionDetails } from "./DecisionDetails";
import { useTranslation } from "react-i18next";
import type { PanelScene } from "../panel/scene";
import { Select } from "../parts";
import type { TestRun } from "./calls";
import { ValueInput } from "./ValueInput";

export type Decided = NonNullable<Scenario["decisions"]>[number];

interface Props {
  readonly scene: PanelScene;
  readonly run: TestRun | undefined;
  readonly value: readonly Decided[];
  readonly onChange: (value: readonly Decided[]) => void;
}

const OTHERS = ["reassign", "ask", "answer", "hold", "withdraw", "wait", "change"];
const OF_APPROVAL = ["approve", "reject", "return", "add_approver", ...OTHERS];
const OF_FILL_IN = ["submit", "return", ...OTHERS];
const OF_OTHERS = ["withdraw", "wait", "change"];
/** Decisions with which the record gets values. */
const FILLED = new Set(["approve", "reject", "submit", "return", "change"]);

export function DecisionList({ scene, run, value, onChange }: Props) {
  const { t } = useTranslation();
  const node = run?.at[0] ?? Object.entries(nodesOf(scene.workflow)).find(([, one]) => asks(one))?.[0] ?? RETURNED;
  const add = (): void => onChange([...value, { node, decision: decisionsAt(scene, node)[0] ?? "wait" }]);
  return (
    <>
      <ol className="wp-decided">
        {value.map((one, index) => (
          <DecisionRow
            key={index}
            scene={scene}
            number={index + 1}
            wrong={run?.issues.some(({ path }) => path.startsWith(`/decisions/${index}`)) ?? false}
            value={one}
            onChange={(next) => onChange(value.map((other, place) => (place === index ? next : other)))}
            onRemove={() => onChange(value.filter((_, place) => place !== index))}
          />
        ))}
      </ol>
      <Button size="small" icon={<IconPlus size={16} />} onClick={add}>{t("play.test.addDecision")}</Button>
    </>
  );
}

function decisionsAt({ workflow }: PanelScene, key: string): readonly string[] {
  const node = nodesOf(workflow)[key];
  if (key === RETURNED) return ["submit", "withdraw", "wait"];
  return node?.type === "approval" ? OF_APPROVAL : node?.type === "fill_in" ? OF_FILL_IN : OF_OTHERS;
}

interface RowProps {
  readonly scene: PanelScene;
  readonly number: number;
  readonly wrong: boolean;
  readonly value: Decided;
  readonly onChange: (value: Decided) => void;
  readonly onRemove: () => void;
}

function DecisionRow({ scene, number, wrong, value, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { workflow, document, app } = scene;
  const form = workflow.form ?? "";
  const fields = document.forms?.[form]?.fields ?? {};
  const stops = [...Object.entries(nodesOf(workflow)).filter(([, node]) => asks(node) || node.type === "delay" || node.type === "wait_for" || node.type === "sub_workflow").map(([key]) => key), RETURNED];
  const label = (key: string): string => (key === RETURNED ? t("workflow.type.start") : scene.words.node(key));
  const values = value.values ?? {};
  const put = (next: Readonly<Record<string, Json>>): void => onChange(withMember(value, "values", Object.keys(next).length > 0 ? next : undefined));
  const name = t("play.test.decision", { number });
  return (
    <li className={wrong ? "wrong" : ""}>
      <div className="wp-decidedtop">
        <Select label={t("play.test.at", { number })} value={value.node} choices={stops.map((key) => ({ value: key, label: label(key) }))} onChange={(node) => onChange({ ...value, node, decision: decisionsAt(scene, node).includes(value.decision) ? value.decision : (decisionsAt(scene, node)[0] ?? "wait") })} />
        <Select label={name} value={value.decision} choices={decisionsAt(scene, value.node).map((key) => ({ value: key, label: t(`play.decision.${key}`) }))} onChange={(decision) => onChange({ node: value.node, decision, ...(value.values ? { values: value.values } : {}) })} />
        <IconButton label={t("play.test.removeDecision", { number })} onClick={onRemove}><IconTrash size={16} aria-hidden /></IconButton>
      </div>
      <DecisionDetails scene={scene} number={number} value={value} targets={[RETURNED, "previous", ...stops.filter((key) => key !== RETURNED)].map((key) => ({ value: key, label: key === "previous" ? t("play.test.previous") : label(key) }))} onChange={onChange} />
      {FILLED.has(value.decision) ? (
        <>
          {Object.entries(values).map(([key, one]) => <ValueInput key={key} app={app} form={form} fieldKey={key} body={fields[key]} value={one} onChange={(next) => put({ ...values, [key]: next })} />)}
          <Select label={t("play.test.fills", { number })} value="" choices={Object.entries(fields).filter(([key, { type }]) => !(key in values) && type !== "formula").map(([key, body]) => ({ value: key, label: body.label }))} empty={t("play.fill")} onChange={(key) => key && put({ ...values, [key]: null })} />
        </>
      ) : null}
    </li>
  );
}

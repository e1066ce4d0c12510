/** What is decided in a test, one after the other; the next step is offered where the test stands. */
import type { Json } from "@/api";
import { asks, nodesOf, RETURNED, withMember, type Scenario } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { PanelScene } from "../panel/scene";
import { Check, DurationInput, Select } from "../parts";
import type { TestRun } from "./calls";
import { ValueInput } from "./ValueInput";

type Decided = NonNullable<Scenario["decisions"]>[number];

interface Props {
  readonly scene: PanelScene;
  readonly run: TestRun | undefined;
  readonly value: readonly Decided[];
  readonly onChange: (value: readonly Decided[]) => void;
}

const OF_APPROVAL = ["approve", "reject", "return", "wait", "change"];
const OF_FILL_IN = ["submit", "return", "wait", "change"];
const OF_OTHERS = ["wait", "change"];

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
  if (key === RETURNED) return ["submit", "wait"];
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
      {value.decision === "return" ? <Select label={t("play.test.to", { number })} value={value.to} choices={[RETURNED, "previous", ...stops.filter((key) => key !== RETURNED)].map((key) => ({ value: key, label: key === "previous" ? t("play.test.previous") : label(key) }))} empty={t("flow.choose")} onChange={(to) => onChange(withMember(value, "to", to || undefined))} /> : null}
      {value.decision === "wait" ? (
        <>
          <Check checked={value.after === undefined} onChange={(on) => onChange(withMember(value, "after", on ? undefined : { amount: 1, unit: "days" }))}>{t("play.test.untilDue")}</Check>
          {value.after ? <DurationInput label={t("play.test.after", { number })} value={value.after} onChange={(after) => onChange({ ...value, after })} /> : null}
        </>
      ) : (
        <>
          {Object.entries(values).map(([key, one]) => <ValueInput key={key} app={app} form={form} fieldKey={key} body={fields[key]} value={one} onChange={(next) => put({ ...values, [key]: next })} />)}
          <Select label={t("play.test.fills", { number })} value="" choices={Object.entries(fields).filter(([key, { type }]) => !(key in values) && type !== "formula").map(([key, body]) => ({ value: key, label: body.label }))} empty={t("play.fill")} onChange={(key) => key && put({ ...values, [key]: null })} />
        </>
      )}
    </li>
  );
}

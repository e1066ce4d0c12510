/** The arms of a branch: their words, conditions and order. */
import { addArm, armsOf, edgesOf, lostWithArm, moveArm, removeArm, withMember, type Workflow } from "@/model/workflows";
import { ask } from "@/ui/ask";
import { IconButton } from "@/ui/IconButton";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ExpressionField, Group, LabelInput, Row, Select } from "../parts";
import type { NodeProps } from "./scene";

export function BranchSettings({ scene, nodeKey, node, onChange, onWorkflow }: NodeProps & { readonly onWorkflow: (workflow: Workflow) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { workflow } = scene;
  const arms = armsOf(node);
  const kind = node.kind ?? "exclusive";
  const setArm = (arm: string, body: (typeof arms)[number][1], about?: string): void => onChange({ ...node, branches: { ...node.branches, [arm]: body } }, about);
  const setKind = (next: string): void => {
    const branches = Object.fromEntries(arms.map(([arm, body], index) => [arm, next === "parallel" || index === arms.length - 1 ? withMember(body, "when", undefined) : { ...body, when: body.when ?? "" }]));
    onChange({ ...node, kind: next, branches });
  };
  const remove = (arm: string): void => {
    const edge = edgesOf(workflow).find((one) => one.from === nodeKey && one.arm === arm);
    const count = edge ? lostWithArm(workflow, edge) : 0;
    const run = (): void => onWorkflow(removeArm(workflow, nodeKey, arm));
    if (count === 0) run();
    else ask({ title: t("flow.arm.removeTitle"), content: t("flow.arm.removeHelp", { count }), okText: t("flow.arm.remove"), danger: true, onOk: run });
  };
  return (
    <Group title={t("flow.panel.arms")} open>
      <Row label={t("flow.branch.kind")} help={t(`flow.branch.help.${kind}`)}>{(id) => <Select id={id} value={kind} choices={["exclusive", "inclusive", "parallel"].map((value) => ({ value, label: t(`flow.branch.${value}`) }))} onChange={setKind} />}</Row>
      {arms.map(([arm, body], index) => {
        const otherwise = kind !== "parallel" && index === arms.length - 1;
        const name = format.label(body.label) || t("flow.arm.unnamed");
        return (
          <section key={arm} className="wd-rule" aria-label={name}>
            <div className="wd-ruletop">
              <strong>{t("flow.arm.number", { number: index + 1 })}</strong>
              <IconButton label={t("flow.arm.up", { name })} disabled={index === 0 || otherwise} onClick={() => onWorkflow(moveArm(workflow, nodeKey, arm, -1))}><IconArrowUp size={16} aria-hidden /></IconButton>
              <IconButton label={t("flow.arm.down", { name })} disabled={otherwise || index >= arms.length - (kind === "parallel" ? 1 : 2)} onClick={() => onWorkflow(moveArm(workflow, nodeKey, arm, 1))}><IconArrowDown size={16} aria-hidden /></IconButton>
              <IconButton label={t("flow.arm.removeOf", { name })} onClick={() => remove(arm)}><IconTrash size={16} aria-hidden /></IconButton>
            </div>
            <LabelInput label={t("flow.panel.label")} value={body.label} onChange={(label) => setArm(arm, withMember(body, "label", label), `${nodeKey}.${arm}`)} />
            {kind === "parallel" ? null : otherwise ? <p className="muted">{t("flow.arm.otherwise")}</p> : (
              <ExpressionField scene={{ app: scene.app, form: workflow.form ?? "", names: scene.names }} label={t("flow.arm.when")} value={body.when} expects="boolean" empty={t("flow.expression.empty")} onChange={(when) => setArm(arm, { ...body, when: when ?? "" })} />
            )}
          </section>
        );
      })}
      <Button size="small" icon={<IconPlus size={14} />} onClick={() => onWorkflow(addArm(workflow, nodeKey, { en: `Way ${arms.length + 1}`, zh: `路径 ${arms.length + 1}` }).workflow)}>{t("flow.arm.add")}</Button>
    </Group>
  );
}

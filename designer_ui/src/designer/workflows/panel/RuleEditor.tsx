/** Whom a node asks: rules that add up, each with the pickers it needs. */
import { asks, before, NEEDED, nodesOf, withMember, type AssigneeRule } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { peopleFields, rolesIn, type Choice } from "../document";
import { ExpressionField, Row, Select, UsersInput } from "../parts";
import type { PanelScene } from "./scene";

interface Props {
  readonly scene: PanelScene;
  readonly node: string;
  readonly label: string;
  readonly rules: readonly AssigneeRule[];
  readonly onChange: (rules: readonly AssigneeRule[], about?: string) => void;
}

export function RuleEditor({ scene, node, label, rules, onChange }: Props) {
  const { t } = useTranslation();
  const set = (index: number, rule: AssigneeRule): void => onChange(rules.map((one, at) => (at === index ? rule : one)));
  return (
    <div className="wd-rules" role="group" aria-label={label}>
      {rules.map((rule, index) => (
        <div key={index} className="wd-rule">
          <div className="wd-ruletop">
            <Select label={t("flow.rule.kind")} value={rule.by} choices={Object.keys(NEEDED).map((by) => ({ value: by, label: t(`flow.rule.by.${by}`) }))} onChange={(by) => set(index, { by })} />
            <IconButton label={t("flow.rule.remove", { name: scene.words.rule(rule) })} onClick={() => onChange(rules.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden /></IconButton>
          </div>
          <RuleSettings scene={scene} node={node} rule={rule} onChange={(next) => set(index, next)} />
        </div>
      ))}
      <Button size="small" icon={<IconPlus size={14} />} onClick={() => onChange([...rules, { by: "role" }])}>{t("flow.rule.add")}</Button>
    </div>
  );
}

function RuleSettings({ scene, node, rule, onChange }: { readonly scene: PanelScene; readonly node: string; readonly rule: AssigneeRule; readonly onChange: (rule: AssigneeRule) => void }) {
  const { t } = useTranslation();
  const { document, workflow } = scene;
  const fields: readonly Choice[] = peopleFields(document, workflow.form).map(({ key, label }) => ({ value: key, label }));
  const roles: readonly Choice[] = Object.entries(rolesIn(document)).map(([value, { label }]) => ({ value, label }));
  const choose = t("flow.choose");
  const role = <Row label={t("flow.rule.roleLabel")}>{(id) => <Select id={id} value={rule.role} choices={roles} empty={choose} onChange={(value) => onChange({ ...rule, role: value })} />}</Row>;
  const of = (
    <Row label={t("flow.rule.of")}>
      {(id) => <Select id={id} value={rule.of ?? "initiator"} choices={[{ value: "initiator", label: t("flow.who.initiator") }, ...fields]} onChange={(value) => onChange({ ...rule, of: value })} />}
    </Row>
  );
  const level = <Row label={t("flow.rule.level")}>{(id) => <InputNumber id={id} min={1} max={10} precision={0} value={rule.level ?? 1} onChange={(value) => onChange({ ...rule, level: value ?? 1 })} />}</Row>;
  switch (rule.by) {
    case "users":
      return <UsersInput app={scene.app} form={workflow.form ?? ""} label={t("flow.rule.users")} value={rule.users ?? []} people={scene.people} onChange={(users) => onChange(withMember(rule, "users", users.length > 0 ? users : undefined))} />;
    case "role":
      return role;
    case "role_in_department":
      return <>{role}{of}</>;
    case "department_head":
    case "manager":
      return <>{of}{level}</>;
    case "manager_chain":
      return (
        <>
          {of}
          <Row label={t("flow.rule.upTo")}>
            {(id) => <Select id={id} value={rule.up_to?.role === undefined ? "level" : "role"} choices={[{ value: "level", label: t("flow.rule.upToLevel") }, { value: "role", label: t("flow.rule.upToRole") }]} onChange={(kind) => onChange({ ...rule, up_to: kind === "level" ? { level: 3 } : { role: roles[0]?.value ?? "" } })} />}
          </Row>
          {rule.up_to?.role === undefined ? (
            <Row label={t("flow.rule.level")}>{(id) => <InputNumber id={id} min={1} max={10} precision={0} value={rule.up_to?.level ?? null} onChange={(value) => onChange({ ...rule, up_to: { level: value ?? 1 } })} />}</Row>
          ) : (
            <Row label={t("flow.rule.roleLabel")}>{(id) => <Select id={id} value={rule.up_to?.role} choices={roles} onChange={(value) => onChange({ ...rule, up_to: { role: value } })} />}</Row>
          )}
        </>
      );
    case "field":
    case "organisation":
      return <Row label={t("flow.rule.fieldLabel")}>{(id) => <Select id={id} value={rule.field} choices={fields.filter(({ value }) => rule.by !== "organisation" || peopleFields(document, workflow.form).some(({ key, type }) => key === value && type === "organisation"))} empty={choose} onChange={(value) => onChange({ ...rule, field: value })} />}</Row>;
    case "decider_of": {
      const earlier = [...before(workflow, node)].filter((key) => asks(nodesOf(workflow)[key]));
      return <Row label={t("flow.rule.nodeLabel")}>{(id) => <Select id={id} value={rule.node} choices={earlier.map((key) => ({ value: key, label: scene.words.node(key) }))} empty={choose} onChange={(value) => onChange({ ...rule, node: value })} />}</Row>;
    }
    case "collaborators":
      return (
        <>
          <Row label={t("flow.rule.part")}>{(id) => <Select id={id} value={rule.part ?? ""} choices={["owner", "edit", "read"].map((value) => ({ value, label: t(`flow.rule.part_${value}`) }))} empty={t("flow.rule.part_all")} onChange={(value) => onChange(withMember(rule, "part", value || undefined))} />}</Row>
          {rule.part === "owner" ? null : <Row label={t("flow.rule.fieldLabel")}>{(id) => <Select id={id} value={rule.field ?? ""} choices={fields} empty={t("flow.rule.shared")} onChange={(value) => onChange(withMember(rule, "field", value || undefined))} />}</Row>}
        </>
      );
    case "expression":
      return <ExpressionField scene={{ app: scene.app, form: workflow.form ?? "", names: scene.names }} label={t("flow.rule.expressionLabel")} value={rule.expression} empty={t("flow.expression.empty")} onChange={(value) => onChange({ ...rule, expression: value ?? "" })} />;
    default:
      return null;
  }
}

/** What is said at a step, what must hold before one goes on, and whether it may be decided together with others and printed. */
import { withMember, type Words } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Check, ExpressionField, Group, LabelInput, Row, Select } from "../parts";
import type { NodeProps } from "./scene";

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
      <Row label={t("flow.more.print")}>{(id) => <Select id={id} value={node.print === undefined ? "form" : String(node.print)} choices={["form", "true", "false"].map((value) => ({ value, label: t(`flow.print.${value}`) }))} onChange={(value) => onChange(withMember(node, "print", value === "form" ? undefined : value === "true"))} />}</Row>
    </Group>
  );
}

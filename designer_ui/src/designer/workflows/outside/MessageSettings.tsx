/** Whom a step tells what: people in the product and by mail, addresses by mail. */
import { withMember } from "@/model/workflows";
import { useTranslation } from "react-i18next";
import { RuleEditor } from "../panel/RuleEditor";
import type { NodeProps } from "../panel/scene";
import { ExpressionField, Group } from "../parts";
import { TemplateInput } from "./TemplateInput";
import "./outside.css";

export default function MessageSettings({ scene, nodeKey, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const about = { app: scene.app, form: scene.workflow.form ?? "", names: scene.names };
  return (
    <>
      <Group title={t("outside.message.to")} open>
        <RuleEditor scene={scene} node={nodeKey} label={t("outside.message.people")} rules={node.assignees ?? []} onChange={(assignees) => onChange(withMember(node, "assignees", assignees.length > 0 ? assignees : undefined))} />
        <p className="muted">{t("outside.message.peopleHelp")}</p>
        <ExpressionField scene={about} label={t("outside.message.addresses")} value={node.addresses} optional empty={t("outside.message.noAddresses")} onChange={(addresses) => onChange(withMember(node, "addresses", addresses || undefined))} />
        <p className="muted">{t("outside.message.addressesHelp")}</p>
      </Group>
      <Group title={t("outside.message.words")} open>
        <TemplateInput scene={scene} label={t("outside.message.subject")} value={node.subject ?? ""} onChange={(subject) => onChange({ ...node, subject }, `${nodeKey}.subject`)} />
        <TemplateInput long scene={scene} label={t("outside.message.text")} value={node.text ?? ""} help={t("outside.message.textHelp")} onChange={(text) => onChange(withMember(node, "text", text || undefined), `${nodeKey}.text`)} />
      </Group>
    </>
  );
}

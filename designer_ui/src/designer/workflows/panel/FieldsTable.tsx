/** What the people of a node see and fill in, field by field. */
import { isComputed, rightOf, withMember, withRight, type Right } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsAndColumns } from "../document";
import { Group, Row, Select } from "../parts";
import type { NodeProps } from "./scene";

const MANY = 12;

export function FieldsTable({ scene, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState("");
  const fields = fieldsAndColumns(scene.document, scene.workflow.form);
  const name = (label: Parameters<typeof format.label>[0], key: string): string => format.label(label) || key;
  const shown = fields.filter(({ key, label }) => `${name(label, key)} ${key}`.toLowerCase().includes(text.trim().toLowerCase()));
  const others = node.fields?.others ?? (node.fields?.visible ? "hidden" : "own");
  // What is shown besides must not hide all others.
  const set = (key: string, right: Right): void => {
    const next = withRight(node.fields, key, right);
    onChange(withMember(node, "fields", right === "visible" && node.fields?.visible === undefined && next ? { ...next, others } : next));
  };
  const rights = (type: string): readonly Right[] => (isComputed(type) || node.type === "copy" ? ["default", "visible", "hidden"] : ["default", "visible", "editable", "required", "hidden"]);
  const named = fields.filter(({ key }) => rightOf(node.fields, key) !== "default").length;
  return (
    <Group title={t("flow.panel.fields")} count={named || undefined}>
      <p className="muted">{t("flow.fields.help")}</p>
      <Row label={t("flow.fields.others")} help={t(`flow.fields.othersHelp.${others}`)}>{(id) => <Select id={id} value={others} choices={["own", "hidden"].map((value) => ({ value, label: t(`flow.fields.othersAre.${value}`) }))} onChange={(value) => onChange({ ...node, fields: { ...node.fields, others: value as "own" } })} />}</Row>
      <div className="wd-fieldtools">
        {fields.length > MANY ? <Input size="small" allowClear value={text} placeholder={t("flow.fields.search")} aria-label={t("flow.fields.search")} onChange={(event) => setText(event.target.value)} /> : null}
        {node.fields ? <Button size="small" onClick={() => onChange(withMember(node, "fields", undefined))}>{t("flow.fields.reset")}</Button> : null}
      </div>
      <table className="wd-fields">
        <thead><tr><th scope="col">{t("flow.fields.field")}</th><th scope="col">{t("flow.fields.right")}</th></tr></thead>
        <tbody>
          {shown.map(({ key, label, type }) => (
            <tr key={key}>
              <th scope="row">{name(label, key)}</th>
              <td><Select label={name(label, key)} value={rightOf(node.fields, key)} choices={rights(type).map((value) => ({ value, label: t(`flow.right.${value}`) }))} onChange={(right) => set(key, right as Right)} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  );
}

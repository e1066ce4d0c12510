/** Which fields get which values: of the record, of a new one, of those in a related list or behind a relation. */
import { isComputed, withMember } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fieldsIn, listsIn, OWNER, relationsIn, targetOf } from "../document";
import { ExpressionField, Group, Row, Select } from "../parts";
import type { NodeProps } from "./scene";
import { useFormat } from "@/ui/format";

export function ListChoice({ scene, node, onChange, empty }: NodeProps & { readonly empty: string }) {
  const { t } = useTranslation();
  return <Row label={t("flow.values.list")}>{(id) => <Select id={id} value={node.list} choices={listsIn(scene.document, scene.workflow.form)} empty={empty} onChange={(list) => onChange(withMember(list ? withMember(node, "form", undefined) : node, "list", list || undefined))} />}</Row>;
}

/** Which other records a node changes: those of a list, or the one that a relation names. */
function OthersChoice({ scene, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const { document, workflow } = scene;
  const places = [
    ...relationsIn(document, workflow.form).map((one) => ({ ...one, value: `relation.${one.value}` })),
    ...listsIn(document, workflow.form).map((one) => ({ ...one, value: `list.${one.value}` })),
  ];
  const chosen = node.relation === undefined ? (node.list === undefined ? "" : `list.${node.list}`) : `relation.${node.relation}`;
  const choose = (place: string): void => {
    const [kind, key] = place.split(".");
    const rest = withMember(withMember(node, "list", undefined), "relation", undefined);
    onChange(kind && key ? { ...rest, [kind]: key } : rest);
  };
  return <Row label={t("flow.values.others")}>{(id) => <Select id={id} value={chosen} choices={places} empty={t("flow.choose")} onChange={choose} />}</Row>;
}

export function ValuesEditor(props: NodeProps) {
  const { scene, node, onChange } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { workflow, document } = scene;
  const target = targetOf(document, workflow.form, node);
  const fields = [OWNER, ...fieldsIn(document, target)].filter(({ type }) => !isComputed(type) && type !== "subform");
  const values = Object.entries(node.values ?? {});
  const over = node.type === "update_records" ? (target ?? "") : (workflow.form ?? "");
  const about = { app: scene.app, form: over, names: scene.names };
  const record = node.type === "update_records" ? workflow.form : undefined;
  return (
    <Group title={t("flow.panel.settings")} open>
      {node.type === "create_record" ? (
        <>
          <ListChoice {...props} empty={t("flow.values.noList")} />
          {node.list === undefined ? <Row label={t("flow.values.form")}>{(id) => <Select id={id} value={node.form} choices={Object.entries(document.forms ?? {}).map(([value, { label }]) => ({ value, label }))} empty={t("flow.choose")} onChange={(form) => onChange(withMember(node, "form", form || undefined))} />}</Row> : null}
        </>
      ) : null}
      {node.type === "update_records" ? (
        <>
          <OthersChoice {...props} />
          {target === undefined ? null : <ExpressionField scene={about} record={record} label={t("flow.values.when")} value={node.when} expects="boolean" optional empty={t("flow.values.all")} onChange={(when) => onChange(withMember(node, "when", when))} />}
        </>
      ) : null}
      {values.map(([field, value]) => {
        const name = format.label(fields.find(({ key }) => key === field)?.label) || field;
        return (
          <div key={field} className="wd-value">
            <ExpressionField scene={about} record={record} label={name} value={value} empty={t("flow.expression.empty")} onChange={(next) => onChange({ ...node, values: { ...node.values, [field]: next ?? "" } })} />
            <IconButton label={t("flow.values.remove", { name })} onClick={() => onChange({ ...node, values: Object.fromEntries(values.filter(([key]) => key !== field)) })}><IconTrash size={16} aria-hidden /></IconButton>
          </div>
        );
      })}
      {target ? <Select label={t("flow.values.add")} value="" choices={fields.filter(({ key }) => !(key in (node.values ?? {}))).map(({ key, label }) => ({ value: key, label }))} empty={t("flow.values.add")} onChange={(field) => field && onChange({ ...node, values: { ...node.values, [field]: "" } })} /> : null}
    </Group>
  );
}

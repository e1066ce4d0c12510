/** How several decide, what happens when nobody is found or the same person comes again, and what may be decided. */
import { asks, before, commentOf, decisionOf, DECISIONS, isNeeded, maySign, nodesOf, offers, withDecision, withMember, withOffer, type Decision } from "@/model/workflows";
import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Check, Group, LabelInput, Row, Select, UsersInput } from "../parts";
import { RuleEditor } from "./RuleEditor";
import type { NodeProps } from "./scene";

export function PeopleSettings(props: NodeProps) {
  const { scene, nodeKey, node, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      <Group title={t("flow.panel.who")} open>
        <RuleEditor scene={scene} node={nodeKey} label={t("flow.panel.who")} rules={node.assignees ?? []} onChange={(assignees) => onChange({ ...node, assignees })} />
        {asks(node) ? <Several {...props} /> : null}
        {asks(node) ? <Nobody {...props} /> : null}
        {node.type === "approval" ? <Repeat {...props} /> : null}
      </Group>
      {asks(node) ? <Decisions {...props} /> : null}
    </>
  );
}

function Several({ node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const several = node.several ?? { rule: "any" };
  const rules = node.type === "fill_in" ? ["any", "all"] : ["any", "all", "share"];
  const set = (next: NonNullable<typeof node.several>): void => onChange(withMember(node, "several", next.rule === "any" && Object.keys(next).length === 1 ? undefined : next));
  return (
    <>
      <Row label={t("flow.several.title")}>
        {(id) => <Select id={id} value={several.rule} choices={rules.map((value) => ({ value, label: t(`flow.several.${value}`) }))} onChange={(rule) => set(withMember({ ...several, rule }, "share", rule === "share" ? (several.share ?? 60) : undefined))} />}
      </Row>
      {several.rule === "share" ? <Row label={t("flow.several.percent")}>{(id) => <InputNumber id={id} min={1} max={100} precision={0} suffix="%" value={several.share ?? null} onChange={(share) => set(withMember(several, "share", share ?? undefined))} />}</Row> : null}
      {node.type === "approval" ? (
        <>
          <Check checked={several.in_turn ?? false} onChange={(on) => set(withMember(several, "in_turn", on || undefined))}>{t("flow.several.in_turn")}</Check>
          <Check checked={several.veto ?? false} onChange={(on) => set(withMember(several, "veto", on || undefined))}>{t("flow.several.veto")}</Check>
        </>
      ) : null}
    </>
  );
}

function Nobody({ scene, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const nobody = node.nobody ?? { then: "administrator" };
  return (
    <>
      <Row label={t("flow.nobody.title")}>
        {(id) => <Select id={id} value={nobody.then} choices={["administrator", "skip", "users", "stop"].map((value) => ({ value, label: t(`flow.nobody.${value}`) }))} onChange={(then) => onChange(withMember(node, "nobody", then === "administrator" ? undefined : { then }))} />}
      </Row>
      {nobody.then === "users" ? <UsersInput app={scene.app} form={scene.workflow.form ?? ""} label={t("flow.nobody.standIn")} value={nobody.users ?? []} people={scene.people} onChange={(users) => onChange({ ...node, nobody: { then: "users", ...(users.length > 0 ? { users } : {}) } })} /> : null}
    </>
  );
}

function Repeat({ node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const choices = { initiator: ["ask", "skip_adjacent", "skip", "manager"], earlier: ["ask", "skip_adjacent", "skip"] };
  return (
    <>
      {(["initiator", "earlier"] as const).map((who) => (
        <Row key={who} label={t(`flow.repeat.${who}`)}>
          {(id) => (
            <Select
              id={id}
              value={node.repeat?.[who] ?? "ask"}
              choices={choices[who].map((value) => ({ value, label: t(`flow.repeat.${who}_${value}`) }))}
              onChange={(value) => {
                const next = withMember(node.repeat ?? {}, who, value === "ask" ? undefined : value);
                onChange(withMember(node, "repeat", Object.keys(next).length > 0 ? next : undefined));
              }}
            />
          )}
        </Row>
      ))}
    </>
  );
}

function Decisions(props: NodeProps) {
  const { node } = props;
  const { t } = useTranslation();
  return (
    <Group title={t("flow.panel.decisions")} count={Object.keys(node.decisions ?? {}).length || undefined}>
      {(DECISIONS[node.type] ?? []).map((decision) => <OneDecision key={decision} {...props} decision={decision} />)}
    </Group>
  );
}

function OneDecision({ scene, nodeKey, node, onChange, decision }: NodeProps & { readonly decision: string }) {
  const { t } = useTranslation();
  const on = offers(node, decision);
  const said = decisionOf(node, decision);
  const name = t(`flow.decision.${decision}`);
  const set = (next: Decision, about?: string): void => onChange(withDecision(node, decision, next), about);
  return (
    <div className="wd-decision">
      <Check checked={on} disabled={isNeeded(decision)} onChange={(next) => onChange(withOffer(node, decision, next))}>{name}</Check>
      {on ? (
        <details>
          <summary>{t("flow.decision.more", { name })}</summary>
          <LabelInput label={t("flow.decision.label")} value={said.label} onChange={(label) => set(withMember(said, "label", label), `${nodeKey}.${decision}.label`)} />
          <Row label={t("flow.decision.comment")}>{(id) => <Select id={id} value={commentOf(node, decision)} choices={["no", "optional", "required"].map((value) => ({ value, label: t(`flow.comment.${value}`) }))} onChange={(comment) => set({ ...said, comment: comment as "no" })} />}</Row>
          {decision === "reject" || decision === "return" ? <Check checked={said.complete ?? false} onChange={(complete) => set(withMember(said, "complete", complete || undefined))}>{t("flow.decision.complete")}</Check> : null}
          {maySign(decision) ? <Row label={t("flow.decision.signature")}>{(id) => <Select id={id} value={said.signature ?? "no"} choices={["no", "optional", "required"].map((value) => ({ value, label: t(`flow.comment.${value}`) }))} onChange={(signature) => set(withMember(said, "signature", signature === "no" ? undefined : (signature as "optional")))} />}</Row> : null}
          {decision === "return" ? <ReturnTo scene={scene} nodeKey={nodeKey} said={said} set={set} /> : null}
          {NAMING.has(decision) ? <Among scene={scene} nodeKey={nodeKey} said={said} set={set} /> : null}
          {decision === "add_approver" ? (
            <fieldset className="wd-checks">
              <legend>{t("flow.decision.where")}</legend>
              {["before", "after", "beside"].map((where) => {
                const all = said.where ?? ["before", "after", "beside"];
                return <Check key={where} checked={all.includes(where)} onChange={(next) => set({ ...said, where: next ? [...all, where] : all.filter((one) => one !== where) })}>{t(`flow.where.${where}`)}</Check>;
              })}
            </fieldset>
          ) : null}
        </details>
      ) : null}
    </div>
  );
}

/** Decisions that name somebody. */
const NAMING: ReadonlySet<string> = new Set(["reassign", "add_approver", "ask"]);

/** Whom such a decision may name: everybody, those of one's departments, or those whom rules name. */
function Among({ scene, nodeKey, said, set }: Pick<NodeProps, "scene" | "nodeKey"> & { readonly said: Decision; readonly set: (next: Decision) => void }) {
  const { t } = useTranslation();
  const among = said.among ?? "everybody";
  const kind = typeof among === "string" ? among : "rules";
  const start = [{ by: "role" }];
  return (
    <>
      <Row label={t("flow.among.title")}>{(id) => <Select id={id} value={kind} choices={["everybody", "department", "rules"].map((value) => ({ value, label: t(`flow.among.${value}`) }))} onChange={(value) => set(withMember(said, "among", value === "everybody" ? undefined : value === "rules" ? start : "department"))} />}</Row>
      {typeof among === "string" ? null : <RuleEditor scene={scene} node={nodeKey} label={t("flow.among.title")} rules={among} onChange={(rules) => set({ ...said, among: rules })} />}
    </>
  );
}

function ReturnTo({ scene, nodeKey, said, set }: Pick<NodeProps, "scene" | "nodeKey"> & { readonly said: Decision; readonly set: (next: Decision) => void }) {
  const { t } = useTranslation();
  const earlier = [...before(scene.workflow, nodeKey)].filter((key) => asks(nodesOf(scene.workflow)[key]));
  const all = said.to ?? ["start", "any"];
  return (
    <>
      <fieldset className="wd-checks">
        <legend>{t("flow.decision.to")}</legend>
        {["start", "previous", "any", ...earlier].map((to) => (
          <Check key={to} checked={all.includes(to)} onChange={(on) => set(withMember(said, "to", on ? [...all, to] : all.filter((one) => one !== to)))}>{["start", "previous", "any"].includes(to) ? t(`flow.to.${to}`) : scene.words.node(to)}</Check>
        ))}
      </fieldset>
      <Row label={t("flow.decision.then")}>{(id) => <Select id={id} value={said.then ?? "again"} choices={["again", "straight_back", "choose"].map((value) => ({ value, label: t(`flow.then.${value}`) }))} onChange={(then) => set(withMember(said, "then", then === "again" ? undefined : then))} />}</Row>
    </>
  );
}

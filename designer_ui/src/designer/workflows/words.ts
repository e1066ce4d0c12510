/** Nodes, rules and starts in words. */
import type { AppDocument } from "@/model/design/formulas";
import { pathLabel, type Names } from "@/model/expression";
import { armsOf, type AssigneeRule, type Duration, type Start, type Workflow, type WorkflowNode } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { fieldsIn, listsIn, peopleFields, relationsIn, rolesIn, targetOf } from "./document";

export interface FlowWords {
  readonly form: (key: string | undefined) => string;
  readonly field: (key: string) => string;
  readonly role: (key: string | undefined) => string;
  readonly node: (key: string) => string;
  readonly rule: (rule: AssigneeRule) => string;
  readonly rules: (rules: readonly AssigneeRule[] | undefined) => string;
  readonly duration: (duration: Duration | undefined) => string;
  readonly start: (on: Start["on"]) => string;
  /** What a node does, on its card. */
  readonly summary: (node: WorkflowNode) => string;
  readonly expression: (text: string) => string;
}

interface Subject {
  readonly document: AppDocument;
  readonly workflow: Workflow;
  readonly names: Names | undefined;
  readonly people: ReadonlyMap<number, string>;
}

export function useFlowWords({ document, workflow, names, people }: Subject): FlowWords {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const joined = new Intl.ListFormat(format.language, { type: "conjunction", style: "narrow" });
    const list = (items: readonly string[]): string => joined.format(items.filter(Boolean));
    const form = (key: string | undefined): string => format.label(document.forms?.[key ?? ""]?.label) || (key ?? "");
    const fields = new Map([...peopleFields(document, workflow.form), ...fieldsIn(document, workflow.form)].map(({ key, label }) => [key, label]));
    const field = (key: string): string => format.label(fields.get(key)) || key;
    const role = (key: string | undefined): string => format.label(rolesIn(document)[key ?? ""]?.label) || key || "…";
    const node = (key: string): string => format.label(workflow.nodes?.[key]?.label) || key;
    const expression = (text: string): string => text.replace(/\{([^}]+)\}/g, (all, path: string) => (names && pathLabel(names, path, format.label)) || all);
    const duration = (one: Duration | undefined): string => (one ? t(`flow.duration.${one.unit}`, { count: one.amount }) : "");
    const who = (of: string | undefined): string => (of === undefined || of === "initiator" ? t("flow.who.initiator") : field(of));
    const rule = (one: AssigneeRule): string => {
      const level = one.level ?? 1;
      switch (one.by) {
        case "users":
          return list((one.users ?? []).map((id) => people.get(id) ?? `#${id}`)) || "…";
        case "role_in_department":
          return t("flow.rule.role_in_department", { role: role(one.role), who: who(one.of) });
        case "department_head":
        case "manager":
          return t(`flow.rule.${one.by}${level > 1 ? "_level" : ""}`, { who: who(one.of), level });
        case "manager_chain":
          return one.up_to?.role === undefined ? t("flow.rule.chain_level", { who: who(one.of), level: one.up_to?.level ?? "…" }) : t("flow.rule.chain_role", { who: who(one.of), role: role(one.up_to.role) });
        case "role":
          return t("flow.rule.role", { role: role(one.role) });
        case "field":
        case "organisation":
          return t(`flow.rule.${one.by}`, { field: one.field ? field(one.field) : "…" });
        case "decider_of":
          return t("flow.rule.decider_of", { node: one.node ? node(one.node) : "…" });
        case "collaborators":
          return t(`flow.rule.collaborators_${one.part ?? "all"}`);
        case "expression":
          return expression(one.expression ?? "…");
        default:
          return t(`flow.rule.${one.by}`);
      }
    };
    const rules = (all: readonly AssigneeRule[] | undefined): string => list((all ?? []).map(rule)) || t("flow.rule.nobody");
    const several = (one: WorkflowNode): string => {
      const { rule: how = "any", share, in_turn: inTurn } = one.several ?? {};
      if (one.several === undefined) return "";
      return [t(`flow.several.short.${how}`, { share: share ?? 0 }), inTurn ? t("flow.several.short.in_turn") : ""].filter(Boolean).join(", ");
    };
    const target = (one: WorkflowNode): string => {
      const places = [...listsIn(document, workflow.form), ...relationsIn(document, workflow.form)];
      const found = places.find(({ value }) => value === (one.list ?? one.relation))?.label;
      return (typeof found === "string" ? found : format.label(found)) || form(targetOf(document, workflow.form, one));
    };
    const summary = (one: WorkflowNode): string => {
      switch (one.type) {
        case "approval":
        case "fill_in":
        case "copy":
          return [rules(one.assignees), several(one)].filter(Boolean).join(" · ");
        case "branch":
          return t(`flow.branch.short.${one.kind ?? "exclusive"}`, { count: armsOf(one).length });
        case "join":
          return one.enough === undefined ? t("flow.join.short") : t("flow.join.shortEnough", { count: one.enough });
        case "set_fields":
          return list(Object.keys(one.values ?? {}).map(field)) || "…";
        case "create_record":
        case "update_records":
          return target(one) || "…";
        case "delay":
          return one.until === undefined ? duration(one.after) || "…" : t("flow.delay.until", { moment: expression(one.until) });
        case "wait_for":
          return one.condition ? expression(one.condition) : "…";
        case "sub_workflow":
          return format.label((document.workflows?.[one.workflow ?? ""] as Workflow | undefined)?.label) || one.workflow || "…";
        case "message":
          return [rules(one.assignees), one.addresses ? expression(one.addresses) : ""].filter(Boolean).join(" · ") || "…";
        case "webhook":
          return one.url?.split("?")[0] || "…";
        case "end":
          return ["approved", "rejected", "withdrawn"].includes(one.result ?? "approved") ? t(`flow.result.${one.result ?? "approved"}`) : (one.result ?? "");
        default:
          return "";
      }
    };
    const start = (on: Start["on"]): string => t(`flow.start.short.${on}`);
    return { form, field, role, node, rule, rules, duration, start, summary, expression };
  }, [t, format, document, workflow, names, people]);
}

/** Workflows to begin with, and nodes as they are when they are put in. */
import { JOIN_LABEL } from "./edit";
import type { AssigneeRule, Workflow, WorkflowNode, Words } from "./types";

export const TEMPLATES = ["blank", "one_level", "deadline", "two_levels", "managers", "countersign", "parallel", "completed", "signed"] as const;
export type Template = (typeof TEMPLATES)[number];

export interface TemplateChoices {
  readonly label: Words;
  readonly form: string;
  /** Two levels: the number above which the second level is asked, too. */
  readonly field?: string;
  readonly limit?: number;
  readonly starts: "create" | "button";
}

const MANAGER: AssigneeRule = { by: "manager", of: "initiator", level: 1 };
const HEAD: AssigneeRule = { by: "department_head", of: "initiator", level: 1 };
const words = (en: string, zh: string): Words => ({ en, zh });
const END: WorkflowNode = { type: "end", label: words("Approved", "通过"), result: "approved" };

/** A whole workflow that can be published as it is, as far as people can be found. */
export function fromTemplate(template: Template, { label, form, field = "", limit = 10_000, starts }: TemplateChoices): Workflow {
  const about = { label, form, enabled: true, starts: [starts === "create" ? { on: "create" as const } : { on: "button" as const }], withdraw: "before_decision" };
  switch (template) {
    case "blank":
      return { ...about, first: "end", nodes: { end: END } };
    case "deadline":
      return {
        ...about,
        first: "approval",
        nodes: {
          approval: approval("Manager approves", "上级审批", [MANAGER], "end", { due: { after: { amount: 2, unit: "working_days" }, remind: [{ before: { amount: 4, unit: "working_hours" } }], then: "escalate", to: [{ by: "manager", of: "initiator", level: 2 }] } }),
          end: END,
        },
      };
    case "countersign":
      return {
        ...about,
        first: "approval",
        nodes: {
          approval: approval("All of them approve", "会签", [MANAGER, HEAD], "copy", { several: { rule: "all" } }),
          copy: { type: "copy", label: words("Tell who started it", "抄送发起人"), assignees: [{ by: "initiator" }], next: "end" },
          end: END,
        },
      };
    case "completed":
      return {
        ...about,
        first: "fill_in",
        nodes: {
          fill_in: { type: "fill_in", label: words("Owner completes it", "负责人补充信息"), assignees: [{ by: "field", field: "owner" }], next: "approval" },
          approval: approval("Manager approves", "上级审批", [MANAGER], "end"),
          end: END,
        },
      };
    case "signed":
      return {
        ...about,
        first: "approval",
        nodes: {
          approval: approval("Department head reviews", "部门负责人审核", [HEAD], "approval_2"),
          approval_2: approval("Managers sign", "领导签字", [{ by: "manager_chain", of: "initiator", up_to: { level: 2 } }], "copy", { several: { rule: "all", in_turn: true }, decisions: { approve: { signature: "required" } } }),
          copy: { type: "copy", label: words("Tell who started it", "抄送发起人"), assignees: [{ by: "initiator" }], next: "end" },
          end: END,
        },
      };
    case "one_level":
      return { ...about, first: "approval", nodes: { approval: approval("Manager approves", "上级审批", [MANAGER], "end"), end: END } };
    case "two_levels":
      return {
        ...about,
        first: "approval",
        nodes: {
          approval: approval("Manager approves", "上级审批", [MANAGER], "branch"),
          branch: {
            type: "branch",
            label: words("By amount", "按金额"),
            kind: "exclusive",
            branches: {
              large: { label: words(`More than ${limit}`, `超过 ${limit}`), when: field ? `{${field}} > ${limit}` : "", next: "approval_2" },
              otherwise: { label: words("Otherwise", "其他情况"), next: "end" },
            },
          },
          approval_2: approval("Second level approves", "二级审批", [{ by: "manager", of: "initiator", level: 2 }], "end"),
          end: END,
        },
      };
    case "managers":
      return { ...about, first: "approval", nodes: { approval: approval("Managers approve one after the other", "逐级审批", [{ by: "manager_chain", of: "initiator", up_to: { level: 3 } }], "end", { several: { rule: "all", in_turn: true } }), end: END } };
    case "parallel":
      return {
        ...about,
        first: "branch",
        nodes: {
          branch: { type: "branch", label: words("Reviews side by side", "并行会审"), kind: "parallel", branches: { one: { label: words("Manager", "上级"), next: "approval" }, two: { label: words("Department head", "部门负责人"), next: "approval_2" } } },
          approval: approval("Manager reviews", "上级审核", [MANAGER], "join"),
          approval_2: approval("Department head reviews", "部门负责人审核", [HEAD], "join"),
          join: { type: "join", label: JOIN_LABEL, next: "end" },
          end: END,
        },
      };
  }
}

/** A workflow like another one, switched off, under a name that says so. */
export function likeness(workflow: Workflow): Workflow {
  const { en, zh } = workflow.label ?? {};
  const label: Words = { ...(en ? { en: `${en.slice(0, 112)} (copy)` } : {}), ...(zh ? { zh: `${zh.slice(0, 112)}（副本）` } : {}) };
  return { ...workflow, label, enabled: false };
}

function approval(en: string, zh: string, assignees: readonly AssigneeRule[], next: string, more: Partial<WorkflowNode> = {}): WorkflowNode {
  return { type: "approval", label: words(en, zh), assignees, ...more, next };
}

/** A node of a type, or of a kind of branch ("branch:parallel"), as it is put in. */
export function freshNode(type: string): WorkflowNode {
  const [kind, way] = type.split(":");
  switch (kind) {
    case "approval":
      return { type: "approval", label: words("Approval", "审批"), assignees: [MANAGER] };
    case "fill_in":
      return { type: "fill_in", label: words("Fill in", "填写"), assignees: [{ by: "initiator" }] };
    case "copy":
      return { type: "copy", label: words("Copy", "抄送"), assignees: [MANAGER] };
    case "branch":
      return way === "parallel"
        ? { type: "branch", kind: way, label: words("Side by side", "并行"), branches: { one: { label: words("First", "第一路") }, two: { label: words("Second", "第二路") } } }
        : { type: "branch", kind: way ?? "exclusive", label: words("Branch", "分支"), branches: { arm: { label: words("If …", "如果…"), when: "" }, otherwise: { label: words("Otherwise", "其他情况") } } };
    case "delay":
      return { type: "delay", label: words("Wait a while", "等待一段时间"), after: { amount: 1, unit: "working_days" } };
    case "wait_for":
      return { type: "wait_for", label: words("Wait for a condition", "等待条件"), condition: "" };
    case "set_fields":
      return { type: "set_fields", label: words("Set fields", "设置字段"), values: {} };
    case "create_record":
      return { type: "create_record", label: words("Create a record", "新建记录"), values: {} };
    case "update_records":
      return { type: "update_records", label: words("Update related records", "更新关联记录"), values: {} };
    case "sub_workflow":
      return { type: "sub_workflow", label: words("Another workflow", "子流程"), wait: true };
    case "message":
      return { type: "message", label: words("Send a message", "发送消息"), assignees: [{ by: "initiator" }], subject: "" };
    case "webhook":
      return { type: "webhook", label: words("Call a webhook", "调用 Webhook"), url: "" };
    default:
      return { type: "end", label: words("End", "结束"), result: "approved" };
  }
}

"""What statuses, decisions and boxes are called."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import Label, NodeDefinition, WorkflowDefinition
from joinery.workflows import START

STATUSES: Mapping[str, Label] = {
    "running": {"en": "Running", "zh": "进行中"},
    "approved": {"en": "Approved", "zh": "已通过"},
    "rejected": {"en": "Rejected", "zh": "已拒绝"},
    "withdrawn": {"en": "Withdrawn", "zh": "已撤回"},
    "cancelled": {"en": "Cancelled", "zh": "已取消"},
    "stuck": {"en": "Stuck", "zh": "已停滞"},
}
DECISIONS: Mapping[str, Label] = {
    "approve": {"en": "Approve", "zh": "同意"},
    "reject": {"en": "Reject", "zh": "拒绝"},
    "return": {"en": "Return", "zh": "退回"},
    "reassign": {"en": "Reassign", "zh": "转交"},
    "add_approver": {"en": "Add approver", "zh": "加签"},
    "ask": {"en": "Ask for information", "zh": "征询意见"},
    "hold": {"en": "Comment without deciding", "zh": "暂存意见"},
    "submit": {"en": "Submit", "zh": "提交"},
    "answer": {"en": "Answer", "zh": "回复"},
    "withdraw": {"en": "Withdraw", "zh": "撤回"},
}
#: Kinds of notifications, and whether somebody gets a mail of each unless he chose otherwise.
MAILED: Mapping[str, bool] = {
    "task": True,
    "copy": False,
    "urge": True,
    "decided": False,
    "returned": True,
    "ended": True,
    "due": True,
    "overdue": True,
    "asked": True,
    "answered": True,
    "delegated": True,
    "stuck": True,
    "message": True,
}

STARTED: Label = {"en": "Start", "zh": "发起"}


def status_label(workflow: WorkflowDefinition, status: str) -> Label:
    """A status in words; an own result is called as the end that gives it."""
    if status in STATUSES:
        return STATUSES[status]
    ends = (node for node in workflow.nodes.values() if node.type == "end")
    found = next((node.label for node in ends if node.settings.get("result") == status), None)
    return found or {"en": status, "zh": status}


def decision_label(node: NodeDefinition | None, decision: str) -> Label:
    """A decision in words: the node's own, or the usual ones."""
    offered = node.settings.get("decisions", {}).get(decision) if node is not None else None
    own = offered.get("label") if isinstance(offered, Mapping) else None
    return own or DECISIONS.get(decision) or {"en": decision, "zh": decision}


def step_label(
    workflow: WorkflowDefinition, event: str, node: str | None, detail: Mapping[str, Any]
) -> Label | None:
    """Where something happened, in words; of the end as what it ended. None for what has no place."""
    if event == "ended":
        return status_label(workflow, str(detail.get("status")))
    return node_label(workflow, node) if node is not None or event == "started" else None


def node_label(workflow: WorkflowDefinition, key: str | None) -> Label:
    """A node in words; where it is no longer there, its key."""
    if key is None or key == START:
        return STARTED
    found = workflow.nodes.get(key)
    return found.label if found is not None else {"en": key, "zh": key}

"""Sub-workflow: other workflows are started, and waited for or not."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import NAME
from joinery.workflows.value_settings import LIST


@NODE_TYPES.register
class SubWorkflow(NodeType):
    """Starts a workflow on this record, or one on each record of a related list."""

    name, icon, group = "sub_workflow", "sitemap", "way"
    label: ClassVar[Label] = {"en": "Sub-workflow", "zh": "子流程"}
    help: ClassVar[Label] = {"en": "Starts other workflows.", "zh": "启动其他流程。"}
    settings: ClassVar[Mapping[str, Any]] = {
        "workflow": {**NAME, "names": "workflow", "label": {"en": "Workflow", "zh": "流程"}},
        "list": LIST,
        "wait": {
            "type": "boolean",
            "default": True,
            "label": {"en": "Wait until they have ended", "zh": "等待子流程结束"},
        },
    }
    required_settings = ("workflow",)

"""Branch: one, some or all ways are gone."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, NodeDefinition
from joinery.kernel import Issue, pointer
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on, split
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import LABEL, NAME
from joinery.workflows.work import Work
from joinery.workflows.world import World

Json = Mapping[str, Any]


@NODE_TYPES.register
class Branch(NodeType):
    """`exclusive` goes the first way whose condition holds, `inclusive` each of them, `parallel` all ways.

    The way without a condition is gone when no other is.
    """

    name, icon, group = "branch", "arrows-split", "way"
    label: ClassVar[Label] = {"en": "Branch", "zh": "分支"}
    help: ClassVar[Label] = {
        "en": "Goes one, some or all of several ways.",
        "zh": "按条件走一条、几条或全部路径。",
    }
    leads = "settings"
    settings: ClassVar[Mapping[str, Any]] = {
        "kind": {
            "enum": ["exclusive", "inclusive", "parallel"],
            "label": {"en": "How many ways", "zh": "分支类型"},
        },
        "branches": {
            "type": "object",
            "propertyNames": {"$ref": "urn:joinery:schema:key"},
            "additionalProperties": {
                "type": "object",
                "properties": {
                    "label": LABEL,
                    "when": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 10000,
                        "expression": "condition",
                    },
                    "next": {**NAME, "names": "next"},
                },
                "required": ["label", "next"],
                "additionalProperties": False,
            },
            "minProperties": 2,
            "maxProperties": 30,
            "label": {"en": "Ways", "zh": "分支路径"},
        },
    }
    required_settings = ("kind", "branches")

    def splits(self, settings: Json) -> bool:
        return settings.get("kind") in ("inclusive", "parallel")

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        found = settings.get("branches")
        branches = (
            [(key, one) for key, one in found.items() if isinstance(one, dict)]
            if isinstance(found, dict)
            else []
        )
        kind = settings.get("kind")
        for place, (key, one) in enumerate(branches):
            at, last = pointer("branches", key), place == len(branches) - 1
            if kind == "parallel" and "when" in one:
                yield Issue(f"{at}/when", "definition_parallel_condition", {})
            elif kind in ("exclusive", "inclusive") and last and "when" in one:
                yield Issue(at, "definition_no_otherwise", {})
            elif kind in ("exclusive", "inclusive") and not last and "when" not in one:
                yield Issue(at, "definition_missing_property", {"name": "when"})

    def ways(self, node: NodeDefinition) -> tuple[str, ...]:
        return tuple(one["next"] for one in node.settings["branches"].values())

    def expected(self, node: NodeDefinition, world: World) -> tuple[str, ...]:
        return tuple(_chosen(node, world).values())

    def enter(self, work: Work, token: Token) -> None:
        node = work.node(token.node)
        chosen = _chosen(node, work.world)
        work.note("branched", token, branches=list(chosen))
        if self.splits(node.settings):
            split(work, token, tuple(chosen.values()))
        else:
            go_on(work, token, next(iter(chosen.values())))


def _chosen(node: NodeDefinition, world: World) -> dict[str, str]:
    """The ways that are gone now: their nodes by the branches' keys."""
    kind, branches = node.settings["kind"], node.settings["branches"]
    holding: dict[str, str] = {}
    for key, one in branches.items():
        # The one without a condition is for when no other holds; of a parallel branch none has one.
        otherwise = "when" not in one and not holding
        if kind == "parallel" or otherwise or ("when" in one and world.condition(one["when"])):
            holding[key] = one["next"]
            if kind == "exclusive":
                break
    return holding

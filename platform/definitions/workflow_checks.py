"""Whether a workflow can be gone through: its nodes lead somewhere, and people can be found and decide."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, permutations
from typing import Any

from joinery.definitions.names import AppNames
from joinery.definitions.node_shapes import Place, places_in_workflow
from joinery.definitions.reference_checks import CAPTION_KINDS
from joinery.definitions.shape import entries, part_of
from joinery.definitions.suggestions import nearest, shortened
from joinery.definitions.workflow_graph import WorkflowGraph, are_gone_together, goes_on_inside
from joinery.definitions.workflow_references import paths_of
from joinery.formulas import Type
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]

#: What each kind of start understands besides `on` and `when`.
_START_PROPERTIES = {
    "create": ("save", "allowed_to"),
    "change": ("fields", "save", "allowed_to"),
    "button": ("label", "roles", "allowed_to", "confirm"),
    "schedule": ("every", "days", "at", "date"),
    "automation": ("label",),
}
_START_SETTINGS = frozenset(name for own in _START_PROPERTIES.values() for name in own)

#: Values that lead to people.
PERSON_KINDS = frozenset({"user", "department", "organisation"})

#: Texts in which paths stand for words.
CAPTIONS = frozenset({"caption", "template"})

#: Words that stand for nodes in what a decision `return` offers.
RETURN_WORDS = frozenset({"start", "previous", "any"})


def workflow_issues(names: AppNames) -> Iterator[Issue]:
    """What is wrong with the workflows of an app beyond names that are unknown."""
    for key, body in entries(names.workflows):
        at = pointer("workflows", key)
        graph = WorkflowGraph(body, at, names.node_shapes)
        yield from _start_issues(at, body, names)
        yield from _state_issues(at, body)
        yield from _leading_issues(at, graph)
        yield from _node_issues(at, graph)
        for place in places_in_workflow(body, at, names.node_shapes):
            yield from _path_issues(place, str(body.get("form")), names)
            yield from _mention_issues(place, graph)
    yield from _sub_workflow_issues(names)


def _start_issues(at: str, body: Json, names: AppNames) -> Iterator[Issue]:
    starts = body.get("starts")
    for index, start in enumerate(starts if isinstance(starts, list) else ()):
        own = _START_PROPERTIES.get(str(start.get("on"))) if isinstance(start, dict) else None
        for name in start if own is not None else ():
            if name in _START_SETTINGS and name not in (own or ()):
                params = {"name": name, "kind": start["on"]}
                yield Issue(f"{at}/starts/{index}/{name}", "definition_not_for_start", params)
        if own is not None and start.get("on") == "schedule":
            yield from _schedule_issues(f"{at}/starts/{index}", start, str(body.get("form")), names)


def _schedule_issues(at: str, start: Json, form: str, names: AppNames) -> Iterator[Issue]:
    """A schedule that does not say when, or for which records."""
    if "at" not in start:
        yield Issue(at, "definition_missing_property", {"name": "at"})
    if "when" not in start and "date" not in start:
        yield Issue(at, "definition_schedule_for_all", {})
    days = start.get("days")
    allowed = {"week": range(1, 8), "month": (-1, *range(1, 32))}.get(str(start.get("every")), ())
    for index, day in enumerate(days if isinstance(days, list) else ()):
        if day not in allowed:
            yield Issue(f"{at}/days/{index}", "definition_no_such_day", {"day": day})
    field = part_of(start, "date").get("field")
    if isinstance(field, str) and form in names.forms:
        found = names.names(form).type_of((field,))
        if found is not None and found.kind not in ("date", "datetime", "blank"):
            yield Issue(f"{at}/date/field", "definition_no_date", {"name": field})


def _state_issues(at: str, body: Json) -> Iterator[Issue]:
    """Options for a state that is kept nowhere."""
    if "state" in body:
        return
    for key, node in entries(part_of(body, "nodes")):
        if "state" in node:
            yield Issue(at + pointer("nodes", key, "state"), "definition_no_state_field", {})


def _leading_issues(at: str, graph: WorkflowGraph) -> Iterator[Issue]:
    """Nodes that lead nowhere, in circles, or that no way leads to."""
    for key, node in graph.nodes.items():
        place, shape = at + pointer("nodes", key), graph.shape(key)
        if key in RETURN_WORDS:
            yield Issue(place, "definition_reserved_node", {"name": key})
        if shape and shape.leads == "next" and "next" not in node:
            yield Issue(place, "definition_node_without_next", {"name": key})
        if shape and shape.leads != "next" and "next" in node:
            yield Issue(f"{place}/next", "definition_node_with_next", {"type": shape.label})
    if circle := graph.circle():
        way = " → ".join(circle)
        closing = next(edge for edge in graph.edges if [edge.source, edge.to] == circle[-2:])
        yield Issue(closing.path, "definition_workflow_circle", {"way": shortened(way)})
        return
    reached = graph.reached_from(graph.first)
    for key in graph.nodes if graph.first in graph.nodes else ():
        if key not in reached:
            yield Issue(at + pointer("nodes", key), "definition_unreachable_node", {"name": key})
    yield from _split_issues(at, graph)


def _split_issues(at: str, graph: WorkflowGraph) -> Iterator[Issue]:
    """Joins that do not fit splits, and people who would be asked twice because branches meet without one."""
    found = graph.stacks()
    joined: dict[str, list[str]] = {}
    for key, stacks in found.items():
        shape, place = graph.shape(key), at + pointer("nodes", key)
        if shape and shape.joins:
            for split in sorted({stack[-1][0] for stack in stacks if stack}):
                joined.setdefault(split, []).append(key)
            if () in stacks:
                yield Issue(place, "definition_join_without_split", {"name": key})
            elif any(goes_on_inside(*two) for two in permutations(stacks, 2)):
                yield Issue(place, "definition_join_around_split", {"name": key})
        if shape and shape.asks and any(are_gone_together(*two) for two in combinations(sorted(stacks), 2)):
            yield Issue(place, "definition_branches_meet", {"name": key})
    for split, joins in joined.items():
        if len(joins) > 1:
            params = {"name": split, "joins": ", ".join(joins)}
            yield Issue(at + pointer("nodes", split), "definition_several_joins", params)


def _node_issues(at: str, graph: WorkflowGraph) -> Iterator[Issue]:
    for key, node in graph.nodes.items():
        if shape := graph.shape(key):
            for issue in shape.settings_issues(node):
                yield issue.under(at + pointer("nodes", key))


def _path_issues(place: Place, form: str, names: AppNames) -> Iterator[Issue]:
    """Paths that lead nowhere, or to what has no people or cannot be read."""
    if form not in names.forms:
        return
    for path in paths_of(place):
        found = names.names(form).type_of(path)
        if found is None:
            if len(path) > 1:  # a field of the form itself is reported where fields are
                known = names.names(form).known(path)
                params = {"name": shortened(".".join(path)), "suggestion": nearest(path[-1], list(known))}
                yield Issue(place.path, "definition_unknown_field", params)
        elif not _suits(place, found):
            code = "definition_cannot_caption" if place.names in CAPTIONS else "definition_no_people"
            yield Issue(place.path, code, {"name": ".".join(path)})


def _suits(place: Place, found: Type) -> bool:
    kind = found.item.kind if found.item else found.kind
    if kind == "blank":
        return True  # of a type that is unknown, which is reported
    return kind in (CAPTION_KINDS if place.names in CAPTIONS else PERSON_KINDS)


def _mention_issues(place: Place, graph: WorkflowGraph) -> Iterator[Issue]:
    """Nodes that are named where they cannot have been gone through yet, or where nobody decides."""
    if not place.node or place.names not in ("node", "return target"):
        return
    if place.names == "return target" and place.text in RETURN_WORDS:
        return
    if place.text not in graph.nodes:
        if place.names == "return target":
            params = {"name": shortened(place.text), "suggestion": nearest(place.text, graph.nodes)}
            yield Issue(place.path, "definition_unknown_node", params)
        return
    shape = graph.shape(place.text)
    if shape is None:
        return
    if not shape.asks:
        yield Issue(place.path, "definition_nobody_decides", {"name": place.text})
    elif place.text not in graph.before(place.node):
        yield Issue(place.path, "definition_node_not_before", {"name": place.text})


def _sub_workflow_issues(names: AppNames) -> Iterator[Issue]:
    """Workflows that would start each other without end, or on records of another form."""
    behind = {
        (one.target, one.key): one.form.partition(".")[0] for one in names.inverses if one.field[:1] != "$"
    }
    starts: dict[str, list[str]] = {}
    for key, body in entries(names.workflows):
        form = str(body.get("form"))
        for name, node in entries(part_of(body, "nodes")):
            other = node.get("workflow")
            if not isinstance(other, str) or other not in names.workflows:
                continue
            starts.setdefault(key, []).append(other)
            listed = node.get("list")
            wanted = behind.get((form, listed)) if isinstance(listed, str) else form
            if wanted and part_of(names.workflows, other).get("form") != wanted:
                at = pointer("workflows", key, "nodes", name, "workflow")
                yield Issue(at, "definition_other_form", {"name": other, "form": wanted})
    try:
        TopologicalSorter(starts).prepare()
    except CycleError as error:
        way = " → ".join(error.args[1])
        at = pointer("workflows", error.args[1][0])
        yield Issue(at, "definition_workflows_circle", {"way": shortened(way)})

"""Whether a conversion can be done at all: its targets are there, and relations point at the right forms."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from joinery.definitions.names import AppNames, InverseName
from joinery.definitions.references import match_fields
from joinery.definitions.relations import owner_key, targets_of
from joinery.definitions.shape import entries, part_of
from joinery.definitions.subforms import JOINT, line_form_key
from joinery.definitions.suggestions import nearest, shortened
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]


def conversion_issues(names: AppNames) -> Iterator[Issue]:
    """Links to targets there are not, relations that cannot hold them, targets that wait for each other."""
    lists = {(one.target, one.key): one for one in names.inverses if not one.field.startswith("$")}
    for form, body in entries(names.forms):
        for key, conversion in entries(part_of(body, "conversions")):
            at = pointer("forms", form, "conversions", key)
            targets = {name: part.get("form") for name, part in entries(part_of(conversion, "targets"))}
            yield from _link_issues(f"{at}/links", names, form, conversion.get("links"), targets)
            for name, target in entries(part_of(conversion, "targets")):
                path = at + pointer("targets", name)
                yield from _link_issues(
                    f"{path}/links", names, str(target.get("form")), target.get("links"), targets
                )
                yield from _match_issues(path, target)
            for name, links in entries(part_of(conversion, "move")):
                if listed := lists.get((form, name)):
                    yield from _move_issues(at + pointer("move", name), names, listed, links, targets)
            if _is_circle(conversion):
                yield Issue(f"{at}/targets", "definition_targets_circle", {})


def _link_issues(
    at: str, names: AppNames, form: str, links: Any, targets: Mapping[str, Any]
) -> Iterator[Issue]:
    for relation, target in links.items() if isinstance(links, dict) else ():
        path = at + pointer(relation)
        if target not in targets:
            params = {"name": shortened(target), "suggestion": nearest(str(target), targets)}
            yield Issue(path, "definition_unknown_target", params)
            continue
        subform, joint, inner = relation.partition(JOINT)
        field = names.fields(line_form_key(form, subform) if joint else form).get(inner or relation)
        if targets[target] not in names.forms or not isinstance(field, dict):
            continue  # the mention of the form or of the field is reported
        if targets[target] not in targets_of(field):
            yield Issue(path, "definition_link_form", {"name": relation, "target": target})


def _move_issues(
    at: str, names: AppNames, listed: InverseName, links: Any, targets: Mapping[str, Any]
) -> Iterator[Issue]:
    """What cannot be moved of the records of a related list; of one by lines those are around them."""
    around, _, subform = listed.form.partition(JOINT)
    yield from _link_issues(at, names, around, links, targets)
    own = f"{subform}{JOINT}{owner_key(listed.field)}"
    for relation in links if isinstance(links, dict) else ():
        if JOINT in relation and relation != own:
            yield Issue(at + pointer(relation), "definition_move_other_lines", {"name": relation})


def _match_issues(at: str, target: Json) -> Iterator[Issue]:
    """What is compared with stored records must get a value."""
    for index, name, _ in match_fields(target.get("match")):
        if name not in part_of(target, "values"):
            yield Issue(f"{at}/match/{index}", "definition_match_without_value", {"name": name})


def _is_circle(conversion: Json) -> bool:
    targets = dict(entries(part_of(conversion, "targets")))
    waits = {
        key: [name for name in part_of(target, "links").values() if name in targets]
        for key, target in targets.items()
    }
    try:
        TopologicalSorter(waits).prepare()
    except CycleError:
        return True
    return False

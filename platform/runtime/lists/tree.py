"""The records of a form as a tree, branch by branch, under the actor's row scope."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from joinery.directory import Actor
from joinery.forms import AGGREGATES, is_tree
from joinery.kernel import InvalidInput, Issues, pointer, to_json
from joinery.runtime.lists.listing import list_page, list_spec
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage.aggregate_runner import Measure
from joinery.storage.branches import read_nodes
from joinery.storage.query_runner import Branch

DEFAULT_LIMIT = 100

_OF_LISTS = ("filter", "search", "sort", "fields", "cursor")


def list_branch(
    unit: Unit, actor: Actor, app_key: str, form_key: str, query: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of the records below one, with their places in the tree by id.

    `query` names the `relation` that leads upwards and the `parent`, None for the top; with `found` it is all
    that filter and search find instead, and what is above that. `totals` are functions by field, over each
    record with all below it. Raises InvalidInput naming every problem, NotFound for a parent the actor may
    not see.
    """
    at = open_form(unit, actor, app_key, form_key)
    issues = Issues()
    relation = at.form.field(query["relation"]) if query["relation"] in at.access.queried else None
    if relation is None or not is_tree(at.form, relation):
        issues.add("/relation", "unknown_tree", field=query["relation"][:60])
    measures = _measures(at, query.get("totals") or {}, issues)
    asked = {name: query[name] for name in _OF_LISTS if query.get(name)}
    asked["limit"] = query.get("limit") or DEFAULT_LIMIT
    try:
        spec = list_spec(at, asked)
    except InvalidInput as refused:
        issues.extend(refused.issues)
        raise InvalidInput(issues=issues) from None
    if issues or relation is None:
        raise InvalidInput(issues=issues)
    parent = query.get("parent")
    if parent is not None:
        require_record(at, parent)
    branch = Branch(relation=relation.key, parent=parent, found=bool(query.get("found")))
    page = list_page(at, asked, branch=branch)
    ids = [record["id"] for record in page["records"]]
    spec = replace(spec, branch=branch)
    nodes = read_nodes(unit, at.table, ids, spec, measures, at.access.rows, at.evaluation)
    return {
        **page,
        "nodes": {
            str(record_id): {
                **asdict(node),
                "totals": {name: to_json(value) for name, value in node.totals.items()},
            }
            for record_id, node in nodes.items()
        },
    }


def _measures(at: OpenForm, totals: Mapping[str, str], issues: Issues) -> list[Measure]:
    found = []
    for key, name in totals.items():
        field = at.form.field(key) if key in at.access.queried else None
        if field is None or not AGGREGATES[name].accepts(field):
            issues.add(pointer("totals", key), "unknown_measure", fn=name, field=key[:60])
        else:
            found.append(Measure(name=key, fn=name, field=key))
    return found

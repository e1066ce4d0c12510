"""Formulas and defaults that depend on each other: circles, and what changes by itself as time passes."""

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from joinery.definitions.expressions import names_in
from joinery.definitions.references import title_fields
from joinery.definitions.shape import entries, part_of
from joinery.formulas import Checked
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]
#: What each of some fields reads.
_Graph = dict[str, Collection[str]]


def cycle_issues(document: Json) -> Iterator[Issue]:
    """Circles of formulas (through the title as well) and of defaults, each with its whole way round."""
    for form, body in entries(part_of(document, "forms")):
        at = pointer("forms", form)
        for cycle in _cycles(_readers(body, "formula")):
            named = [key for key in cycle if key != "title"]
            path = at + pointer("fields", named[0], "formula") if named else f"{at}/title"
            yield Issue(path, "definition_formula_cycle", {"cycle": " → ".join(cycle)})
        for cycle in _cycles(_readers(body, "default")):
            path = at + pointer("fields", cycle[0], "default")
            yield Issue(path, "definition_default_cycle", {"cycle": " → ".join(cycle)})


def volatile_issues(document: Json, checked: Mapping[str, Checked]) -> Iterator[Issue]:
    """Formulas that change with the day or the viewer, where that cannot be kept up.

    They are computed in the query, so they must have a form in SQL, and the stored title cannot hold them.
    """
    for form, body in entries(part_of(document, "forms")):
        at = pointer("forms", form)
        volatile = _volatile(at, body, checked)
        for key in sorted(volatile):
            path = at + pointer("fields", key, "formula")
            if path in checked and not checked[path].sql:
                yield Issue(path, "definition_volatile_not_in_queries", {"name": key})
        for key in title_fields(body.get("title", "")):
            if key in volatile:
                yield Issue(f"{at}/title", "definition_volatile_in_title", {"name": key})


def _readers(body: Json, name: str) -> _Graph:
    """What each field with the expression `name` reads; the title reads what its template names."""
    graph: _Graph = {
        key: [path[0] for path in sorted(names_in(field[name])) if len(path) == 1]
        for key, field in entries(part_of(body, "fields"))
        if isinstance(field.get(name), str)
    }
    if name == "formula":
        graph["title"] = list(title_fields(body.get("title", "")))
    return graph


def _cycles(graph: _Graph) -> Iterator[list[str]]:
    """Circles that share no field, each as the keys along it, the first again at the end."""
    left = dict(graph)
    while True:
        inner = {key: [read for read in reads if read in left] for key, reads in left.items()}
        try:
            TopologicalSorter(inner).prepare()
        except CycleError as error:
            # graphlib lists a circle from what is read to what reads it.
            cycle = _from_first(list(reversed(error.args[1]))[:-1], list(graph))
            yield cycle
            left = {key: reads for key, reads in left.items() if key not in cycle}
        else:
            return


def _from_first(cycle: list[str], order: list[str]) -> list[str]:
    """The circle started at the field that comes first in the document."""
    start = cycle.index(min(cycle, key=order.index))
    turned = cycle[start:] + cycle[:start]
    return [*turned, turned[0]]


def _volatile(at: str, body: Json, checked: Mapping[str, Checked]) -> set[str]:
    """The formula fields that depend on the day or the viewer, directly or through others."""
    formulas = {
        key: checked[path]
        for key in part_of(body, "fields")
        if (path := at + pointer("fields", key, "formula")) in checked
    }
    found = {key for key, formula in formulas.items() if formula.volatile}
    while True:
        reached = {
            key
            for key, formula in formulas.items()
            if key not in found and any(path[0] in found for path in formula.paths)
        }
        if not reached:
            return found
        found |= reached

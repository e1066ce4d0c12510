"""Formulas and defaults that depend on each other: circles, and what changes by itself as time passes."""

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from joinery.definitions.expressions import names_in
from joinery.definitions.names import AppNames
from joinery.definitions.references import title_fields
from joinery.definitions.shape import entries, part_of
from joinery.formulas import Checked, Path
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]
#: A field of a form; "title" stands for the form's title.
Place = tuple[str, str]
#: What each of some fields reads.
_Graph = dict[Place, Collection[Place]]


def cycle_issues(document: Json, names: AppNames) -> Iterator[Issue]:
    """Circles of formulas (through titles and other forms as well) and of defaults, each with its whole way
    round.
    """
    for cycle in _cycles(_readers(document, names, "formula")):
        form, key = next((place for place in cycle if place[1] != "title"), cycle[0])
        path = pointer("forms", form) + ("/title" if key == "title" else pointer("fields", key, "formula"))
        yield Issue(path, "definition_formula_cycle", {"cycle": _shown(cycle)})
    for cycle in _cycles(_readers(document, names, "default")):
        form, key = cycle[0]
        path = pointer("forms", form, "fields", key, "default")
        yield Issue(path, "definition_default_cycle", {"cycle": _shown(cycle)})


def volatile_issues(document: Json, names: AppNames, checked: Mapping[str, Checked]) -> Iterator[Issue]:
    """Formulas that change with the day or the viewer, where that cannot be kept up.

    They are computed in the query, so they must have a form in SQL, and the stored title cannot hold them.
    """
    volatile = _volatile(document, names, checked)
    for form, key in sorted(volatile):
        path = pointer("forms", form, "fields", key, "formula")
        if not checked[path].sql:
            yield Issue(path, "definition_volatile_not_in_queries", {"name": key})
    for form, body in entries(part_of(document, "forms")):
        for key in title_fields(body.get("title", "")):
            if (form, key) in volatile:
                path = pointer("forms", form) + "/title"
                yield Issue(path, "definition_volatile_in_title", {"name": key})


def random_issues(checked: Mapping[str, Checked]) -> Iterator[Issue]:
    """What is different every time it is computed has a place only in the default of a field."""
    for path, expression in checked.items():
        if "random" in expression.volatile and not path.endswith("/default"):
            yield Issue(path, "definition_random_outside_default")


def _shown(cycle: list[Place]) -> str:
    """A circle in words; the form is named where there are several."""
    several = len({form for form, _ in cycle}) > 1
    return " → ".join(f"{form}.{key}" if several else key for form, key in cycle)


def _readers(document: Json, names: AppNames, name: str) -> _Graph:
    """What each field with the expression `name` reads; the title reads what its template names."""
    graph: _Graph = {}
    for form, body in entries(part_of(document, "forms")):
        for key, field in entries(part_of(body, "fields")):
            if isinstance(text := field.get(name), str):
                read = {one for path in names_in(text) for one in names.names(form).spread(path)}
                graph[form, key] = [_end_of(names, form, path) for path in sorted(read)]
        if name == "formula":
            graph[form, "title"] = [(form, key) for key in title_fields(body.get("title", ""))]
    if name == "default":
        # A default of another form is nothing that the value over there depends on.
        return {place: [one for one in read if one[0] == place[0]] for place, read in graph.items()}
    return graph


def _end_of(names: AppNames, form: str, path: Path) -> Place:
    """The form and the field that a path ends in."""
    links = names.names(form).links_along(path)
    return (links[-1].form if links else form), path[-1]


def _cycles(graph: _Graph) -> Iterator[list[Place]]:
    """Circles that share no field, each as the fields along it, the first again at the end."""
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


def _from_first(cycle: list[Place], order: list[Place]) -> list[Place]:
    """The circle started at the field that comes first in the document."""
    start = cycle.index(min(cycle, key=order.index))
    turned = cycle[start:] + cycle[:start]
    return [*turned, turned[0]]


def _volatile(document: Json, names: AppNames, checked: Mapping[str, Checked]) -> set[Place]:
    """The formula fields that depend on the day or the viewer, directly or through others."""
    formulas = {
        (form, key): checked[path]
        for form, body in entries(part_of(document, "forms"))
        for key in part_of(body, "fields")
        if (path := pointer("forms", form, "fields", key, "formula")) in checked
    }
    readers: dict[Place, list[Place]] = {}
    for place, formula in formulas.items():
        for read in formula.paths:
            readers.setdefault(_end_of(names, place[0], read), []).append(place)
    waiting = [place for place, formula in formulas.items() if formula.volatile]
    found: set[Place] = set()
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(readers.get(place, ()))
    return found

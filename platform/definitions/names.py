"""What the names in an app's expressions stand for, read from the document itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.relations import branches_of, ends_of, links_of
from joinery.definitions.shape import entries, part_of, settings_of
from joinery.definitions.subforms import JOINT, SUBFORM, line_form_key, subforms_of
from joinery.definitions.suggestions import MAX_KNOWN
from joinery.formulas import (
    BLANK,
    DATETIME,
    NUMBER,
    TEXT,
    THIS_RECORD,
    USER,
    FormNames,
    Names,
    NamesWithOld,
    Path,
    RelationNames,
    Spreading,
    Type,
    record_of,
)
from joinery.kernel import pointer

Json = Mapping[str, Any]

#: Types of the fields that every record has.
SYSTEM_TYPES: Mapping[str, Type] = {
    "id": NUMBER,
    "revision": NUMBER,
    "title": TEXT,
    "owner": USER,
    "created_at": DATETIME,
    "created_by": USER,
    "updated_at": DATETIME,
    "updated_by": USER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InverseName:
    """`field` of `form` is a relation that shows under `key` on the form `target`, as is said at `path`."""

    target: str
    key: str
    form: str
    field: str
    path: str


def inverses_in(forms: Json) -> Iterator[InverseName]:
    """The other ends of all relations between these forms."""
    for form, body in entries(forms):
        fields = part_of(body, "fields")
        for end in ends_of(fields):
            if end.inverse:
                own = part_of(part_of(fields[end.field], "inverse"), "keys")
                place = ("keys", end.form) if end.key != end.field and end.form in own else ("key",)
                path = pointer("forms", form, "fields", end.field, "inverse", *place)
                yield InverseName(target=end.form, key=end.inverse, form=form, field=end.field, path=path)


def forms_behind(forms: Json) -> Mapping[tuple[str, str], str]:
    """The form at the other end of each relation, by the form and the key under which it shows there.

    Of a relation in lines it is that of the records around them.
    """
    return {
        (one.target, one.key): one.form.partition(JOINT)[0]
        for one in inverses_in(forms)
        if not one.field.startswith("$")
    }


class AppNames:
    """The forms and fields of one document with their types."""

    def __init__(self, document: Json, catalogue: Catalogue) -> None:
        self.forms = part_of(document, "forms")
        self.roles = part_of(document, "roles")
        self.workflows = part_of(document, "workflows")
        self.node_shapes = catalogue.node_shapes()
        self._catalogue = catalogue
        self._type_names = frozenset(catalogue.names())
        self._types: dict[str, dict[str, Type | None]] = {}
        self._names: dict[str, FormNames] = {}

    def fields(self, form: str) -> Json:
        """The fields of a form by key; none when there is no such form."""
        return part_of(self.forms.get(form), "fields")

    def views(self, form: str) -> Json:
        """The views of a form by key."""
        return part_of(self.forms.get(form), "views")

    def field_type(self, form: str, key: str) -> str | None:
        """The name of a field's type, None when it is unknown or malformed."""
        name = part_of(self.fields(form), key).get("type")
        return name if name in self._type_names else None

    def options(self, form: str, key: str) -> Json | None:
        """The options of a choice by key; None for another field."""
        body = part_of(self.fields(form), key)
        return part_of(body, "options") if "options" in body else None

    def types(self, form: str) -> Mapping[str, Type | None]:
        """The type of every field and system field of a form; None: cannot be used in expressions."""
        if form not in self._types:
            own = {key: self._own_type(form, key) for key in self.fields(form)}
            self._types[form] = {**own, **SYSTEM_TYPES}
        return self._types[form]

    def names(self, form: str) -> FormNames:
        """What expressions over records of a form may use, behind its relations too."""
        if not self._names:
            # All at once: each form's names lead to those of the others.
            self._names.update({key: self._make_names(key) for key in self.forms})
        return self._names.get(form) or FormNames(self.types(form))

    def _make_names(self, form: str) -> FormNames:
        # What exists but cannot be used is reported by itself, not as unknown.
        subforms = {key for key, _ in subforms_of(self.fields(form))}
        types = {key: found or BLANK for key, found in self.types(form).items() if key not in subforms}
        fields = {key: self.fields(key) for key in self.forms}
        found = links_of(form, fields)
        links = {key: link for key, link in found.items() if not link.inverse or key not in types}
        types |= {end.key: record_of(end.form) for end in ends_of(fields[form]) if end.key != end.field}
        types |= {key: record_of(link.form) for key, link in links.items() if link.inverse and not link.many}
        return FormNames(types, links, self._names, branches_of(fields[form], self.forms))

    @cached_property
    def inverses(self) -> tuple[InverseName, ...]:
        """Every relation that has an inverse."""
        return tuple(inverses_in(self.forms))

    def _own_type(self, form: str, key: str) -> Type | None:
        name = self.field_type(form, key)
        if name == SUBFORM:
            return record_of(line_form_key(form, key))
        if name is None:
            return BLANK  # its own problem is reported; expressions that use it are not blamed
        settings = settings_of(self.fields(form)[key])
        needed = self._catalogue.settings_schema(name).get("required", ())
        return self._catalogue.formula_type(name, settings) if settings.keys() >= set(needed) else BLANK


class ExpressionNames:
    """The names one expression may use: those of its form, and behind `$form` those of the record in hand."""

    def __init__(self, app: AppNames, form: str, record: str | None = None, *, change: bool = False) -> None:
        own = app.names(form)
        self._app, self._form, self._record = app, form, record
        self._names: Names = NamesWithOld(own) if change else own
        if record:
            self._names = RelationNames(own, app.names(record))

    def type_of(self, path: Path) -> Type | None:
        """The type of a path; None when there is nothing of that name."""
        return self._names.type_of(path)

    def spread(self, path: Path) -> tuple[Path, ...]:
        """The paths that one through relations to one of several forms stands for."""
        return self._names.spread(path) if isinstance(self._names, Spreading) else (path,)

    def source_of(self, path: Path) -> Path:
        """The beginning of the path up to its last relation to many."""
        return self._names.source_of(path)

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        known = [key for key in self._names.known(path) if self._names.type_of((*path[:-1], key)) != BLANK]
        return known if len(known) <= MAX_KNOWN else ()

    def options_of(self, path: Path) -> Json | None:
        """The options of the choice that a path leads to; None when it leads to something else."""
        of_record = path[0] == THIS_RECORD
        form, rest = (self._record, path[1:]) if of_record else (self._form, path)
        links = self._app.names(form).links_along(rest) if form and rest else ()
        end = links[-1].form if links else form
        return self._app.options(end, rest[-1]) if end and rest else None

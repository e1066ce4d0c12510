"""People, departments and external organisations as values: found by id, name or e-mail, shown by name."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from joinery.directory import Department, Directory, ExternalOrganisation, User
from joinery.forms.field_type import ParseContext, ValueProblem
from joinery.forms.identities import read_id, read_numbered
from joinery.kernel import closest

if TYPE_CHECKING:
    from joinery.forms.form import Field

#: Suggestions compare with every name, which is too slow in a directory larger than this.
MAXIMUM_SUGGESTED_FROM = 1000

_WITH_ADDRESS = re.compile(r"[^<>]*<([^<>]+)>")


#: The setting of fields for people that lets one choose people of external organisations too.
EXTERNAL: Mapping[str, Any] = {
    "external": {
        "type": "boolean",
        "default": False,
        "label": {"en": "People of external organisations too", "zh": "也可选外部组织的成员"},
    }
}


def read_user(raw: Any, field: "Field", context: ParseContext) -> int:
    """The id of an active user given by id, {"id": ...}, e-mail address or name. Raises ValueProblem.

    People of external organisations are for fields whose setting `external` says so.
    """
    user_id = read_id(raw)
    if user_id is not None:
        user = context.directory.user(user_id)
    elif isinstance(raw, str):
        user = _named_user(raw, context.directory)
    else:
        raise ValueProblem("value_not_user")
    if user is None:
        if user_id is not None and context.accept_inactive:
            return user_id
        raise _unknown_user(raw, context.directory)
    if not user.active and not context.accept_inactive:
        raise ValueProblem("value_inactive_user", name=user.name)
    if (
        user.organisation_id is not None
        and not field.settings.get("external")
        and not context.accept_inactive
    ):
        raise ValueProblem("value_external_user", name=user.name)
    return user.id


def _named_user(text: str, directory: Directory) -> User | None:
    text = text.strip()
    if found := directory.find_user(text):
        return found
    if match := _WITH_ADDRESS.fullmatch(text):
        return directory.find_user(match[1])
    numbered = read_numbered(text)
    return directory.user(numbered) if numbered else None


def _unknown_user(raw: Any, directory: Directory) -> ValueProblem:
    if not isinstance(raw, str):
        return ValueProblem("value_unknown_user", value=f"#{read_id(raw)}")
    wanted = raw.strip()[:100]
    names = directory.user_names().values()
    if sum(name.casefold() == wanted.casefold() for name in names) > 1:
        return ValueProblem("value_several_users", value=wanted)
    return ValueProblem("value_unknown_user", value=wanted, suggestion=_nearest(wanted, names))


def _nearest(wanted: str, names: Collection[str]) -> str | None:
    """The name that was probably meant; not looked for among thousands, for every row of an import."""
    return closest(wanted, names) if len(names) <= MAXIMUM_SUGGESTED_FROM else None


def show_user(user_id: int, directory: Directory) -> dict[str, Any]:
    """The user as JSON; somebody who no longer exists has no name."""
    user = directory.user(user_id)
    return {"id": user_id, "name": user.name if user else None}


def user_text(user_id: int, directory: Directory) -> str:
    """The user's name, or the e-mail address where several people have that name."""
    user = directory.user(user_id)
    if user is None:
        return f"#{user_id}"
    if directory.find_user(user.name) == user:
        return user.name
    return user.email if user.email and directory.find_user(user.email) == user else f"#{user_id}"


def read_department(raw: Any, context: ParseContext) -> int:
    """The id of a department that is not closed, by id, {"id": ...}, name or path. Raises ValueProblem."""
    directory = context.directory
    return _read_place(
        raw,
        context,
        "department",
        "value_closed_department",
        directory.department,
        directory.find_department,
        directory.departments,
    )


def show_department(department_id: int, directory: Directory) -> dict[str, Any]:
    """The department as JSON; one that no longer exists has no name."""
    department = directory.department(department_id)
    return {"id": department_id, "name": department.name if department else None}


def department_text(department_id: int, directory: Directory) -> str:
    """The department's name; where several have it its path, or else its number."""
    department = directory.department(department_id)
    if department is not None:
        path = " / ".join(directory.tree.name_path(department_id))
        for text in (department.name, path):
            if directory.find_department(text) == department:
                return text
    return f"#{department_id}"


def read_organisation(raw: Any, context: ParseContext) -> int:
    """The id of an external organisation that is on, by id, {"id": ...} or name. Raises ValueProblem."""
    directory = context.directory
    return _read_place(
        raw,
        context,
        "organisation",
        "value_inactive_organisation",
        directory.organisation,
        directory.find_organisation,
        directory.organisations,
    )


def _read_place(
    raw: Any,
    context: ParseContext,
    kind: str,
    closed: str,
    by_id: Callable[[int], Department | ExternalOrganisation | None],
    by_name: Callable[[str], Department | ExternalOrganisation | None],
    every: Iterable[Department | ExternalOrganisation],
) -> int:
    """The id of a department or an organisation, by id, {"id": ...} or words. Raises ValueProblem."""
    place_id = read_id(raw)
    if place_id is None and not isinstance(raw, str):
        raise ValueProblem(f"value_not_{kind}")
    if place_id is not None:
        found = by_id(place_id)
    else:
        text = raw.strip()
        numbered = read_numbered(text)
        found = by_name(text) or (by_id(numbered) if numbered else None)
    if found is None:
        if place_id is not None and context.accept_inactive:
            return place_id
        wanted = raw.strip()[:100] if isinstance(raw, str) else f"#{place_id}"
        names = [known.name for known in every if known.active]
        raise ValueProblem(f"value_unknown_{kind}", value=wanted, suggestion=_nearest(wanted, names))
    if not found.active and not context.accept_inactive:
        raise ValueProblem(closed, name=found.name)
    return found.id


def show_organisation(organisation_id: int, directory: Directory) -> dict[str, Any]:
    """The external organisation as JSON; one that no longer exists has no name."""
    found = directory.organisation(organisation_id)
    return {"id": organisation_id, "name": found.name if found else None}


def organisation_text(organisation_id: int, directory: Directory) -> str:
    """The organisation's name; its number where several have that name."""
    found = directory.organisation(organisation_id)
    if found is not None and directory.find_organisation(found.name) == found:
        return found.name
    return f"#{organisation_id}"

"""Whom and what the cells of a file name."""

import re
from collections.abc import Iterable, Mapping

from joinery.directory import Directory, User
from joinery.kernel import Issues, closest
from joinery.runtime.importing.mapping import normalise

_WITH_ADDRESS = re.compile(r"[^<>]*<([^<>]+)>")
#: Names are not compared with each other in a directory larger than this.
_MOST_COMPARED = 1000


def find_person(known: Directory, text: str, path: str, issues: Issues) -> User | None:
    """The active person with this address or name; what is wrong is noted at `path`."""
    match = _WITH_ADDRESS.fullmatch(text)
    user = known.find_user(text) or (known.find_user(match[1]) if match else None)
    if user is None or user.organisation_id is not None:
        namesakes = [one for one in known.own_people if one.name.casefold() == text.casefold()]
        code = "organisation_several_people" if len(namesakes) > 1 else "organisation_unknown_person"
        hint = nearest(text, (one.name for one in known.own_people))
        issues.add(path, code, value=text[:100], suggestion=hint)
        return None
    if not user.active:
        issues.add(path, "organisation_person_left", name=user.name)
        return None
    return user


def find_department(known: Directory, text: str, path: str, issues: Issues) -> int | None:
    """The open department with this name or path; what is wrong is noted at `path`."""
    department = known.find_department(text)
    if department is None or not department.active:
        hint = nearest(text, (one.name for one in known.departments if one.active))
        issues.add(path, "organisation_unknown_department", value=text[:100], suggestion=hint)
        return None
    return department.id


def find_role(roles: Mapping[str, Mapping[str, str]], text: str, path: str, issues: Issues) -> str | None:
    """The role with this key, or this label in one of the languages; what is wrong is noted at `path`."""
    wanted = normalise(text)
    for key, label in roles.items():
        if wanted in {normalise(key), *map(normalise, label.values())}:
            return key
    hint = nearest(text, (name for label in roles.values() for name in label.values()))
    issues.add(path, "organisation_unknown_role", value=text[:100], suggestion=hint)
    return None


def nearest(text: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant."""
    known = list(names)
    return closest(text[:100], known) if len(known) <= _MOST_COMPARED else None

"""What an app says about the page of one record besides its fields: related lists in it, and action buttons.

The JSON of both becomes frozen values here, as that of the rest does in `codec`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]

#: How a related list may be drawn, and how its numbers may be added up.
DISPLAYS = ("table", "cards")
SUMMARIES = ("sum", "average", "min", "max")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedList:
    """The records at the other end of a relation, placed in the layout.

    `key` is that of the inverse; all other names are fields of the form at the other end. `summary` says for
    number fields how they are added up over the whole list.
    """

    key: str
    label: Mapping[str, str] | None = None
    display: str = "table"
    columns: tuple[str, ...] = ()
    filter: str | None = None
    sort: str | None = None
    limit: int | None = None
    summary: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDefinition:
    """A button on the page of a record.

    `kind` "set" gives fields of the record new values, "create" makes a record of the form at the other end
    of `list` or of `form`, "convert" begins the `conversion` of this key. `condition` says on which records
    the button stands, `roles` for whom (() for everybody who may do what it does). `values` are expressions
    over the record by field; `ask` are fields that the person fills in first.
    """

    key: str
    label: Mapping[str, str]
    kind: str
    icon: str | None = None
    primary: bool = False
    condition: str | None = None
    roles: tuple[str, ...] = ()
    confirm: Mapping[str, str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    list: str | None = None
    form: str | None = None
    conversion: str | None = None


def load_list(item: Json) -> RelatedList:
    """A list of a layout."""
    return RelatedList(
        key=item["list"],
        label=item.get("label"),
        display=item.get("display", "table"),
        columns=tuple(item.get("columns", ())),
        filter=item.get("filter"),
        sort=item.get("sort"),
        limit=item.get("limit"),
        summary=dict(item.get("summary", {})),
    )


def dump_list(item: RelatedList) -> dict[str, Any]:
    """The JSON of a list, without what is the default anyway."""
    return _told(
        list=item.key,
        label=item.label,
        display=None if item.display == "table" else item.display,
        columns=list(item.columns),
        filter=item.filter,
        sort=item.sort,
        limit=item.limit,
        summary=dict(item.summary),
    )


def load_action(key: str, body: Json) -> ActionDefinition:
    """An action button."""
    return ActionDefinition(
        key=key,
        label=body["label"],
        kind=body["kind"],
        icon=body.get("icon"),
        primary=body.get("primary", False),
        condition=body.get("condition"),
        roles=tuple(body.get("roles", ())),
        confirm=body.get("confirm"),
        values=dict(body.get("values", {})),
        ask=tuple(body.get("ask", ())),
        list=body.get("list"),
        form=body.get("form"),
        conversion=body.get("conversion"),
    )


def dump_action(action: ActionDefinition) -> dict[str, Any]:
    """The JSON of an action button, without what is the default anyway."""
    return _told(
        label=action.label,
        kind=action.kind,
        icon=action.icon,
        primary=action.primary,
        condition=action.condition,
        roles=list(action.roles),
        confirm=action.confirm,
        values=dict(action.values),
        ask=list(action.ask),
        list=action.list,
        form=action.form,
        conversion=action.conversion,
    )


def _told(**properties: Any) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, False, {}, [], "")}

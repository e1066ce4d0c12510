"""What an app says about making other records out of one; the JSON becomes frozen values here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joinery.definitions.matching import MatchField, dump_match, load_match

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDefinition:
    """One record that a conversion makes.

    `values` are expressions over the converted record by field, `links` maps relations of the new record to
    the keys of other targets; by any of `match` a record is found that is there already.
    """

    key: str
    form: str
    label: Mapping[str, str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    match: tuple[MatchField, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionDefinition:
    """How a record becomes others.

    `require` has the fields that must be filled in with what to say when they are not, `set` expressions for
    own fields, `links` own relations with the keys of targets, `move` by related list the relations there
    that get a target.
    """

    key: str
    label: Mapping[str, str]
    icon: str | None = None
    when: str | None = None
    require: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    targets: Mapping[str, TargetDefinition] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    move: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load_conversion(key: str, body: Json) -> ConversionDefinition:
    """A conversion of this key from its JSON."""
    return ConversionDefinition(
        key=key,
        label=body["label"],
        icon=body.get("icon"),
        when=body.get("when"),
        require=body.get("require", {}),
        targets={name: _load_target(name, part) for name, part in body["targets"].items()},
        set=body.get("set", {}),
        links=body.get("links", {}),
        move=body.get("move", {}),
    )


def dump_conversion(conversion: ConversionDefinition) -> dict[str, Any]:
    """The JSON of a conversion, without what is the default anyway."""
    body = {
        "label": conversion.label,
        "icon": conversion.icon,
        "when": conversion.when,
        "require": dict(conversion.require),
        "targets": {key: _dump_target(target) for key, target in conversion.targets.items()},
        "set": dict(conversion.set),
        "links": dict(conversion.links),
        "move": {key: dict(links) for key, links in conversion.move.items()},
    }
    return {name: value for name, value in body.items() if value}


def _load_target(key: str, body: Json) -> TargetDefinition:
    return TargetDefinition(
        key=key,
        form=body["form"],
        label=body.get("label"),
        values=body.get("values", {}),
        links=body.get("links", {}),
        match=load_match(body.get("match", ())),
        optional=body.get("optional", False),
    )


def _dump_target(target: TargetDefinition) -> dict[str, Any]:
    body = {
        "form": target.form,
        "label": target.label,
        "values": dict(target.values),
        "links": dict(target.links),
        "match": dump_match(target.match),
        "optional": target.optional,
    }
    return {name: value for name, value in body.items() if value}

"""The settings of nodes at which people are asked: whom, how several of them decide, what they may do."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]

NAME: Json = {"type": "string", "maxLength": 60}
#: Fields of the form, and as "lines.price" of the lines of a subform.
FIELDS: Json = {
    "type": "array",
    "items": {"type": "string", "maxLength": 121, "names": "field or column"},
    "maxItems": 300,
}
#: Whether fields that are not named, added later too, are as the form lets somebody see them, or hidden; when
#: missing they are hidden where `visible` names some.
OTHERS: Json = {"enum": ["own", "hidden"]}
LABEL: Json = {"$ref": "urn:joinery:schema:label"}
DURATION: Json = {"$ref": "urn:joinery:schema:duration"}
RULES: Json = {
    "type": "array",
    "items": {"$ref": "urn:joinery:schema:assignee"},
    "minItems": 1,
    "maxItems": 20,
}
USERS: Json = {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1, "maxItems": 100}
#: Where a deadline sends something back to.
BACK: Json = {**NAME, "names": "return target"}
#: How a decision is offered; false: not at all.
OFFERED: Json = {"anyOf": [{"const": False}, {"$ref": "urn:joinery:schema:decision"}]}

#: Decisions that may be signed: those that end the task of who decides.
SIGNED = ("approve", "reject", "return", "submit")

ASSIGNEES: Json = {**RULES, "label": {"en": "Who", "zh": "负责人"}}
PEOPLE: Mapping[str, Any] = {
    "assignees": ASSIGNEES,
    "nobody": {
        "type": "object",
        "properties": {"then": {"enum": ["administrator", "skip", "users", "stop"]}, "users": USERS},
        "required": ["then"],
        "additionalProperties": False,
        "label": {"en": "When nobody is found", "zh": "找不到负责人时"},
    },
    "fields": {
        "type": "object",
        "properties": {
            **dict.fromkeys(("editable", "required", "hidden", "visible"), FIELDS),
            "others": OTHERS,
        },
        "additionalProperties": False,
        "label": {"en": "Fields", "zh": "字段权限"},
    },
    "validations": {
        "type": "object",
        "propertyNames": {"type": "string", "minLength": 1, "maxLength": 10000, "expression": "condition"},
        "additionalProperties": LABEL,
        "maxProperties": 50,
        "label": {"en": "Must hold before going on", "zh": "提交校验"},
    },
    "texts": {
        "type": "object",
        "properties": {"intro": LABEL},
        "additionalProperties": False,
        "label": {"en": "Texts", "zh": "说明文字"},
    },
    "due": {
        "type": "object",
        "properties": {
            "after": DURATION,
            "until": {"type": "string", "minLength": 1, "maxLength": 10000, "expression": "moment"},
            "remind": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"before": DURATION, "after": DURATION},
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": False,
                },
                "maxItems": 10,
            },
            "then": {"enum": ["nothing", "approve", "reject", "return", "escalate"]},
            "to": RULES,
            "back": BACK,
            "later": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "after": DURATION,
                        "then": {"enum": ["remind", "approve", "reject", "return", "escalate"]},
                        "to": RULES,
                        "back": BACK,
                    },
                    "required": ["after", "then"],
                    "additionalProperties": False,
                },
                "minItems": 1,
                "maxItems": 5,
            },
        },
        "additionalProperties": False,
        "label": {"en": "Deadline", "zh": "处理时限"},
    },
    "print": {
        "type": "boolean",
        "label": {
            "en": "May be printed; as the form lets people, when missing",
            "zh": "允许打印（未设置时以表单权限为准）",
        },
    },
    "batch": {
        "type": "boolean",
        "default": True,
        "label": {"en": "May be decided with others at once", "zh": "允许批量处理"},
    },
}

#: Decisions that name somebody.
NAMING = ("reassign", "add_approver", "ask")

#: What each kind of assignee rule needs and may have besides.
_RULES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "users": (("users",), ()),
    "role": (("role",), ()),
    "role_in_department": (("role",), ("of",)),
    "department_head": ((), ("of", "level")),
    "initiator": ((), ()),
    "manager": ((), ("of", "level")),
    "manager_chain": (("up_to",), ("of",)),
    "field": (("field",), ()),
    "decider_of": (("node",), ()),
    "collaborators": ((), ("field", "part")),
    "organisation": (("field",), ()),
    "expression": (("expression",), ()),
}

_KNOWN = frozenset(name for needed, allowed in _RULES.values() for name in (*needed, *allowed))


def people_issues(settings: Json) -> Iterator[Issue]:
    """Rules, deadlines and decisions that lack what they need, or say what they do not understand."""
    yield from rule_issues("/assignees", settings.get("assignees"))
    nobody = _part(settings, "nobody")
    if nobody.get("then") == "users" and not nobody.get("users"):
        yield Issue("/nobody", "definition_missing_property", {"name": "users"})
    if isinstance(due := settings.get("due"), Mapping):
        yield from _due_issues(due)
    yield from _signature_issues(settings)
    for key in _part(settings, "decisions"):
        among = _part(_part(settings, "decisions"), key).get("among")
        at = "/decisions" + pointer(key) + "/among"
        if among is not None and key not in NAMING:
            yield Issue(at, "definition_names_nobody", {"names": ", ".join(NAMING)})
        yield from rule_issues(at, among)


def _due_issues(due: Json) -> Iterator[Issue]:
    """A deadline that is no moment, and steps that say too little or too much."""
    if ("after" in due) == ("until" in due):
        yield Issue("/due", "definition_one_of", {"names": "after, until"})
    later = due.get("later")
    steps = [("/due", due)]
    for index, step in enumerate(later if isinstance(later, list) else ()):
        if isinstance(step, Mapping):
            steps.append((f"/due/later/{index}", step))
    for at, step in steps:
        if step.get("then") == "escalate" and not step.get("to"):
            yield Issue(at, "definition_missing_property", {"name": "to"})
        if "back" in step and step.get("then") != "return":
            yield Issue(f"{at}/back", "definition_only_for_return", {})
        yield from rule_issues(f"{at}/to", step.get("to"))


def _signature_issues(settings: Json) -> Iterator[Issue]:
    for key in _part(settings, "decisions"):
        asked = _part(_part(settings, "decisions"), key).get("signature", "no")
        if asked != "no" and key not in SIGNED:
            place = "/decisions" + pointer(key) + "/signature"
            yield Issue(place, "definition_not_signed", {"names": ", ".join(SIGNED)})


def rule_issues(at: str, rules: Any) -> Iterator[Issue]:
    """What is missing or too much in assignee rules."""
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        kind = rule.get("by") if isinstance(rule, dict) else None
        if not isinstance(kind, str) or kind not in _RULES:
            continue
        needed, allowed = _RULES[kind]
        for name in needed:
            if name not in rule:
                yield Issue(f"{at}/{index}", "definition_missing_property", {"name": name})
        for name in rule:
            if name != "by" and name not in (*needed, *allowed) and name in _KNOWN:
                yield Issue(
                    f"{at}/{index}" + pointer(name), "definition_not_for_rule", {"name": name, "kind": kind}
                )
        if kind == "manager_chain" and len(_part(rule, "up_to")) != 1:
            yield Issue(f"{at}/{index}/up_to", "definition_one_of", {"names": "level, role"})


def _part(value: Any, name: str) -> Json:
    part = value.get(name) if isinstance(value, Mapping) else None
    return part if isinstance(part, Mapping) else {}

"""Relation to one of several forms: a follow-up belongs to a lead, or an account, or an opportunity."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import BY_FORM, Label
from joinery.forms.field_type import (
    FIELD_TYPES,
    FieldType,
    ParseContext,
    ShowContext,
    ValueProblem,
    cell_text,
)
from joinery.forms.field_types.relation import CHOICE_COLUMNS, CHOICE_SORT, LABEL, Relation
from joinery.forms.form import Field
from joinery.forms.identities import RecordRef, read_id, read_numbered, sent_id
from joinery.formulas import Type, record_of
from joinery.kernel import Issue


@FIELD_TYPES.register
class RelationAny(FieldType):
    """A record of one of several forms.

    Stored in one column for each of them, at most one of which is filled. In JSON it is
    {"form": "lead", "id": 3, "title": "..."}; paths name the form ({about.lead.company}) or what all of them
    have ({about.title}).
    """

    name, icon, group = "relation_any", "arrows-split", "relation"
    label: ClassVar[Label] = {"en": "Relation to one of several forms", "zh": "关联多种表单之一"}
    stores = "record_ref"
    sortable, groupable = False, False
    settings: ClassVar[Mapping[str, Any]] = {
        "forms": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": True,
            "label": {"en": "Forms", "zh": "关联表单"},
        },
        "inverse": {
            "type": "object",
            "properties": {
                "key": {"type": "string"},
                "label": LABEL,
                "columns": {"type": "array", "items": {"type": "string"}},
                "keys": {"type": "object", "additionalProperties": {"type": "string"}},
            },
            "required": ["key"],
            "additionalProperties": False,
            "label": {"en": "List on the other forms", "zh": "对方表单中的列表"},
        },
        "filter": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "label": {"en": "Which records of each form may be chosen", "zh": "各表单可选记录的条件"},
        },
        "columns": {
            "type": "object",
            "additionalProperties": CHOICE_COLUMNS,
            "label": {
                "en": "Shown beside the titles of each form when choosing",
                "zh": "选择时各表单显示的字段",
            },
        },
        "sort": {
            "type": "object",
            "additionalProperties": CHOICE_SORT,
            "label": {"en": "Order of each form when choosing", "zh": "选择时各表单的排序"},
        },
        "fill": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
            "label": {"en": "Fill in when a record of a form is chosen", "zh": "选择某表单的记录后自动填充"},
        },
        "on_delete": Relation.settings["on_delete"],
    }
    required_settings = ("forms",)

    def settings_issues(self, settings: Mapping[str, Any]) -> Iterator[Issue]:
        """Settings for a form that is not among those the relation leads to."""
        places = {f"/{name}": settings.get(name, {}) for name in BY_FORM}
        places["/inverse/keys"] = settings.get("inverse", {}).get("keys", {})
        for place, by_form in places.items():
            for form in by_form:
                if form not in settings["forms"]:
                    yield Issue(f"{place}/{form}", "relation_form_not_listed", {"form": form})

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return record_of(None)

    def targets(self, field: Field) -> tuple[str, ...]:
        return tuple(field.settings["forms"])

    def records_in(self, field: Field, value: Any) -> tuple[tuple[str, int], ...]:
        return () if value is None else ((value.form, value.id),)

    def records_sent(self, field: Field, raw: Any) -> tuple[tuple[str, int], ...]:
        form = raw.get("form") if isinstance(raw, Mapping) else None
        found = sent_id(raw)
        if found is None or not isinstance(form, str) or form not in field.settings["forms"]:
            return ()
        return ((form, found),)

    def branch_values(self, field: Field, value: Any) -> dict[str, Any]:
        return {
            branch.key: value.id if value is not None and branch.references == value.form else None
            for branch in field.branches
        }

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return tuple(sa.Column(branch.key, sa.BigInteger) for branch in field.branches)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return self.branch_values(field, value)

    def from_row(self, field: Field, row: Mapping[str, Any]) -> RecordRef | None:
        for branch in field.branches:
            if (found := row[branch.key]) is not None:
                return RecordRef(branch.settings["form"], found)
        return None

    def parse(self, field: Field, raw: Any, context: ParseContext) -> RecordRef:
        if isinstance(raw, RecordRef):
            return raw
        forms = field.settings["forms"]
        if not isinstance(raw, Mapping):
            raise ValueProblem("value_not_record_of", forms=", ".join(forms))
        form, found = raw.get("form"), read_id(raw)
        if not isinstance(form, str) or form not in forms or found is None:
            raise ValueProblem("value_not_record_of", forms=", ".join(forms))
        return RecordRef(form, found)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> RecordRef | None:
        """A title that only one of the forms knows, or one after the key of its form: "lead: Acme"."""
        title = cell_text(text).strip()
        if not title:
            return None
        forms = tuple(field.settings["forms"])
        named, _, rest = title.replace("：", ":", 1).partition(":")
        if named.strip() in forms and rest.strip():
            forms, title = (named.strip(),), rest.strip()
        found = [
            RecordRef(form, record_id)
            for form in forms
            if (record_id := context.find_record(form, title) if context.find_record else None)
        ]
        if not found and len(forms) == 1 and (numbered := read_numbered(title)):
            found = [RecordRef(forms[0], numbered)]
        if not found:
            raise ValueProblem("value_unknown_record", value=title[:100])
        if len(found) > 1:
            raise ValueProblem("value_record_of_several", value=title[:100], forms=", ".join(forms))
        return found[0]

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        if value is None:
            return None
        title = context.title_of(value.form, value.id) if context.title_of else None
        return {"form": value.form, "id": value.id, "title": title}

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        if value is None:
            return ""
        return f"{value.form}: {self.plain_text(field, value, context) or f'#{value.id}'}"

    def plain_text(self, field: Field, value: Any, context: ShowContext) -> str:
        if value is None or context.title_of is None:
            return ""
        return context.title_of(value.form, value.id) or ""

    def convert(self, old: Field, value: Any, field: Field, context: ParseContext) -> Any:
        found = old.type.records_in(old, value)
        if value is None or not old.type.targets(old):
            return super().convert(old, value, field, context)
        if len(found) > 1:
            raise ValueProblem("value_more_than_one")
        [(form, record_id)] = found
        if form not in field.settings["forms"]:
            raise ValueProblem("value_other_form")
        return RecordRef(form, record_id)

"""Records that are probably there already: found by duplicate rules, told as far as the reader may know."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinery.forms import DuplicateRule, MatchTarget, UniqueKey
from joinery.kernel import (
    DuplicateRecord,
    DuplicateValue,
    InvalidRecord,
    Issue,
    PlatformError,
    PossibleDuplicates,
    pointer,
)
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.records.uniqueness import TAKEN, applies, identity, looked_at_by, names_of
from joinery.storage import records
from joinery.storage.match_keys import find_by_key

if TYPE_CHECKING:
    from joinery.runtime.records.operations import Prepared

#: The codes of what is said about duplicates that are refused, and of those that can be confirmed.
BLOCKED = frozenset({"duplicate_seen", "duplicate_owned", "duplicate_hidden", "duplicate_sent"})
POSSIBLE = frozenset({"possible_seen", "possible_owned", "possible_hidden", "possible_sent"})

#: What a caller sends who saves in spite of warnings.
CONFIRM_DUPLICATES = "duplicates"

#: The way in of what the app itself changes: nobody entered anything, nor could answer.
BY_APP = "app"

#: So many matches of a rule are named.
MOST_MATCHES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record of `form` that the one at `place` probably is; without an `id` one sent in the same call."""

    place: int
    rule: DuplicateRule
    answer: str
    form: str
    fields: tuple[str, ...]
    id: int | None


def find_matches(at: OpenForm, prepared: "Sequence[Prepared]", way: str | None) -> list[Match]:
    """What the duplicate rules of the form find, in one statement for each rule and form looked into.

    `way` is how the records come in; without it some are created and some edited.
    """
    found: list[Match] = []
    for rule in at.form.duplicate_rules:
        fields = rule.fields
        looked_at = looked_at_by(fields, rule.when)
        asked = [
            (place, record.operation.record_id, tuple([record.draft.values[key] for key in fields]))
            for place, record in enumerate(prepared)
            if record.draft is not None
            and record.error is None
            and record.operation.past is None
            and _answer(rule, record, way) != "ignore"
            and any(map(record.draft.changed.__contains__, looked_at))
            and applies(at, fields, rule.when, record.draft.values)
        ]
        for target in rule.targets:
            compared = tuple(part.field for part in target.parts)
            for place, record_id in _matches(at, rule, target, asked):
                answer = _answer(rule, prepared[place], way)
                found.append(
                    Match(
                        place=place, rule=rule, answer=answer, form=target.form, fields=compared, id=record_id
                    )
                )
    return found


def _answer(rule: DuplicateRule, record: "Prepared", way: str | None) -> str:
    if way == BY_APP:
        return "ignore"
    return rule.answers[way or ("create" if record.before is None else "edit")]


def _matches(
    at: OpenForm,
    rule: DuplicateRule,
    target: MatchTarget,
    asked: Sequence[tuple[int, int | None, tuple[Any, ...]]],
) -> Iterator[tuple[int, int | None]]:
    """Places with the ids of the records found for them."""
    there = at.beside(target.form)
    wanted = [values for _, _, values in asked]
    found = find_by_key(
        at.unit,
        there.table,
        target.parts,
        rule.parts,
        wanted,
        at.evaluation,
        when=target.when,
        limit=MOST_MATCHES + 1,
    )
    same_form = target.form == at.form.key and target.parts == rule.parts
    first: dict[Hashable, int] = {}
    for (place, own_id, values), one in zip(asked, found, strict=True):
        if not one.is_complete:
            continue
        if one.ids:
            others = [found_id for found_id in one.ids if not (same_form and found_id == own_id)]
            yield from ((place, record_id) for record_id in others[:MOST_MATCHES])
        if same_form and first.setdefault(identity(values, one), place) != place:
            yield place, None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A match as the actor may know it: `seen` says whether he may see the record."""

    match: Match
    seen: bool
    title: str | None
    owner: int | None


def tell(at: OpenForm, matches: Sequence[Match]) -> list[Told]:
    """The matches as far as the actor may know them: two statements for each form."""
    told: dict[int, Told] = {}
    for form in dict.fromkeys(match.form for match in matches):
        there = at.beside(form)
        ids = sorted({match.id for match in matches if match.form == form and match.id is not None})
        facts = records.titles_and_owners(at.unit, there.table, ids)
        visible = _legible(there, ids)
        for place, match in enumerate(matches):
            if match.form == form:
                told[place] = _told(there, match, facts, visible)
    return [told[place] for place in range(len(matches))]


def _told(
    there: OpenForm,
    match: Match,
    facts: Mapping[int, tuple[str, int | None]],
    visible: Mapping[int, frozenset[str]],
) -> Told:
    if match.id is None:
        return Told(match=match, seen=False, title=None, owner=None)
    # That a record matches tells the values that are compared.
    readable = visible.get(match.id, frozenset())
    seen = match.id in visible and readable.issuperset(match.fields)
    title, owner = facts.get(match.id, (None, None))
    # Rules tell colleagues whom to ask; people from outside learn of nobody whom they may not know.
    told = match.rule.tell if there.actor.external is None else frozenset[str]()
    tells_owner = "owner" in readable if seen else "owner" in told
    tells_title = seen or "title" in told
    return Told(
        match=match,
        seen=seen,
        title=title if tells_title else None,
        owner=owner if tells_owner else None,
    )


def _legible(there: OpenForm, ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """Which fields the actor may read of those of the records that he may see."""
    if not there.access.allows("view"):
        return {}
    if there.access.varying is None:
        seen = records.titles(there.unit, there.table, ids, there.access.rows, there.evaluation)
        return dict.fromkeys(seen, there.access.readable)
    found = records.get_many(there.unit, there.table, sorted(ids), there.access.rows, there.evaluation)
    return {record_id: on_record(there, values).access.readable for record_id, values in found.items()}


def match_json(at: OpenForm, told: Told) -> dict[str, Any]:
    """A match for programs and the interface."""
    match, there = told.match, at.beside(told.match.form)
    known = told.seen or told.title is not None
    return {
        "rule": match.rule.key,
        "label": match.rule.label,
        "fields": [key for key in match.rule.fields if key in at.access.readable_somewhere],
        "answer": match.answer,
        "form": match.form if told.seen else None,
        "form_label": there.form.label if known else None,
        "record": {"id": match.id, "title": told.title} if told.seen else None,
        "title": told.title,
        "owner": _person(at, told.owner),
    }


def holders_json(at: OpenForm, key: UniqueKey, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The records that have values which must be unique, as matches that are refused.

    Records that the actor may not see are one match without anything: that there is one he learns by saving.
    """
    visible = _legible(at, ids)
    seen = [one for one in ids if one in visible and visible[one].issuperset(key.fields)][:MOST_MATCHES]
    facts = records.titles_and_owners(at.unit, at.table, seen)
    match = {
        "rule": key.rule,
        "label": names_of(at, key),
        "fields": [name for name in key.fields if name in at.access.readable_somewhere],
        "answer": "block",
        **dict.fromkeys(("form", "form_label", "record", "title", "owner")),
    }
    if not seen:
        return [match]
    known = match | {"form": at.form.key, "form_label": at.form.label}
    return [
        known
        | {
            "record": {"id": record_id, "title": facts[record_id][0]},
            "title": facts[record_id][0],
            "owner": _person(at, facts[record_id][1] if "owner" in visible[record_id] else None),
        }
        for record_id in seen
    ]


def _person(at: OpenForm, user_id: int | None) -> dict[str, Any] | None:
    person = at.directory.user(user_id) if user_id is not None else None
    return None if person is None else {"id": person.id, "name": person.name}


def match_issue(at: OpenForm, told: Told) -> Issue:
    """A match as a problem of the record that was sent."""
    match = told.match
    kind = "duplicate" if match.answer == "block" else "possible"
    path = next((pointer(key) for key in match.rule.fields if key in at.access.readable), "")
    owner = at.directory.user(told.owner) if told.owner is not None else None
    params: dict[str, Any] = {"label": match.rule.label, "owner": owner.name if owner else "–"}
    if told.title is not None:
        params |= {"title": told.title, "form": at.beside(match.form).form.label}
        return Issue(path, f"{kind}_seen", params)
    if match.id is None:
        return Issue(path, f"{kind}_sent", params)
    return Issue(path, f"{kind}_owned" if owner else f"{kind}_hidden", params)


def duplicates_error(issues: Sequence[Issue], matches: Sequence[Mapping[str, Any]]) -> PlatformError | None:
    """What to raise when nothing but duplicates is in the way; None when there is more."""
    if not issues or not all(issue.code in BLOCKED | POSSIBLE for issue in issues):
        return None
    details = {"matches": list(matches)}
    if any(issue.code in BLOCKED for issue in issues):
        return DuplicateRecord(issues=issues, details=details)
    return PossibleDuplicates(issues=issues, details=details)


def problem_of(issues: Sequence[Issue], matches: Sequence[Mapping[str, Any]]) -> PlatformError | None:
    """The error for what is wrong with the values of records; None when nothing is."""
    if issues and all(issue.code in TAKEN for issue in issues):
        return DuplicateValue(issues=issues)
    if error := duplicates_error(issues, matches):
        return error
    return (
        InvalidRecord(issues=issues, details={"matches": list(matches)} if matches else {})
        if issues
        else None
    )

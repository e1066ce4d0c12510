"""What the API says of linked records is what the model says, from whichever end one looks."""

from typing import Any

from tests.properties.linked_app import DOCUMENT, TIES
from tests.properties.linked_model import OWN, Ref
from tests.properties.linked_steps import Steps
from tests.properties.test_lines import replayed

TO_ONE = {
    form: [tie.field for tie in TIES if tie.form == form and tie.kind == "relation" and not tie.subform]
    for form in DOCUMENT["forms"]
}


def refs(value: Any, form: str | None) -> tuple[Ref, ...]:
    """The records that a sent value names."""
    items = value if isinstance(value, list) else [value] if value else []
    return tuple((one.get("form", form), one["id"]) for one in items)


def target_of(tie: Any) -> str | None:
    return next(iter(tie.ends)) if len(tie.ends) == 1 else None


def told(form: str, record: dict[str, Any]) -> dict[str, Any]:
    """A record of an answer as the model keeps it."""
    found = {key: record[key] for key in OWN[form]}
    found |= {
        tie.field: refs(record[tie.field], target_of(tie))
        for tie in TIES
        if tie.form == form and not tie.subform
    }
    if form == "order":
        found["lines"] = [told_line(line) for line in record["lines"] or ()]
    return found


def told_line(line: dict[str, Any]) -> dict[str, Any]:
    links = {tie.field: refs(line[tie.field], target_of(tie)) for tie in TIES if tie.subform}
    return {"id": line["id"], "qty": line["qty"], **links}


def check_records(steps: Steps) -> None:
    """Every record by its list, with its computed values; related ones in full; and how many are deleted."""
    model = steps.model
    first = {form: min(one for key, one in model.rows if key == form) for form in DOCUMENT["forms"]}
    for form, lowest in first.items():
        here = {"filter": f"{{id}} >= {lowest}", "limit": 200, "count": "exact"}
        names = [*DOCUMENT["forms"][form]["fields"]]
        page = steps.call("POST", form, "/query", {**here, "fields": names, "expand": TO_ONE[form]})
        records = {(form, one["id"]): one for one in page["records"]}
        assert sorted(records) == sorted(model.live(form))
        for ref, record in records.items():
            assert told(form, record) == model.rows[ref], ref
            assert_computed(steps, ref, record)
            for field in TO_ONE[form]:
                check_expanded(steps, ref, field, record[field])
        if steps.bins.get(form) == (deleted := sorted(one for one in model.gone if one[0] == form)):
            continue
        steps.bins[form] = deleted
        bin_page = steps.call("POST", form, "/query", {**here, "deleted": True})
        assert sorted((form, one["id"]) for one in bin_page["records"]) == sorted(
            one for one in model.gone if one[0] == form
        )
        assert bin_page["count"] == {"value": len(bin_page["records"]), "exact": True}


def assert_computed(steps: Steps, ref: Ref, record: dict[str, Any]) -> None:
    expected = steps.model.computed(ref)
    assert {key: record[key] if key == "badge_no" else record[key] or 0 for key in expected} == expected, ref


def check_expanded(steps: Steps, ref: Ref, field: str, value: Any) -> None:
    """A related record in full says the same as it does by itself."""
    for target in steps.model.rows[ref][field]:
        if target not in steps.model.gone:
            assert value["id"] == target[1]
            assert_computed(steps, target, value)


def check_lists(steps: Steps) -> None:
    """Every list of every record that ought to have changed; what was right stays out of question."""
    for tie in TIES:
        for target in steps.model.live(*tie.ends):
            key = tie.ends[target[0]]
            expected = sorted({ref[1] for ref, _ in steps.model.pointing(tie, target)})
            if steps.lists.get((target, key)) != expected:
                page = steps.call("GET", target[0], f"/{target[1]}/related/{key}", None)
                assert sorted(one["id"] for one in page["records"]) == expected, (
                    target,
                    key,
                )
                steps.lists[target, key] = expected


def check_history(steps: Steps) -> None:
    """From what a record was created with, its history leads to what it is now."""
    for ref, created in steps.created.items():
        entries = steps.call("GET", ref[0], f"/{ref[1]}/history?limit=200", None)["entries"]
        assert [one["kind"] for one in entries].count("created") == 1
        assert sum(one["kind"] == "deleted" for one in entries) - sum(
            one["kind"] == "restored" for one in entries
        ) == (ref in steps.model.gone), ref
        if ref in steps.model.gone:
            continue
        now = steps.call("GET", ref[0], f"/{ref[1]}", None)
        state = {key: created[key] for key in DOCUMENT["forms"][ref[0]]["fields"]}
        for entry in reversed(entries):
            for change in entry["changes"]:
                replay(ref, state, change)
        expected = {key: essence(now[key]) for key in state}
        assert {key: essence(value) for key, value in state.items()} == expected, (
            ref,
            state,
            expected,
            entries,
        )


def replay(ref: Ref, state: dict[str, Any], change: dict[str, Any]) -> None:
    """One change that the history tells of; lists of the other end are not the record's own."""
    key = change["field"]
    if key == "lines":
        state[key] = replayed(state[key] or [], change)
    elif key in state:
        assert essence(state[key]) == essence(change["old"]), (ref, change)
        state[key] = change["new"]


def essence(value: Any) -> Any:
    """What a value means, without titles that may have changed since."""
    if isinstance(value, list):
        return [essence(one) for one in value] or None
    if isinstance(value, dict) and "title" in value:
        return value.get("form"), value["id"]
    if isinstance(value, dict):
        return {key: essence(one) for key, one in value.items() if one is not None}
    return value

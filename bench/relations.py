"""What whole related records cost: a page of 50 with ten relations expanded, beside the page without."""

from collections.abc import Iterator
from typing import Any

from bench.client import Client
from bench.measure import Report, Row, by_turns

APP = "bench_ties"
RECORDS = f"/api/v1/apps/{APP}/forms"
LABEL = {"en": "Bench", "zh": "测试"}

#: Forms that are pointed at.
TARGETS = 5
#: Records of each of them: few, as products, campaigns and price books are, or one for every other record.
FEW, OWN = 20, 500
#: Records of the form with the relations.
RECORDS_HERE = 500
PAGE = 50
#: Plain fields of every form.
TEXTS = 8


def relations(admin: Client, report: Report) -> None:
    """The page in an app of its own, in which every relation of every record is filled."""
    admin.call("POST", f"/api/v1/apps/{APP}/publish", {"document": document()})
    ids = [_fill(admin, f"target{number}", _targets(number)) for number in range(TARGETS)]
    for each, whose in ((FEW, f"of {FEW} records each"), (OWN, "of records of their own")):
        made = _fill(admin, "tie", _ties(ids, each))
        _measure(admin, report, made[0], whose)


def _measure(admin: Client, report: Report, first: int, whose: str) -> None:
    """A page of the records from `first` on."""
    url = f"{RECORDS}/tie/records"
    whole = ",".join(relation_fields())
    asked = {"limit": PAGE, "count": "none", "filter": f"{{id}} >= {first}"}
    times = by_turns(
        {"without": lambda: admin.get(url, **asked), "with": lambda: admin.get(url, expand=whole, **asked)}
    )
    ratio = times["with"] / times["without"]
    report.add(
        Row(
            work=f"page of {PAGE} with {len(relation_fields())} relations expanded, {whose}",
            ours=times["with"],
            bound="≤ 2 × the page without",
            holds=ratio <= 2,
            note=f"{ratio:.2f} × {times['without']:.2f} ms",
        )
    )


def relation_fields() -> dict[str, dict[str, Any]]:
    """Ten relations: six to one record, two to one of several forms, two to many."""
    one = {f"one{number}": {"type": "relation", "form": f"target{number % TARGETS}"} for number in range(6)}
    any_of = {
        f"any{number}": {"type": "relation_any", "forms": [f"target{number}", f"target{number + 2}"]}
        for number in range(2)
    }
    many = {f"many{number}": {"type": "relations", "form": f"target{number + 3}"} for number in range(2)}
    return {**one, **any_of, **many}


def document() -> dict[str, Any]:
    """The app: forms that are pointed at, and one that points."""
    texts = {f"text{number}": {"type": "text"} for number in range(TEXTS)}
    forms = {f"target{number}": texts for number in range(TARGETS)}
    forms["tie"] = {**texts, **relation_fields()}
    return {
        "joinery": 1,
        "app": APP,
        "version": "1.0.0",
        "label": LABEL,
        "menu": [],
        "forms": {
            key: {"label": LABEL, "fields": {name: {"label": LABEL, **one} for name, one in fields.items()}}
            for key, fields in forms.items()
        },
    }


def _texts(number: int) -> dict[str, str]:
    return {f"text{place}": f"Bench 测试 {number} {place}" for place in range(TEXTS)}


def _targets(form: int) -> Iterator[dict[str, Any]]:
    for number in range(OWN):
        yield _texts(form * OWN + number)


def _ties(ids: list[list[int]], each: int) -> Iterator[dict[str, Any]]:
    """Records that point at the first `each` of every form in turn."""
    for number in range(RECORDS_HERE):
        values: dict[str, Any] = _texts(number)
        for place, (key, field) in enumerate(relation_fields().items()):
            target = field["form"] if "form" in field else field["forms"][number % 2]
            found = ids[int(target.removeprefix("target"))][(number * 7 + place) % each]
            values[key] = {
                "relation": found,
                "relation_any": {"form": target, "id": found},
                "relations": [found],
            }[field["type"]]
        yield values


def _fill(admin: Client, form: str, values: Iterator[dict[str, Any]]) -> list[int]:
    """Store records; their ids."""
    made = admin.call("POST", f"{RECORDS}/{form}/records/batch", {"create": list(values)})
    return [one["id"] for one in made["created"]]

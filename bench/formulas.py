"""What formulas cost: one by itself in Python, fifty in a form, and sums over the records of a parent."""

import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bench.client import Client
from bench.measure import Report, Row, by_turns
from joinery.formulas import (
    MONEY,
    NUMBER,
    PERCENT,
    TEXT,
    EvaluationContext,
    FormNames,
    compile_formula,
    evaluate,
)

LABEL = {"en": "Bench", "zh": "测试"}
#: Typical ones: arithmetic, a decision, texts, dates.
TYPICAL = (
    "ROUND({price} * {qty} * (1 - {discount}), 2)",
    'IF({qty} > 10, "many", IF({qty} > 5, "some", "few"))',
    'UPPER(LEFT({name}, 3)) & "-" & {qty}',
    "{price} * {qty} - {discount} * {price}",
    "AND({price} > 0, {qty} < 100, NOT(ISBLANK({name})))",
)
FIELDS: dict[str, dict[str, Any]] = {
    "name": {"type": "text"},
    "price": {"type": "money"},
    "qty": {"type": "number"},
    "discount": {"type": "percent"},
}
CHILDREN = 200


def formulas(admin: Client, report: Report) -> None:
    """All of it, in an app of its own."""
    typical(report)
    admin.call("POST", "/api/v1/apps/bench/publish", {"document": _document()})
    many_in_a_form(admin, report)
    sums_of_a_parent(admin, report)


def typical(report: Report) -> None:
    """One formula on one record, in Python, inputs new each time so that nothing is remembered."""
    names = FormNames({"name": TEXT, "price": MONEY, "qty": NUMBER, "discount": PERCENT})
    checked = [compile_formula(text, names) for text in TYPICAL]
    context = EvaluationContext(now=datetime.now(UTC))
    records = [
        {"name": f"Part {n}", "price": Decimal(n) / 7, "qty": Decimal(n), "discount": Decimal("0.1")}
        for n in range(2000)
    ]
    # Processor time: this process does nothing else, and others shall not count.
    started = time.process_time()
    for record in records:
        for one in checked:
            evaluate(one, record, context)
    spent = (time.process_time() - started) / (len(records) * len(checked)) * 1e6
    report.add(
        Row(work="one typical formula in Python", ours=spent, unit="µs", bound="≤ 20 µs", holds=spent <= 20)
    )


def many_in_a_form(admin: Client, report: Report) -> None:
    """A record of a form with fifty formulas against one of the same form without."""
    values = {"name": "Part", "price": 12.5, "qty": 7, "discount": 0.1}
    numbers = iter(range(1, 10**6))

    def create(form: str) -> Any:
        path = f"/api/v1/apps/bench/forms/{form}/records"
        return admin.call("POST", path, values | {"qty": next(numbers)})

    times = by_turns({"ours": lambda: create("rich"), "plain": lambda: create("plain")}, rounds=60)
    ratio = times["ours"] / times["plain"]
    report.add(
        Row(
            work="create one record of a form with 50 formulas",
            ours=times["ours"],
            bound="≤ 1.5 × without",
            holds=ratio <= 1.5,
            note=f"{ratio:.2f} × the same form without ({times['plain']:.2f} ms)",
        )
    )


def sums_of_a_parent(admin: Client, report: Report) -> None:
    """A child of a parent that adds up its children, against a child of nobody."""
    path = "/api/v1/apps/bench/forms/{}/records"
    parent = admin.call("POST", path.format("parent"), {"name": "Parent"})["id"]
    body = {"create": [{"parent": parent, "amount": n} for n in range(CHILDREN)]}
    admin.call("POST", path.format("child") + "/batch", body)
    times = by_turns(
        {
            "ours": lambda: admin.call("POST", path.format("child"), {"parent": parent, "amount": 1}),
            "alone": lambda: admin.call("POST", path.format("child"), {"amount": 1}),
        },
        rounds=40,
    )
    report.add(
        Row(
            work=f"create a child of a parent with {CHILDREN} and three sums over them",
            ours=times["ours"],
            note=f"{times['ours'] / times['alone']:.2f} × a child of nobody ({times['alone']:.2f} ms)",
        )
    )


def _document() -> dict[str, Any]:
    rich = {
        f"f{n}": {"type": "formula", "result": "number", "formula": f"ROUND({{price}} * {{qty}} + {n}, 2)"}
        for n in range(50)
    }
    parent = {
        "name": {"type": "text"},
        "total": _formula("SUM({children.amount})"),
        "count": _formula("COUNTA({children})"),
        "large": _formula('SUMIFS({children.amount}, {children.amount}, ">10")'),
    }
    relation = {"type": "relation", "form": "parent", "inverse": {"key": "children", "label": LABEL}}
    forms = {
        "plain": FIELDS,
        "rich": FIELDS | rich,
        "parent": parent,
        "child": {"name": {"type": "text"}, "parent": relation, "amount": {"type": "number"}},
    }
    return {
        "joinery": 1,
        "app": "bench",
        "version": "1.0.0",
        "label": LABEL,
        "menu": [],
        "forms": {
            key: {
                "label": LABEL,
                "fields": {name: {"label": LABEL, **field} for name, field in fields.items()},
            }
            for key, fields in forms.items()
        },
    }


def _formula(text: str) -> dict[str, str]:
    return {"type": "formula", "result": "number", "formula": text}

"""Expressions: what they mean and what they give."""

from typing import Any

from flask import Blueprint

from joinery.runtime.formulas import formulas
from joinery.runtime.formulas import names as formula_names
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json

blueprint = Blueprint("formulas", __name__, url_prefix="/formulas")


@blueprint.post("/check")
@operation(body="FormulaCheck", answer="FormulaChecked")
def check_formula(call: Call) -> dict[str, Any]:
    """An expression's type and problems; what it must be able to be used for, too."""
    found, issues = formulas.check_formula(call.unit, call.actor, **call.body)
    return {"type": str(found) if found else None, "issues": issues_json(issues, call.actor.language)}


@blueprint.post("/evaluate")
@operation(body="FormulaEvaluate", answer="FormulaValue")
def evaluate_formula(call: Call) -> dict[str, Any]:
    """An expression's value, by itself or on a record."""
    return formulas.evaluate_formula(call.unit, call.actor, **call.body)


@blueprint.get("/functions")
@operation(answer="Functions")
def list_functions(call: Call) -> dict[str, Any]:
    """The functions that expressions can use, with help in the caller's language."""
    return {"functions": formulas.list_functions(call.actor.language)}


@blueprint.get("/names")
@operation(
    answer="FormulaNames",
    query={
        "app": {"type": "string", "maxLength": 40, "description": "key of an app"},
        "form": {
            "type": "string",
            "maxLength": 40,
            "description": "its form; all when left out",
        },
        "draft": {"type": "boolean", "description": "as in the draft of the app (administrators)"},
        "record": {
            "type": "string",
            "maxLength": 40,
            "description": "form of the record in hand, behind $form",
        },
    },
)
def list_names(call: Call) -> dict[str, Any]:
    """The fields an expression over a form can use, also those of forms that its relations lead to."""
    app, form = call.query.get("app", ""), call.query.get("form")
    in_draft = call.query.get("draft", False)
    record = call.query.get("record")
    return formula_names.list_names(call.unit, call.actor, app, form, in_draft=in_draft, record=record)

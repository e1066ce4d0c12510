"""Expressions: what they mean and what they give."""

from typing import Any

from flask import Blueprint

from joinery.runtime import formulas
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json

blueprint = Blueprint("formulas", __name__, url_prefix="/formulas")


@blueprint.post("/check")
@operation(body="FormulaCheck", answer="FormulaChecked")
def check_formula(call: Call) -> dict[str, Any]:
    """An expression's type and problems."""
    checked, issues = formulas.check_formula(call.unit, call.actor, **call.body)
    return {"type": checked, "issues": issues_json(issues, call.actor.language)}


@blueprint.post("/evaluate")
@operation(body="FormulaEvaluate", answer="FormulaValue")
def evaluate_formula(call: Call) -> dict[str, Any]:
    """An expression's value, by itself or on a record."""
    return formulas.evaluate_formula(call.unit, call.actor, **call.body)


@blueprint.get("/functions")
@operation(answer="Functions")
def list_functions(call: Call) -> dict[str, Any]:
    """The functions that expressions can use."""
    return {"functions": formulas.list_functions()}

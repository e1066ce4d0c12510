"""Which formulas readers compute themselves because a job still fills their columns.

A formula that is new or changed is right in the very next query, however many records there are: until its
column is filled, queries compute it as they compute one that depends on the day. Those that Python alone can
compute, and those along relations to many, are shown as far as they are filled, with a word that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from joinery.forms import CompiledApp, Field, Form, fields_read
from joinery.storage import job_states
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork

#: The kind of the jobs that do what publishing left to do on tables.
TABLE_WORK = "table_work"

#: Form and key of each field that waits for values, in the order in which the jobs come to them.
Waiting = tuple[tuple[str, str], ...]


def waiting_formulas(unit: UnitOfWork, app: str) -> Waiting:
    """The formulas of an app that jobs still have to store."""
    found = [
        (work["form"], work["field"])
        for state in job_states.unfinished(unit, TABLE_WORK, {"app": app})
        for work in state.params["works"][state.done :]
        if work["kind"] == "recompute"
    ]
    return tuple(dict.fromkeys(found))


def computed_while_filling(app: CompiledApp, waiting: Waiting) -> Mapping[str, frozenset[str]]:
    """Those among the waiting formulas that queries can compute meanwhile, by form.

    One that looks at another which they cannot compute would be no better than its column.
    """
    computed: dict[str, set[str]] = defaultdict(set)
    partly: set[tuple[str, str]] = set()
    for form_key, key in waiting:
        form = app.forms.get(form_key)
        field = form.fields.get(key) if form is not None else None
        if form is None or field is None or field.formula is None:
            continue
        if _leads_to_one(form, field) and field.formula.sql and not partly & fields_read(form, field):
            computed[form_key].add(key)
        else:
            partly.add((form_key, key))
    return {form_key: frozenset(keys) for form_key, keys in computed.items()}


def while_filling(
    tables: Mapping[str, RecordTable], filling: Mapping[str, Iterable[str]]
) -> Mapping[str, RecordTable]:
    """The tables of an app while the columns of some formulas, by form, are being filled."""
    changed: dict[str, RecordTable] = {}
    for key, table in tables.items():
        changed[key] = replace(table, siblings=changed, filling=frozenset(filling.get(key, ())))
    return changed


def _leads_to_one(form: Form, field: Field) -> bool:
    paths = field.formula.paths if field.formula is not None else ()
    return not any(form.names.source_of(path) for path in paths)

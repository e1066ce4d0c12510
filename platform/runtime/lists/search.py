"""Text search over every form an actor may view."""

from typing import Any

from joinery.directory import Actor
from joinery.runtime.records.open_form import OpenForm, viewable_everywhere
from joinery.runtime.records.sent_records import as_shown, show_context
from joinery.runtime.unit import Unit
from joinery.storage import query_runner
from joinery.storage.query_runner import ListSpec

#: Hits of one form at most: a common word in a big form must not hide the others.
PER_FORM = 5


def search_everywhere(unit: Unit, actor: Actor, text: str, limit: int = 20) -> dict[str, Any]:
    """Records that hold `text`, a few of each form, in the order of the apps and their forms."""
    wanted = text.replace("\x00", "").strip()
    results: list[dict[str, Any]] = []
    if not wanted:
        return {"results": results}
    searched = [at for at in viewable_everywhere(unit, actor) if at.form.search_fields]
    newest = query_runner.newest_ids(unit, [at.table for at in searched])
    for at, newest_id in zip(searched, newest, strict=True):
        if len(results) < limit:
            results += _hits(at, wanted, newest_id, min(PER_FORM, limit - len(results)))
    return {"results": results}


def _hits(at: OpenForm, text: str, newest: int, limit: int) -> list[dict[str, Any]]:
    facts = [key for key in at.form.definition.facts if key in at.access.queried][:2]
    spec = ListSpec(
        search=text,
        search_in=at.access.queried,
        reach=at.reach,
        sort=(("id", True),),
        fields=tuple(facts),
        limit=limit,
        count="none",
        newest=newest,
    )
    rows = query_runner.run_list(at.unit, at.table, spec, at.access.rows, at.evaluation).rows
    fields = [field for key in facts if (field := at.form.field(key))]
    shown = as_shown(at, rows)
    context = show_context(at, shown, fields)
    return [
        {
            "app": at.form.app,
            "form": at.form.key,
            "form_label": at.form.label,
            "id": row["id"],
            "title": row["title"],
            "subtitle": " · ".join(
                text
                for field in fields
                if (text := field.type.plain_text(field, row.get(field.key), context))
            ),
        }
        for row in shown
    ]

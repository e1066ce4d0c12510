"""What preparing records needs to know, read for all of them at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from joinery.forms import DateOrder, RecordContext
from joinery.runtime.files import attachable_files
from joinery.runtime.formulas.far_values import FarValues, far_of
from joinery.runtime.records.lines import line_forms, prefetch_lines
from joinery.runtime.records.numbering import NumberBlock
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.related_records import RecordFinder, RelatedRecords, sent_relations


def record_context(
    at: OpenForm,
    operations: Sequence[Operation],
    before: Mapping[int, Mapping[str, Any]],
    far: FarValues,
    *,
    numbers: NumberBlock | None = None,
    names: bool = False,
    date_order: DateOrder = "ymd",
) -> RecordContext:
    """What preparing these records needs; `before` are the stored ones by id, `names` may name relations."""
    sent = [operation.values for operation in operations]
    lines = line_forms(at)
    related = RelatedRecords(at)
    finder = RecordFinder(at)
    if names:
        finder.prefetch(sent)
    related.prefetch(sent)
    far.prefetch(_starts(at, operations), at.form.plan.far | far_of(at.access.rows_for("create")))
    far.prefetch(before.values(), far_of(at.access.rows_for("edit")))
    for subform, there in lines.items():
        prefetch_lines(at, there, subform, sent, before.values(), far)
    return RecordContext(
        evaluation=at.evaluation,
        directory=at.directory,
        lookup=at.lookup,
        language=at.unit.workspace.language,
        date_order=date_order,
        next_number=numbers.take if numbers else None,
        related=related.get,
        far=far.get,
        read_ahead=lambda form, lines, paths: far.prefetch(lines, paths, form=form),
        find_record=finder.find if names else None,
        find_file=attachable_files(at, [*before.values(), *(one.copied for one in operations if one.copied)]),
        line_fields={key: (there.access.writable, there.access.readable) for key, there in lines.items()},
    )


def _starts(at: OpenForm, operations: Sequence[Operation]) -> Iterator[Mapping[str, Any]]:
    """Where the paths of new records begin; of stored ones most need not be followed again."""
    return (relations_of(at, operation) for operation in operations if operation.record_id is None)


def relations_of(at: OpenForm, operation: Operation) -> dict[str, Any]:
    """The records that an operation makes its own point at."""
    values = {**operation.given, **operation.values}
    return sent_relations(at.form, values)

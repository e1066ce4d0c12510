"""Permission groups ready to use: what each says about every field of its form, and its condition."""

from joinery.definitions import FormDefinition, OtherFields, PermissionGroupDefinition
from joinery.forms.expressions import ExpressionCompiler
from joinery.forms.form import SEEING, PermissionGroup
from joinery.formulas import BOOLEAN, FormNames
from joinery.kernel import pointer

#: Records that a permission group sees with rows = "own". Nobody's records are not those of nobody.
OWN_RECORDS = "AND({owner} = ME(), NOT(ISBLANK({owner})))"

#: The department of a record when its form has no field that says so.
OWNERS_DEPARTMENT = "DEPARTMENT({owner})"


def compile_groups(
    definition: FormDefinition,
    around: FormDefinition,
    names: FormNames,
    compiler: ExpressionCompiler,
    place: str,
) -> tuple[PermissionGroup, ...] | None:
    """The groups of a form, None when it has none; `place` is the JSON pointer of the form.

    `around` is the form of the records that lines stand in, for others the form itself.
    """
    if definition.permissions is None:
        return None
    homes = around.permissions or {}
    return tuple(
        _compile_group(
            definition, group, homes[key], names, compiler, place + pointer("permissions", key, "rows")
        )
        for key, group in definition.permissions.items()
    )


def _compile_group(
    form: FormDefinition,
    group: PermissionGroupDefinition,
    home: PermissionGroupDefinition,
    names: FormNames,
    compiler: ExpressionCompiler,
    place: str,
) -> PermissionGroup:
    text = {"all": None, "none": None, "own": OWN_RECORDS}.get(group.rows, group.rows)
    return PermissionGroup(
        key=group.key,
        label=group.label,
        roles=frozenset(group.roles),
        external=frozenset(group.external),
        actions=frozenset(group.actions),
        rows=group.rows,
        around=home.rows,
        sees_around=not SEEING.isdisjoint(home.actions),
        condition=compiler.expression(text, names, place, BOOLEAN),
        department=f"{{{group.department}}}" if group.department else OWNERS_DEPARTMENT,
        hidden_fields=_reached(form, group, "hidden").union(group.hidden_fields),
        masked_fields=group.masked_fields,
        read_only_fields=_reached(form, group, "readable").union(
            group.read_only_fields, _kept_from(form, group)
        ),
        buttons=None if group.buttons is None else frozenset(group.buttons),
    )


def _kept_from(form: FormDefinition, group: PermissionGroupDefinition) -> frozenset[str]:
    """The fields of the team, for a group that does not share records where some group is told to."""
    sharing = any("share" in one.actions for one in (form.permissions or {}).values())
    if not sharing or "share" in group.actions:
        return frozenset()
    return frozenset(key for keys in form.team.values() for key in keys)


def _reached(form: FormDefinition, group: PermissionGroupDefinition, reach: OtherFields) -> frozenset[str]:
    return frozenset(key for key in form.fields if group.reach_of_field(key) == reach)

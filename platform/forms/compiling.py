"""From an app definition to forms that are ready to run: once per published version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from joinery.definitions import (
    KEPT,
    AppDefinition,
    FieldDefinition,
    FormDefinition,
    RelationEnd,
    branches_of,
    ends_of,
    line_form_key,
    links_of,
    place_of,
    with_lines,
)
from joinery.forms.actions import compile_actions
from joinery.forms.conversions import compile_conversions
from joinery.forms.dependences import dependences_of, holding_order
from joinery.forms.expressions import ExpressionCompiler, in_order
from joinery.forms.field_type import FIELD_TYPES, FieldType, complete_settings
from joinery.forms.form import CompiledApp, Field, Form, Inverse, LineFill, Rule
from joinery.forms.line_columns import LINE_COLUMNS
from joinery.forms.matching import Key, compile_duplicate_rules, compile_unique, keys_looked_up
from joinery.forms.permission_groups import compile_groups
from joinery.forms.plan import make_plan, sections_of
from joinery.forms.system_fields import make_system_fields
from joinery.forms.titles import hidden_fields, title_parts
from joinery.formulas import FormNames, Names, NamesWithOld, Path, RelationNames, record_of
from joinery.kernel import InvalidDefinition, pointer


def compile_app(definition: AppDefinition) -> CompiledApp:
    """All forms of an app, compiled. Raises InvalidDefinition naming every wrong expression."""
    system = make_system_fields()
    outlines = _outlines(definition, system)
    compiler = ExpressionCompiler()
    fields = {key: _compile_fields(outline, outlines, compiler) for key, outline in outlines.items()}
    formulas = _FormulaOrder.of(fields, outlines, compiler)
    fields = {key: formulas.fields(key, found) for key, found in fields.items()}
    found_by = keys_looked_up(definition, fields)
    forms = {
        key: _compile_form(outline, fields, formulas, system, compiler, found_by.get(key, ()))
        for key, outline in outlines.items()
    }
    forms = {key: _with_its_lines(form, forms, formulas.order) for key, form in forms.items()}
    if compiler.issues:
        raise InvalidDefinition(issues=compiler.issues)
    return CompiledApp(
        definition=definition,
        forms=forms,
        formula_order=formulas.order,
        holding_order=holding_order(forms),
        dependences=dependences_of(forms),
    )


def _with_its_lines(form: Form, forms: Mapping[str, Form], order: Iterable[tuple[str, str]]) -> Form:
    """The form with those of its lines, if it has any."""
    lines = {field.key: forms[field.lines] for field in form.fields.values() if field.lines}
    if not lines:
        return form
    places = {form.key: "", **{found.key: key for key, found in lines.items()}}
    on_save = {(found.key, step[0]) for found in (form, *lines.values()) for step in found.plan.formulas}
    shown = [
        (one, (places[one[0]], (one[1], formula, field)))
        for one in order
        if one[0] in places
        and (field := forms[one[0]].fields[one[1]])
        and (formula := field.formula) is not None
    ]
    return replace(
        form,
        line_forms=lines,
        steps=tuple(step for one, step in shown if one in on_save),
        shown_steps=tuple(step for _, step in shown),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    """A form before its expressions are compiled: enough to know all names and their types."""

    definition: FormDefinition
    types: Mapping[str, FieldType]
    settings: Mapping[str, Mapping[str, Any]]
    names: FormNames
    ends: tuple[RelationEnd, ...]


def _outlines(definition: AppDefinition, system: Mapping[str, Field]) -> dict[str, _Outline]:
    forms = with_lines(definition)
    types = {
        form.key: {
            key: LINE_COLUMNS.get(key) or FIELD_TYPES[field.type] for key, field in form.fields.items()
        }
        for form in forms.values()
    }
    settings = {
        form.key: {
            key: complete_settings(types[form.key][key], field.settings) for key, field in form.fields.items()
        }
        for form in forms.values()
    }
    relations = {
        form.key: {
            key: {**settings[form.key][key], "type": field.type, "unique": field.unique}
            for key, field in form.fields.items()
        }
        for form in forms.values()
    }
    names: dict[str, FormNames] = {}
    for form, own in settings.items():
        found = {key: types[form][key].formula_type(own[key]) for key in own}
        found |= {key: field.formula_type for key, field in system.items()}
        links = links_of(form, relations)
        found |= {end.key: record_of(end.form) for end in ends_of(relations[form])}
        found |= {key: record_of(link.form) for key, link in links.items() if link.inverse and not link.many}
        names[form] = FormNames(found, links, names, branches_of(relations[form], settings))
    return {
        key: _Outline(
            definition=form,
            types=types[key],
            settings=settings[key],
            names=names[key],
            ends=tuple(ends_of(relations[key])),
        )
        for key, form in forms.items()
    }


def _compile_fields(
    outline: _Outline, outlines: Mapping[str, _Outline], compiler: ExpressionCompiler
) -> dict[str, Field]:
    place = place_of(outline.definition)
    return {
        key: _compile_field(field, outline, outlines, compiler, place + pointer("fields", key))
        for key, field in outline.definition.fields.items()
    }


def _compile_form(
    outline: _Outline,
    all_fields: Mapping[str, Mapping[str, Field]],
    formulas: "_FormulaOrder",
    system: Mapping[str, Field],
    compiler: ExpressionCompiler,
    found_by: tuple[Key, ...],
) -> Form:
    definition = outline.definition
    fields = all_fields[definition.key]
    names = {key: found.names for key, found in formulas.outlines.items()}
    place = place_of(definition)
    formula_order = tuple(fields[key] for form, key in formulas.order if form == definition.key)
    sections = {
        section.key: checked
        for section in sections_of(definition.layout)
        if (checked := compiler.condition(section.visible, outline.names, place + "/layout"))
    }
    rules = _compile_rules(definition, NamesWithOld(outline.names), compiler, place)
    around = formulas.outlines[definition.parent or definition.key].definition
    groups = compile_groups(definition, around, outline.names, compiler, place)
    if any(group.external for group in groups or ()):
        # Where people from outside are let in, they may own records.
        system = make_system_fields(external_owner=True)
    search_fields = _search_fields(definition, fields)
    hidden = hidden_fields(definition)
    inverses = _inverses_of(definition.key, formulas.outlines)
    all_names = {key: other.names for key, other in formulas.outlines.items()}
    return Form(
        app=definition.app,
        key=definition.key,
        definition=definition,
        fields=fields,
        system_fields=system,
        order=definition.field_order(),
        names=outline.names,
        inverses=inverses,
        actions=compile_actions(definition, inverses, all_names, compiler),
        formula_order=formula_order,
        rules=rules,
        unique=compile_unique(definition, fields, outline.names, compiler, place),
        duplicate_rules=compile_duplicate_rules(definition, all_fields, names, compiler, place),
        conversions=compile_conversions(definition, all_fields, names, compiler, place),
        is_made=any(
            target.form == definition.key
            for outline in formulas.outlines.values()
            for conversion in outline.definition.conversions.values()
            for target in conversion.targets.values()
        ),
        found_by=found_by,
        sections=sections,
        title_parts=title_parts(definition, fields),
        search_fields=search_fields,
        title_fallbacks=tuple(field for field in search_fields if field.key not in hidden),
        groups=groups,
        plan=make_plan(definition, fields, system, formula_order, rules, sections, groups or ()),
    )


def _compile_field(
    field: FieldDefinition,
    outline: _Outline,
    outlines: Mapping[str, _Outline],
    compiler: ExpressionCompiler,
    place: str,
) -> Field:
    field_type, settings, names = outline.types[field.key], outline.settings[field.key], outline.names
    change = NamesWithOld(names)
    formula_type = field_type.formula_type(settings)
    end = next((end for end in outline.ends if end.key == field.key), None)
    return Field(
        key=field.key,
        definition=field,
        type=field_type,
        settings=settings,
        prepared=field_type.prepare(field, settings),
        formula_type=formula_type,
        required=compiler.condition(field.required, change, place + "/required"),
        visible=compiler.condition(field.visible, change, place + "/visible"),
        read_only=compiler.condition(field.read_only, change, place + "/read_only"),
        default=compiler.expression(field.default, names, place + "/default", formula_type),
        formula=compiler.expression(settings.get("formula"), names, place + "/formula", formula_type)
        if field_type.computed
        else None,
        validations=tuple(
            (checked, message)
            for text, message in field.validations
            if (checked := compiler.condition(text, change, place + pointer("validate", text)))
        ),
        lines=line_form_key(outline.definition.key, field.key) if field_type.has_lines else None,
        system=field.key.startswith(KEPT),
        default_lines=_compile_default_lines(
            settings, outlines.get(line_form_key(outline.definition.key, field.key)), compiler, place
        ),
        branches=tuple(
            _compile_branch(field, end, outline, outlines, compiler, place)
            for end in outline.ends
            if end.field == field.key and end.key != field.key
        ),
        **_compile_choosing(end, outline, outlines, compiler, place),
    )


def _compile_branch(
    field: FieldDefinition,
    end: RelationEnd,
    outline: _Outline,
    outlines: Mapping[str, _Outline],
    compiler: ExpressionCompiler,
    place: str,
) -> Field:
    """The relation to one of the forms that a field leads to, in which the field is stored."""
    relation = FIELD_TYPES["relation"]
    settings = complete_settings(relation, end.settings)
    return Field(
        key=end.key,
        definition=replace(
            field, key=end.key, type=relation.name, settings=settings, required=None, default=None
        ),
        type=relation,
        settings=settings,
        formula_type=record_of(end.form),
        branch_of=field.key,
        **_compile_choosing(end, outline, outlines, compiler, place, end.form),
    )


def _compile_choosing(
    end: RelationEnd | None,
    outline: _Outline,
    outlines: Mapping[str, _Outline],
    compiler: ExpressionCompiler,
    place: str,
    *branch: str,
) -> dict[str, Any]:
    """Which records a relation to one form may lead to, and what choosing one fills in."""
    target = outlines.get(end.form) if end is not None else None
    if end is None or target is None:
        return {}
    chosen = RelationNames(target.names, outline.names)
    return {
        "filter": compiler.condition(end.settings.get("filter"), chosen, place + pointer("filter", *branch)),
        "fill": _compile_fill(
            end.settings.get("fill", {}), outline, chosen, compiler, place + pointer("fill", *branch)
        ),
        "fill_lines": {
            key: _line_fill(line_form_key(outline.definition.key, key), end.form, text, outlines)
            for key, text in end.settings.get("fill", {}).items()
            if _is_subform(outline, key)
        },
    }


def _is_subform(outline: _Outline, key: str) -> bool:
    return key in outline.types and outline.types[key].has_lines


def _line_fill(lines: str, form: str, text: str, outlines: Mapping[str, _Outline]) -> LineFill:
    """What lines take over from those that `text` ("{lines}") names: fields of the same key and kind."""
    source = text.strip()[1:-1].strip()
    here, there = outlines[lines], outlines[line_form_key(form, source)]

    def kind(of: _Outline, key: str) -> tuple[Any, ...]:
        found = of.types[key]
        return found.stores, found.several, *(of.settings[key].get(name) for name in ("form", "forms"))

    return LineFill(
        source=source,
        fields=frozenset(
            key
            for key, found in here.types.items()
            if key in there.types
            and not (found.computed or key.startswith(KEPT))
            and kind(here, key) == kind(there, key)
        ),
    )


def _compile_default_lines(
    settings: Mapping[str, Any], lines: _Outline | None, compiler: ExpressionCompiler, place: str
) -> tuple[Mapping[str, Any], ...]:
    """The lines of a new record: for each its fields, texts as expressions and other values as they are."""
    found = settings.get("default_lines", ())
    if lines is None or isinstance(found, int):
        return ({},) * (found if isinstance(found, int) else 0)
    return tuple(
        {
            key: compiler.expression(
                value,
                lines.names,
                place + pointer("default_lines", index, key),
                lines.names.type_of((key,)),
            )
            if isinstance(value, str)
            else value
            for key, value in line.items()
        }
        for index, line in enumerate(found)
    )


def _compile_fill(
    fill: Mapping[str, str],
    outline: _Outline,
    chosen: RelationNames,
    compiler: ExpressionCompiler,
    place: str,
) -> dict[str, Any]:
    compiled = {}
    for target, text in fill.items():
        if _is_subform(outline, target):
            continue
        expects = outline.names.type_of((target,))
        checked = compiler.expression(text, chosen, place + pointer(target), expects)
        if checked is not None:
            compiled[target] = checked
    return compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class _FormulaOrder:
    """The formulas of all forms, each after those it depends on, and which of them change by themselves."""

    order: tuple[tuple[str, str], ...]
    volatile: frozenset[tuple[str, str]]
    outlines: Mapping[str, _Outline]

    @classmethod
    def of(
        cls,
        fields: Mapping[str, Mapping[str, Field]],
        outlines: Mapping[str, _Outline],
        compiler: ExpressionCompiler,
    ) -> "_FormulaOrder":
        formulas = {
            (form, key): field.formula
            for form, found in fields.items()
            for key, field in found.items()
            if field.formula is not None
        }
        reads = {
            (form, key): [_end_of(outlines, form, path) for path in sorted(checked.paths)]
            for (form, key), checked in formulas.items()
        }
        order = in_order({key: [one for one in found if one in formulas] for key, found in reads.items()})
        if order is None:
            form, key = next(iter(formulas))
            compiler.issues.add(pointer("forms", form, "fields", key), "form_formula_cycle")
            order = tuple(formulas)
        volatile: set[tuple[str, str]] = set()
        for one in order:
            if formulas[one].volatile or volatile.intersection(reads[one]):
                volatile.add(one)
        return cls(order=order, volatile=frozenset(volatile), outlines=outlines)

    def fields(self, form: str, compiled: Mapping[str, Field]) -> dict[str, Field]:
        """The fields with `stored` and `volatile` decided."""
        return {
            key: replace(
                field,
                volatile=(form, key) in self.volatile,
                stored=(form, key) not in self.volatile and not field.type.has_lines,
            )
            for key, field in compiled.items()
        }


def _end_of(outlines: Mapping[str, _Outline], form: str, path: Path) -> tuple[str, str]:
    """The form and the field that a path ends in."""
    links = outlines[form].names.links_along(path)
    return (links[-1].form if links else form), path[-1]


def _compile_rules(
    definition: FormDefinition, names: Names, compiler: ExpressionCompiler, place: str
) -> tuple[Rule, ...]:
    rules = []
    for key, rule in definition.rules.items():
        validate = compiler.condition(rule.validate, names, place + pointer("rules", key, "validate"))
        when = compiler.condition(rule.when, names, place + pointer("rules", key, "when"))
        if validate is not None:
            rules.append(
                Rule(key=key, validate=validate, message=rule.message, fields=rule.fields, when=when)
            )
    return tuple(rules)


def _inverses_of(form: str, outlines: Mapping[str, _Outline]) -> tuple[Inverse, ...]:
    """The other ends of the relations of all forms that point at `form`."""
    found = []
    for other, outline in outlines.items():
        for end in outline.ends:
            if end.inverse and end.form == form and not end.key.startswith(KEPT):
                inverse = end.settings["inverse"]
                found.append(
                    Inverse(
                        key=end.inverse,
                        label=inverse.get("label", outline.definition.plural),
                        form=other,
                        field=end.key,
                        columns=tuple(inverse.get("columns", ())),
                        single=end.unique,
                    )
                )
    return tuple(found)


def _search_fields(definition: FormDefinition, fields: Mapping[str, Field]) -> tuple[Field, ...]:
    keys: Iterable[str] = (
        definition.search
        if definition.search is not None
        else (key for key, field in fields.items() if field.type.searched_by_default)
    )
    return tuple(fields[key] for key in keys if key in fields)

"""The only place where the JSON of an app becomes objects, and back."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions.audience import dump_audience, load_audience
from joinery.definitions.conversion import dump_conversion, load_conversion
from joinery.definitions.json_schemas import schemas
from joinery.definitions.labels import with_all_languages
from joinery.definitions.matching import dump_match, load_match
from joinery.definitions.model import (
    AppDefinition,
    ColorRule,
    DuplicateRuleDefinition,
    FieldDefinition,
    FormDefinition,
    LayoutItem,
    MaskDefinition,
    MatchDefinition,
    MenuGroup,
    MenuItem,
    PermissionGroupDefinition,
    QuickFilter,
    RoleDefinition,
    RuleDefinition,
    Section,
    Tab,
    UniquenessDefinition,
    ViewDefinition,
)
from joinery.definitions.page import RelatedList, dump_action, dump_list, load_action, load_list
from joinery.definitions.view_kinds import dump_settings, load_calendar, load_gallery, load_tree
from joinery.definitions.workflow import dump_workflow, load_workflow

#: Format of the documents that this code reads and writes.
FORMAT = 1

Json = Mapping[str, Any]


def load_app(document: Json) -> AppDefinition:
    """The app that a document describes. The document must have passed `check_app`.

    A label that lacks a language gets the other one's text.
    """
    return _load_app(with_all_languages(document), document)


def _load_app(body: Json, document: Json) -> AppDefinition:
    key = body["app"]
    return AppDefinition(
        key=key,
        version=body["version"],
        label=body["label"],
        icon=body.get("icon"),
        description=body.get("description"),
        roles={
            role: RoleDefinition(key=role, label=part["label"])
            for role, part in body.get("roles", {}).items()
        },
        forms={form: _load_form(key, form, part) for form, part in body.get("forms", {}).items()},
        workflows={
            workflow: load_workflow(key, workflow, part)
            for workflow, part in body.get("workflows", {}).items()
        },
        menu=tuple(_load_menu_entry(entry) for entry in body.get("menu", ())),
        visible_to=load_audience(body),
        document=document,
    )


def dump_app(app: AppDefinition) -> dict[str, Any]:
    """The document of an app, without what is the default anyway: `load_app(dump_app(app)) == app`."""
    body = _without_blanks(
        joinery=FORMAT,
        app=app.key,
        version=app.version,
        label=app.label,
        icon=app.icon,
        description=app.description,
        roles={key: {"label": role.label} for key, role in app.roles.items()},
        forms={key: _dump_form(form) for key, form in app.forms.items()},
        workflows={key: dump_workflow(workflow) for key, workflow in app.workflows.items()},
        menu=[_dump_menu_entry(entry) for entry in app.menu],
    )
    return body | dump_audience(app.visible_to)


def dump_layout(layout: tuple[LayoutItem, ...]) -> list[Any]:
    """A layout as JSON: keys of fields, sections and tabs."""
    return [_dump_layout_item(item) for item in layout]


def _load_form(app: str, key: str, body: Json) -> FormDefinition:
    permissions, search = body.get("permissions"), body.get("search")
    return FormDefinition(
        app=app,
        key=key,
        label=body["label"],
        plural=body.get("plural") or body["label"],
        icon=body.get("icon"),
        color=body.get("color"),
        description=body.get("description"),
        title=body.get("title"),
        fields={field: load_field(field, part) for field, part in body.get("fields", {}).items()},
        layout=tuple(_load_layout_item(item) for item in body.get("layout", ())),
        facts=tuple(body.get("facts", ())),
        related=tuple(body.get("related", ())),
        team={part: tuple(keys) for part, keys in body.get("team", {}).items()},
        actions={key: load_action(key, part) for key, part in body.get("actions", {}).items()},
        timeline=dict(body.get("timeline", {})),
        views=_load_views(body),
        rules={rule: _load_rule(rule, part) for rule, part in body.get("rules", {}).items()},
        unique={rule: _load_uniqueness(rule, part) for rule, part in body.get("unique", {}).items()},
        duplicates={
            rule: _load_duplicate_rule(key, rule, part) for rule, part in body.get("duplicates", {}).items()
        },
        conversions={name: load_conversion(name, part) for name, part in body.get("conversions", {}).items()},
        permissions=None
        if permissions is None
        else {group: _load_group(group, part) for group, part in permissions.items()},
        search=None if search is None else tuple(search),
    )


def _dump_form(form: FormDefinition) -> dict[str, Any]:
    body = _without_blanks(
        label=form.label,
        plural=None if form.plural == form.label else form.plural,
        icon=form.icon,
        color=form.color,
        description=form.description,
        title=form.title,
        fields={key: _dump_field(field) for key, field in form.fields.items()},
        layout=dump_layout(form.layout),
        facts=list(form.facts),
        related=list(form.related),
        team={part: list(keys) for part, keys in form.team.items()},
        actions={key: dump_action(action) for key, action in form.actions.items()},
        timeline=dict(form.timeline),
        views={key: _dump_view(view) for key, view in form.views.items()},
        view_order=list(form.views),
        rules={key: _dump_rule(rule) for key, rule in form.rules.items()},
        unique={key: _dump_uniqueness(rule) for key, rule in form.unique.items()},
        duplicates={key: _dump_duplicate_rule(form.key, rule) for key, rule in form.duplicates.items()},
        conversions={key: dump_conversion(found) for key, found in form.conversions.items()},
    )
    if form.permissions is not None:
        body["permissions"] = {key: _dump_group(group) for key, group in form.permissions.items()}
    if form.search is not None:
        body["search"] = list(form.search)
    return body


def load_field(key: str, body: Json) -> FieldDefinition:
    """A field from its JSON, in which every label has all languages."""
    return FieldDefinition(
        key=key,
        type=body["type"],
        label=body["label"],
        help=body.get("help"),
        placeholder=body.get("placeholder"),
        required=_condition(body.get("required")),
        visible=body.get("visible"),
        read_only=_condition(body.get("read_only")),
        default=body.get("default"),
        unique=body.get("unique", False),
        validations=tuple(body.get("validate", {}).items()),
        hidden=body.get("hidden", False),
        was=body.get("was"),
        takes_over=tuple(body.get("takes_over", ())),
        settings={
            name: value for name, value in body.items() if name not in schemas()["field"]["properties"]
        },
    )


def _dump_field(field: FieldDefinition) -> dict[str, Any]:
    common = _without_blanks(
        type=field.type,
        label=field.label,
        help=field.help,
        placeholder=field.placeholder,
        required=_condition_json(field.required),
        visible=field.visible,
        read_only=_condition_json(field.read_only),
        default=field.default,
        unique=field.unique,
        validate=dict(field.validations),
        hidden=field.hidden,
        was=field.was,
        takes_over=list(field.takes_over),
    )
    return {**common, **field.settings}


def _condition(value: bool | str | None) -> str | None:
    """`true` in a document is the condition TRUE; `false` is the same as leaving it out."""
    return ("TRUE" if value else None) if isinstance(value, bool) else value


def _condition_json(text: str | None) -> bool | str | None:
    return True if text == "TRUE" else text


def _load_layout_item(item: Any) -> LayoutItem:
    if isinstance(item, str):
        return item
    if "list" in item:
        return load_list(item)
    content = tuple(_load_layout_item(inner) for inner in item.get("content", ()))
    if "tab" in item:
        return Tab(key=item["tab"], label=item["label"], content=content)
    return Section(
        key=item["section"],
        label=item["label"],
        content=content,
        columns=item.get("columns"),
        collapsed=item.get("collapsed", False),
        visible=item.get("visible"),
    )


def _dump_layout_item(item: LayoutItem) -> Any:
    match item:
        case str():
            return item
        case RelatedList():
            return dump_list(item)
        case Tab():
            return {"tab": item.key, "label": item.label, "content": dump_layout(item.content)}
        case Section():
            head = _without_blanks(
                section=item.key,
                label=item.label,
                columns=item.columns,
                collapsed=item.collapsed,
                visible=item.visible,
            )
            return {**head, "content": dump_layout(item.content)}


def _load_views(body: Json) -> dict[str, ViewDefinition]:
    bodies = body.get("views", {})
    order = [*body.get("view_order", ())]
    order += [key for key in bodies if key not in set(order)]
    return {key: _load_view(key, bodies[key]) for key in order}


def _load_view(key: str, body: Json) -> ViewDefinition:
    return ViewDefinition(
        key=key,
        label=body["label"],
        visible_to=load_audience(body),
        kind=body.get("kind", "list"),
        columns=tuple(body.get("columns", ())),
        filter=body.get("filter"),
        sort=body.get("sort"),
        group_by=body.get("group_by"),
        card=tuple(body.get("card", ())),
        measure=body.get("measure"),
        totals=body.get("totals"),
        colors=tuple(ColorRule(**rule) for rule in body.get("colors", ())),
        quick_filters=tuple(QuickFilter(**item) for item in body.get("quick_filters", ())),
        calendar=load_calendar(body.get("calendar")),
        gallery=load_gallery(body.get("gallery")),
        tree=load_tree(body.get("tree")),
    )


def _dump_view(view: ViewDefinition) -> dict[str, Any]:
    written = _without_blanks(
        label=view.label,
        kind=view.kind,
        columns=list(view.columns),
        filter=view.filter,
        sort=view.sort,
        group_by=view.group_by,
        card=list(view.card),
        measure=view.measure,
        colors=[_without_blanks(when=rule.when, color=rule.color, field=rule.field) for rule in view.colors],
        quick_filters=[_without_blanks(field=item.field, value=item.value) for item in view.quick_filters],
    )
    kinds = {"calendar": view.calendar, "gallery": view.gallery, "tree": view.tree}
    given = {name: dump_settings(found) for name, found in kinds.items() if found is not None}
    return (
        written
        | dump_audience(view.visible_to)
        | given
        | ({} if view.totals is None else {"totals": dict(view.totals)})
    )


def _load_rule(key: str, body: Json) -> RuleDefinition:
    return RuleDefinition(
        key=key,
        validate=body["validate"],
        message=body["message"],
        fields=tuple(body.get("fields", ())),
        when=body.get("when"),
    )


def _dump_rule(rule: RuleDefinition) -> dict[str, Any]:
    return _without_blanks(
        validate=rule.validate, message=rule.message, fields=list(rule.fields), when=rule.when
    )


def _load_uniqueness(key: str, body: Json) -> UniquenessDefinition:
    return UniquenessDefinition(
        key=key,
        fields=load_match(body["fields"]),
        when=body.get("when"),
        message=body.get("message"),
    )


def _dump_uniqueness(rule: UniquenessDefinition) -> dict[str, Any]:
    return _without_blanks(fields=dump_match(rule.fields), when=rule.when, message=rule.message)


def _load_duplicate_rule(form: str, key: str, body: Json) -> DuplicateRuleDefinition:
    match = load_match(body["match"])
    own = tuple(one.field for one in match)
    return DuplicateRuleDefinition(
        key=key,
        label=body["label"],
        match=match,
        targets=tuple(
            MatchDefinition(form=part["form"], fields=tuple(part.get("match", own)), when=part.get("when"))
            for part in body.get("with", [{"form": form}])
        ),
        when=body.get("when"),
        answers=body.get("on", {}),
        tell=frozenset(body.get("tell", ())),
    )


def _dump_duplicate_rule(form: str, rule: DuplicateRuleDefinition) -> dict[str, Any]:
    own = tuple(one.field for one in rule.match)
    targets = [
        _without_blanks(
            form=target.form, match=None if target.fields == own else list(target.fields), when=target.when
        )
        for target in rule.targets
    ]
    return _without_blanks(
        label=rule.label,
        match=dump_match(rule.match),
        **{"with": None if targets == [{"form": form}] else targets, "on": dict(rule.answers)},
        when=rule.when,
        tell=sorted(rule.tell),
    )


def _load_group(key: str, body: Json) -> PermissionGroupDefinition:
    return PermissionGroupDefinition(
        key=key,
        label=body.get("label"),
        roles=tuple(body["roles"]),
        external=tuple(body.get("external", ())),
        actions=tuple(body["actions"]),
        rows=body.get("rows", "all"),
        department=body.get("department"),
        hidden_fields=tuple(body.get("hidden_fields", ())),
        masked_fields={key: MaskDefinition(**mask) for key, mask in body.get("masked_fields", {}).items()},
        read_only_fields=tuple(body.get("read_only_fields", ())),
        writable_fields=tuple(body.get("writable_fields", ())),
        other_fields=body.get("other_fields", "writable"),
        buttons=tuple(body["buttons"]) if "buttons" in body else None,
    )


def _dump_group(group: PermissionGroupDefinition) -> dict[str, Any]:
    rights = {"roles": list(group.roles), "actions": list(group.actions), "rows": group.rows}
    if group.buttons is not None:
        rights["buttons"] = list(group.buttons)
    return rights | _without_blanks(
        label=group.label,
        external=list(group.external),
        department=group.department,
        hidden_fields=list(group.hidden_fields),
        masked_fields={
            key: {"first": mask.first, "last": mask.last} for key, mask in group.masked_fields.items()
        },
        read_only_fields=list(group.read_only_fields),
        writable_fields=list(group.writable_fields),
        other_fields=None if group.other_fields == "writable" else group.other_fields,
    )


def _load_menu_entry(entry: Json) -> MenuItem | MenuGroup:
    if "form" in entry:
        return _load_menu_item(entry)
    return MenuGroup(
        key=entry["group"],
        label=entry["label"],
        icon=entry.get("icon"),
        items=tuple(_load_menu_item(item) for item in entry.get("items", ())),
        visible_to=load_audience(entry),
    )


def _load_menu_item(item: Json) -> MenuItem:
    return MenuItem(form=item["form"], view=item.get("view"), visible_to=load_audience(item))


def _dump_menu_entry(entry: MenuItem | MenuGroup) -> dict[str, Any]:
    if isinstance(entry, MenuItem):
        return _without_blanks(form=entry.form, view=entry.view) | dump_audience(entry.visible_to)
    head = _without_blanks(group=entry.key, label=entry.label, icon=entry.icon)
    items = [_dump_menu_entry(item) for item in entry.items]
    return {**head, "items": items, **dump_audience(entry.visible_to)}


def _without_blanks(**properties: Any) -> dict[str, Any]:
    """The properties that say something: None, False and empty collections are left out."""
    return {name: value for name, value in properties.items() if value not in (None, False, {}, [], "")}

"""What an expression over a form may use, along relations too, as the person who writes it may know it."""

from collections.abc import Collection, Mapping
from typing import Any

from joinery.definitions import JOINT, AppNames, ExpressionNames, names_in_app, owner_key, with_line_forms
from joinery.directory import Actor
from joinery.forms import SYSTEM_LABELS, catalogue
from joinery.formulas import BLANK, THIS_RECORD, FormNames, Names, type_labels
from joinery.kernel import LANGUAGES, Forbidden, NotFound
from joinery.permissions import reach_of
from joinery.runtime.apps.drafts import get_draft
from joinery.runtime.kinds import FORM
from joinery.runtime.records.open_form import current_version, open_app, open_form
from joinery.runtime.unit import Unit
from joinery.storage import apps

Json = Mapping[str, Any]

THIS_LABEL = {"en": "This record", "zh": "当前记录"}
CHANGE_THE_APP = {"en": "change this app", "zh": "修改此应用"}


def list_names(
    unit: Unit,
    actor: Actor,
    app: str,
    form: str | None,
    *,
    in_draft: bool = False,
    record: str | None = None,
) -> dict[str, Any]:
    """The names of a form and of every form its relations lead to, with labels and types; None: of all forms.

    Only what the actor may read; with `in_draft` (for administrators) what the draft of the app would offer.
    `record` is the form of the record in hand, behind `$form`, in expressions about records to choose from.
    """
    if in_draft:
        document, of_draft = draft_names(unit, actor, app)
        forms: Mapping[str, FormNames] = {key: of_draft.names(key) for key in of_draft.forms}
    else:
        forms = reach_of(actor, open_app(unit, app).compiled).names
        document = apps.document_of(unit, app, current_version(unit, app))
    begin = [one for one in (form, record) if one is not None]
    if any(one not in forms for one in begin):
        raise NotFound(kind=FORM)
    bodies = with_line_forms(document)["forms"]
    shown = forms if form is None else _reachable(begin, forms)
    answer: dict[str, Any] = {
        "app": app,
        "form": form,
        "forms": {
            **{
                f"{key}.{field}": _branch_names(bodies, key, field, forms)
                for key in shown
                for field in forms[key].branches
            },
            **{
                key: {
                    "label": _label(bodies[key], key),
                    "plural": _label({"label": bodies[key].get("plural") or bodies[key].get("label")}, key),
                    "names": _names(bodies, key, forms),
                }
                for key in shown
            },
        },
        "types": type_labels(),
    }
    if form is not None and record is not None:
        this = {"label": THIS_LABEL, "type": "record", "leads_to": record, "many": False}
        answer["forms"][form]["names"][THIS_RECORD] = this
    return answer


def draft_names(unit: Unit, actor: Actor, app: str) -> tuple[Json, AppNames]:
    """The forms of the draft, or of what is published when there is none, and their names.

    Raises Forbidden for anybody but administrators.
    """
    if not actor.administers(app):
        raise Forbidden(action=CHANGE_THE_APP)
    document = get_draft(unit, actor, app)["document"]
    names = names_in_app(document, catalogue())
    return {"forms": names.forms}, names


def expression_names(unit: Unit, actor: Actor, app: str, form: str, *, in_draft: bool) -> Names:
    """The names by which an expression over a form is checked."""
    if in_draft:
        names = draft_names(unit, actor, app)[1]
        if form not in names.forms:
            raise NotFound(kind=FORM)
        return ExpressionNames(names, form)
    record_form, _, subform = form.partition(JOINT)
    at = open_form(unit, actor, app, record_form)
    if not subform:
        return at.names
    if form not in at.reach.names:
        raise NotFound(kind=FORM)
    return at.reach.names[form]


def names_with_options(unit: Unit, actor: Actor, app: str, form: str, *, in_draft: bool) -> ExpressionNames:
    """All names of a form as the definition has them, which knows the options of choices too.

    For what was checked with `expression_names` before: it looks no further than the actor may.
    """
    if in_draft:
        return ExpressionNames(draft_names(unit, actor, app)[1], form)
    document = apps.document_of(unit, app, current_version(unit, app))
    return ExpressionNames(names_in_app(document, catalogue()), form)


def _reachable(begin: Collection[str], forms: Mapping[str, FormNames]) -> list[str]:
    found, waiting = dict.fromkeys(begin), list(begin)
    while waiting:
        for link in forms[waiting.pop()].links.values():
            if link.form in forms and link.form not in found:
                found[link.form] = None
                waiting.append(link.form)
    return list(found)


def _names(bodies: Json, form: str, forms: Mapping[str, FormNames]) -> dict[str, Any]:
    names = forms[form]
    keys: Collection[str] = dict.fromkeys(
        (*names.keys, *(key for key in names.links if owner_key(key) == key))
    )
    own = bodies[form].get("fields", {})
    ordered = sorted(keys, key=lambda key: list(own).index(key) if key in own else len(own))
    shown: dict[str, Any] = {}
    for key in ordered:
        link, found = names.link(key), names.type_of((key,))
        if found is None or found == BLANK:
            continue
        body = own.get(key, {})
        if link is not None and link.inverse and key not in own:
            body = bodies[link.form]["fields"][owner_key(link.field)]["inverse"]
        shown[key] = {"label": _label(body, key), "type": found.kind}
        if key not in own and key in SYSTEM_LABELS:
            shown[key]["label"] = SYSTEM_LABELS[key]
        if found.item is not None:
            shown[key]["item"] = found.item.kind
        if link is not None:
            shown[key] |= {"leads_to": link.form, "many": link.many}
        elif key in names.branches:
            shown[key] |= {"leads_to": f"{form}.{key}", "many": False}
        if options := body.get("options"):
            shown[key]["options"] = _options(body, options)
    return shown


def _branch_names(bodies: Json, form: str, field: str, forms: Mapping[str, FormNames]) -> dict[str, Any]:
    """The step of a path behind a relation to one of several forms: which of them, or what all have."""
    names = forms[form]
    label = _label(bodies[form]["fields"][field], field)
    steps: dict[str, Any] = {
        there: {"label": _label(bodies[there], there), "type": "record", "leads_to": there, "many": False}
        for there in names.branches[field]
        if there in forms
    }
    for key, shown in SYSTEM_LABELS.items():
        if (found := names.type_of((*names.spread((field, key))[0],))) is not None:
            steps[key] = {"label": shown, "type": found.kind}
    return {"label": label, "plural": label, "names": steps}


def _options(body: Json, options: Json) -> dict[str, Any]:
    order = [one for one in body.get("option_order", ()) if one in options]
    return {key: _label(options[key], key) for key in dict.fromkeys((*order, *options))}


def _label(body: Json, key: str) -> dict[str, str]:
    """The label of a part of a definition in every language; its key where it has none."""
    label = body.get("label") or {}
    substitute = next(iter(label.values()), key)
    return {**dict.fromkeys(LANGUAGES.values(), substitute), **label}

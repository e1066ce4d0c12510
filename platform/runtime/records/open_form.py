"""A form as one actor works with it in one transaction: the first step of every use case with records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from joinery.directory import Actor, Directory
from joinery.forms import Form
from joinery.formulas import EvaluationContext, FormNames
from joinery.kernel import NotFound, is_key
from joinery.permissions import FormAccess, Reach, access_for, reach_of
from joinery.runtime.kinds import APP, FORM
from joinery.runtime.unit import Unit
from joinery.storage import apps, calendar, directory
from joinery.storage.apps import LoadedApp
from joinery.storage.record_tables import RecordTable


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """One form, opened: `access` says what the actor may do with it.

    `lines` are rights on forms of its lines, by their keys, where they are not those of the actor's groups.
    """

    unit: Unit
    actor: Actor
    app: LoadedApp
    form: Form
    table: RecordTable
    access: FormAccess
    evaluation: EvaluationContext
    directory: Directory
    lines: Mapping[str, FormAccess] = field(default_factory=dict)

    @property
    def reach(self) -> Reach:
        """How far the actor may follow relations."""
        return reach_of(self.actor, self.app.compiled)

    @property
    def lookup(self) -> Directory:
        """Whom the actor may look up by a name or a number: what he types is read by it."""
        return self.directory.known_to(self.actor)

    @property
    def names(self) -> FormNames:
        """The names that expressions of the actor's own may use."""
        return self.reach.names[self.form.key]

    def beside(self, form_key: str) -> "OpenForm":
        """Another form of the same app for the same actor, whatever he may do with it."""
        form = self.app.compiled.forms[form_key]
        return OpenForm(
            unit=self.unit,
            actor=self.actor,
            app=self.app,
            form=form,
            table=self.app.tables[form_key],
            access=self.lines.get(form_key) or access_for(self.actor, form),
            evaluation=self.evaluation,
            directory=self.directory,
        )

    def seen_by(self, person: Actor) -> "OpenForm":
        """The same form for somebody else."""
        return replace(
            self,
            actor=person,
            access=access_for(person, self.form),
            evaluation=evaluation_context(self.unit, person),
            lines={},
        )

    def for_batch(self) -> "OpenForm":
        """The same form where only those records may be changed that may be changed together.

        Raises Forbidden when there are none.
        """
        self.access.require("batch")
        scopes = {**self.access.scopes, "edit": self.access.rows_for("batch")}
        return replace(self, access=replace(self.access, scopes=scopes))

    def as_app(self) -> "OpenForm":
        """The same form with the rights of the app, for what a definition does by itself."""
        return replace(self, access=access_for(replace(self.actor, is_admin=True), self.form), lines={})

    def as_anybody(self) -> "OpenForm":
        """The same with these rights on the forms beside it too, of which its lines are some."""
        return replace(self.as_app(), actor=replace(self.actor, is_admin=True))


def open_app(unit: Unit, app_key: str) -> LoadedApp:
    """The published version of an app; raises NotFound."""
    if not is_key(app_key):
        raise NotFound(kind=APP)
    return apps.load(unit, app_key)


def current_version(unit: Unit, app_key: str) -> int:
    """The number of the published version of an app; 0 when there is none."""
    return next((found.version for found in apps.list_apps(unit) if found.key == app_key), 0)


def open_form(unit: Unit, actor: Actor, app_key: str, form_key: str, action: str = "view") -> OpenForm:
    """A form the actor may `action`.

    Raises NotFound when there is no such form or the actor may not know it, Forbidden when he may see
    it but not do this.
    """
    at = open_unchecked(unit, actor, app_key, form_key)
    if not at.access.allows("view"):
        raise NotFound(kind=FORM)
    at.access.require(action)
    return at


def open_unchecked(unit: Unit, actor: Actor, app_key: str, form_key: str) -> OpenForm:
    """A form with what the actor may do there, be it nothing: for those who look after rights themselves.

    Raises NotFound when there is no such form.
    """
    app = open_app(unit, app_key)
    form = app.compiled.forms.get(form_key)
    # Lines are reached through their records alone.
    if form is None or form.parent is not None:
        raise NotFound(kind=FORM)
    return OpenForm(
        unit=unit,
        actor=actor,
        app=app,
        form=form,
        table=app.tables[form_key],
        access=access_for(actor, form),
        evaluation=evaluation_context(unit, actor),
        directory=directory.load(unit),
    )


def viewable_forms(unit: Unit, actor: Actor, app: LoadedApp) -> Iterator[OpenForm]:
    """Every form of an app that the actor may view, in the order of the definition."""
    evaluation = evaluation_context(unit, actor)
    people = directory.load(unit)
    for key, form in app.compiled.forms.items():
        access = access_for(actor, form)
        if form.parent is None and access.allows("view"):
            yield OpenForm(
                unit=unit,
                actor=actor,
                app=app,
                form=form,
                table=app.tables[key],
                access=access,
                evaluation=evaluation,
                directory=people,
            )


def evaluation_context(unit: Unit, actor: Actor) -> EvaluationContext:
    """What expressions may know about the moment, the workspace and the actor."""
    return EvaluationContext(
        now=unit.now,
        time_zone=unit.workspace.time_zone,
        user_id=actor.user_id,
        department_ids=actor.department_ids,
        roles=tuple(sorted(actor.roles)),
        organisation_id=actor.organisation_id,
        calendar=calendar.load(unit),
        people=directory.load(unit),
    )


def viewable_everywhere(unit: Unit, actor: Actor) -> Iterator[OpenForm]:
    """Every form of every app that the actor may view."""
    for installed in apps.list_apps(unit):
        yield from viewable_forms(unit, actor, apps.load(unit, installed.key))

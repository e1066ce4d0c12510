"""Plays workflows in memory: a small company, one record, and effects that are carried out at once.

Every event is played twice: on the instance as it is, and on what comes of it when it is written to JSON and
read again. Both must come to the same; `reload` says with which it goes on.
"""

import json
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from joinery.definitions import check_app, load_app
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext, FormulaProblem, compile_formula, evaluate
from joinery.kernel import issue_message
from joinery.workflows import (
    CallWebhook,
    CancelTimer,
    CreateRecord,
    Decided,
    EffectDone,
    EffectFailed,
    GiveUpChildren,
    Notify,
    RecordChanged,
    SendMessage,
    SetFields,
    StartChildren,
    Started,
    StartTimer,
    TimerFired,
    UpdateRecords,
    catalogue,
    decisions_of,
    instance_json,
    new_instance,
    read_instance,
    step,
)

ANN, BOB, CAY, DAN, EVE, FAY, ADA = range(1, 8)
#: Everybody's manager, and who has which role.
MANAGERS = {ANN: BOB, BOB: CAY, CAY: DAN}
ROLES = {"lead": (BOB,), "finance": (CAY, EVE), "director": (DAN,), "nobody": ()}
#: Who is in the department of whom.
TEAMS = {BOB: (BOB, CAY), CAY: (BOB, CAY)}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = {"en": "X", "zh": "某"}


def document_of(nodes, **properties):
    """An app with one workflow over a small form."""
    options = {key: {"label": TEXT} for key in ("draft", "busy", "at_lead", "ok", "no")}
    fields = {
        "name": {"type": "text", "label": TEXT},
        "amount": {"type": "number", "label": TEXT},
        "helper": {"type": "user", "label": TEXT},
        "day": {"type": "date", "label": TEXT},
        "status": {"type": "choice", "label": TEXT, "options": options},
    }
    order = {
        "label": TEXT,
        "title": "{no}",
        "fields": {
            "no": {"type": "text", "label": TEXT},
            "thing": {"type": "relation", "form": "thing", "label": TEXT, "inverse": {"key": "orders"}},
        },
    }
    body = {
        "label": TEXT,
        "form": "thing",
        "starts": [{"on": "button"}],
        "first": next(iter(nodes)),
        "nodes": {key: {"label": TEXT, **node} for key, node in nodes.items()},
        **properties,
    }
    child = {
        "label": TEXT,
        "form": "order",
        "starts": [{"on": "button"}],
        "first": "e",
        "nodes": {"e": {"type": "end", "label": TEXT}},
    }
    return {
        "joinery": 1,
        "app": "a",
        "version": "1.0.0",
        "label": TEXT,
        "roles": {key: {"label": TEXT} for key in ROLES},
        "forms": {"thing": {"label": TEXT, "title": "{name}", "fields": fields}, "order": order},
        "workflows": {"w": body, "child": child, "aside": {**child, "form": "thing"}},
    }


def workflow_of(nodes, **properties):
    """The workflow and the compiled form; mistakes in it fail the test."""
    document = document_of(nodes, **properties)
    issues = [f"{one.path}: {issue_message(one, 'en')}" for one in check_app(document, catalogue())]
    assert issues == []
    app = compile_app(load_app(document))
    return app.definition.workflows["w"], app.forms["thing"]


def reloaded(instance):
    """An instance that was stored and read again."""
    return read_instance(json.loads(json.dumps(instance_json(instance))))


class Company:
    """The engine's world: one record in memory."""

    def __init__(self, form, values, away=None, left=()):
        self.form, self.values = form, dict(values)
        self.away, self.left = away or {}, set(left)
        self.now = NOON
        self.compiled = {}

    def _compute(self, text):
        if text not in self.compiled:
            self.compiled[text] = compile_formula(text, self.form.names)
        checked = self.compiled[text]
        found = evaluate(checked, self.values, EvaluationContext(now=self.now, user_id=ANN))
        return None if isinstance(found, FormulaProblem) else found

    def condition(self, text):
        return self._compute(text) is True

    def evaluate(self, text):
        return self._compute(text)

    def people(self, rule, instance):
        match rule["by"]:
            case "users":
                found = rule["users"]
            case "role":
                found = ROLES[rule["role"]]
            case "initiator":
                found = [instance.initiator]
            case "manager":
                found = [MANAGERS.get(instance.initiator)]
            case "manager_chain":
                found, one = [], instance.initiator
                while (one := MANAGERS.get(one)) and len(found) < rule["up_to"]["level"]:
                    found.append(one)
            case "field":
                found = [self.values.get(rule["field"])]
            case "decider_of":
                done = [task for task in instance.tasks if task.node == rule["node"]]
                found = [task.user for task in done if task.state == "done"]
        return tuple(user for user in dict.fromkeys(found) if user is not None and self.is_active(user))

    def deputy(self, user):
        return self.away.get(user)

    def administrators(self):
        return (ADA,) if self.is_active(ADA) else ()

    def is_active(self, user):
        return user not in self.left

    def works_with(self, user, other):
        return other in TEAMS.get(user, ())

    def day_begins(self, day):
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def add(self, amount, unit, start):
        days = {"working_days": "days", "working_hours": "hours"}
        return start + timedelta(**{days.get(unit, unit): amount})


class Play:
    """A workflow that is played; attributes tell what can be seen from outside."""

    def __init__(self, nodes, *, reload=False, values=None, away=None, left=(), properties=None):
        self.workflow, form = workflow_of(nodes, **(properties or {}))
        self.world = Company(form, values or {}, away, left)
        self.reload = reload
        self.steps, self.told, self.created, self.keys = [], [], [], []
        self.timers, self.failing = {}, set()
        self.children, self.given_up = [], []
        self.instance = new_instance(
            id=7, workflow=self.workflow, number=1, record=1, initiator=ANN, now=NOON
        )

    def start(self, initiator=ANN):
        return self.happen(Started(initiator))

    def happen(self, event):
        """Let something happen, with all that its effects lead to."""
        events = deque([event])
        while events:
            event, written = events.popleft(), reloaded(self.instance)
            assert written == self.instance
            if self.reload:
                self.instance = written
            outcome = step(self.workflow, self.instance, event, self.world)
            assert step(self.workflow, reloaded(self.instance), event, self.world) == outcome
            self.steps += outcome.instance.steps
            self.instance = replace(outcome.instance, steps=())
            for effect in outcome.effects:
                events += self._perform(effect)
        return self

    def _perform(self, effect):
        again = isinstance(effect, CallWebhook) and effect.key in self.keys
        assert again or effect.key not in self.keys, "no wish is made twice"
        self.keys.append(effect.key)
        match effect:
            case SetFields():
                if "set" in self.failing:
                    return [EffectFailed(effect.key, "No.", "不行。")]
                self.world.values.update(effect.values)
                return [EffectDone(effect.key), RecordChanged()]
            case CreateRecord() | UpdateRecords():
                self.created.append(effect.node)
                return [EffectDone(effect.key, {"form": "order", "id": 1})]
            case GiveUpChildren():
                self.given_up += effect.children
            case CallWebhook():
                return [EffectDone(effect.key, {"status": 200, "values": {"name": "called"}})]
            case SendMessage():
                return [EffectDone(effect.key, {"users": list(effect.users), "addresses": 0})]
            case StartChildren():
                return [EffectDone(effect.key, {"children": self.children})]
            case StartTimer():
                self.timers[effect.name] = effect.at
            case CancelTimer():
                self.timers.pop(effect.name, None)
            case Notify():
                self.told.append((effect.kind, effect.users))
        return []

    def change(self, **values):
        """Somebody saves the record."""
        self.world.values.update(values)
        return self.happen(RecordChanged())

    def wait(self, **span):
        """Time passes; timers fire in their order."""
        until = self.world.now + timedelta(**span)
        while due := sorted((at, name) for name, at in self.timers.items() if at <= until):
            at, name = due[0]
            self.world.now = max(at, self.world.now)
            del self.timers[name]
            self.happen(TimerFired(name))
        self.world.now = until
        return self

    def decide(self, user, decision, **more):
        """Somebody decides the one task he has open."""
        mine = [task for task in self.instance.tasks if task.user == user and task.state == "open"]
        assert len(mine) == 1, f"{user} has {len(mine)} tasks, open are {self.asked}"
        usual = {"comment": "because"}
        return self.happen(Decided(mine[0].id, user, decision, **{**usual, **more}))

    def offers(self, user):
        """What somebody may decide, by name."""
        [task] = [task for task in self.instance.tasks if task.user == user and task.state == "open"]
        return {one.key: one for one in decisions_of(self.workflow, self.instance, task.id)}

    @property
    def asked(self):
        """Who has an open task at which node."""
        return sorted((task.user, task.node) for task in self.instance.tasks if task.state == "open")

    @property
    def at(self):
        """The nodes at which it stands."""
        return sorted(token.node for token in self.instance.tokens)

    @property
    def status(self):
        return self.instance.status

    @property
    def path(self):
        """The nodes that were entered, in order."""
        return [one.node for one in self.steps if one.event == "entered"]

    def events(self, node=None):
        return [one.event for one in self.steps if node in (None, one.node)]

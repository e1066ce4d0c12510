"""Every kind of step that a workflow can take: how one comes to it, and the step itself."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from joinery.adapters import RecordingCaller, WebhookAnswer
from joinery.runtime.records import records
from joinery.runtime.webhooks.calling import run_call
from joinery.runtime.workflows import batch_deciding, deciding, managing, migrating
from joinery.runtime.workflows.effects import TIMER
from joinery.runtime.workflows.scheduled import SCHEDULED, look_in
from joinery.runtime.workflows.telling import MAIL
from tests.integration.workflows.company import APP, ORDER, QUOTE, Company, Subject, quotes_with

LABEL = {"en": "X", "zh": "某"}
HOURS = {"amount": 5, "unit": "hours"}

#: What is done, once all that it needs to know was looked up.
Work = Callable[[], Any]
#: Looks up what a step needs.
Plan = Callable[[Company, Subject], Work]


def people(*roles: str) -> list[dict[str, Any]]:
    return [{"by": "role", "role": role} for role in roles]


def approval(role: str = "manager", **settings: Any) -> dict[str, Any]:
    return {"type": "approval", "assignees": people(role), "next": "last", **settings}


END = {"type": "end"}


def workflow(nodes: Mapping[str, Any], **properties: Any) -> dict[str, Any]:
    """A workflow of these nodes, with a last approval and an end behind them where they lead there."""
    whole = dict(nodes)
    for key, node in (("last", approval("guest", next="done")), ("done", END)):
        if f'"{key}"' in json.dumps(whole):
            whole[key] = node
    return {
        "label": LABEL,
        "form": QUOTE,
        "starts": [{"on": "button"}],
        "state": {
            "field": "status",
            "running": "in_approval",
            "approved": "approved",
            "rejected": "rejected",
        },
        "lock": {"fields": []},
        "withdraw": "any_time",
        "first": next(iter(nodes)),
        "nodes": {key: {"label": LABEL, **node} for key, node in whole.items()},
        **properties,
    }


def behind(node: Mapping[str, Any]) -> dict[str, Any]:
    """A workflow in which an approval leads into a node."""
    return workflow({"ask": approval(next="node"), "node": {"next": "last", **node}})


def branch(kind: str, **when: str) -> dict[str, Any]:
    """Ways over an approval each, that meet in a join."""
    ways = {key: {"label": LABEL, "when": text, "next": key} for key, text in when.items()}
    for key, way in list(ways.items()):
        if not way["when"]:
            del ways[key]["when"]
    node = {"type": "branch", "kind": kind, "branches": ways}
    joined = {} if kind == "exclusive" else {"join": {"type": "join", "next": "last"}}
    asked = {key: approval(next="join" if joined else "last") for key in ways}
    return workflow({"ask": approval(next="node"), "node": node, **asked, **joined})


CHILD = {
    "label": LABEL,
    "form": ORDER,
    "starts": [{"on": "button"}],
    "first": "check",
    "nodes": {
        "check": {"type": "approval", "label": LABEL, "assignees": people("manager"), "next": "done"},
        "done": {"label": LABEL, **END},
    },
}


# How one comes to a step.


def at_first(company: Company, name: str) -> Subject:
    """Somebody is asked for the first time."""
    return company.started(company.quote(name))


def with_orders(company: Company, name: str) -> Subject:
    subject = company.quote(name)
    for _ in range(2):
        company.order(subject.record)
    return company.started(subject)


def through(*decisions: tuple[str, ...], begin: Callable[[Company, str], Subject] = at_first) -> Any:
    """Somebody decided, one after another: (name, decision, member, value)."""

    def prepared(company: Company, name: str) -> Subject:
        subject = begin(company, name)
        for who, decision, *more in decisions:
            company.decide(subject, who, decision, **_said(company, more))
        return subject

    return prepared


def _said(company: Company, more: Any) -> dict[str, Any]:
    pairs = dict(zip(more[::2], more[1::2], strict=True))
    return {key: [company.ids[value]] if key == "users" else value for key, value in pairs.items()}


# The steps.


def decided(who: str, decision: str, *more: str) -> Plan:
    def plan(company: Company, subject: Subject) -> Work:
        task = company.task(subject, who)
        body = {"decision": decision, "comment": "because", "key": "k", **_said(company, more)}
        return lambda: company.act(who, deciding.decide, task, body)

    return plan


def decided_in_a_batch(company: Company, subject: Subject) -> Work:
    body = {"tasks": [company.task(subject, "manager")], "decision": "approve", "key": "k"}
    return lambda: company.act("manager", batch_deciding.decide_many, body)


def signed(company: Company, subject: Subject) -> Work:
    task = company.task(subject, "manager")
    body = {"decision": "approve", "signature": {"typed": "Manager"}, "key": "k"}
    return lambda: company.act("manager", deciding.decide, task, body)


def filled_in(company: Company, subject: Subject) -> Work:
    task = company.task(subject, "manager")
    body = {"decision": "submit", "values": {"checked": "yes"}, "key": "k"}
    return lambda: company.act("manager", deciding.decide, task, body)


def pressed(company: Company, subject: Subject) -> Work:
    body = {"workflow": subject.workflow, "key": "k"}
    return lambda: company.act("sales", managing.start, APP, QUOTE, subject.record, body)


def changed(**values: Any) -> Plan:
    def plan(company: Company, subject: Subject) -> Work:
        revision = company.act("boss", records.get_record, APP, QUOTE, subject.record)["revision"]
        return lambda: company.act(
            "sales", records.update_record, APP, QUOTE, subject.record, revision, values
        )

    return plan


def created(**values: Any) -> Plan:
    def plan(company: Company, subject: Subject) -> Work:
        whole = {"no": "Q", **values}
        return lambda: company.act("sales", records.create_record, APP, QUOTE, whole)

    return plan


def managed(who: str, use: Callable[..., Any], *arguments: Any) -> Plan:
    """What is done with the run as a whole."""

    def plan(company: Company, subject: Subject) -> Work:
        run = company.run(subject)
        return lambda: company.act(who, use, run, *arguments)

    return plan


def given_to_another(company: Company, subject: Subject) -> Work:
    run, task, to = company.run(subject), company.task(subject, "manager"), company.ids["boss"]
    return lambda: company.act("boss", managing.reassign, run, task, to, "ill")


def fired(kind: str) -> Plan:
    """A timer of the run."""

    def plan(company: Company, subject: Subject) -> Work:
        timers = company.jobs(TIMER, company.run(subject))
        arguments = next(one for one in timers if one["timer"].startswith(kind))
        return lambda: company.work(TIMER, arguments)

    return plan


def mailed(company: Company, subject: Subject) -> Work:
    arguments = company.newest_mail()
    return lambda: company.work(MAIL, arguments)


def called(company: Company, subject: Subject) -> Work:
    """A worker calls another system, which answers."""
    found = company.ask("SELECT id FROM webhook_call WHERE instance_id = %(run)s", run=company.run(subject))
    answer = WebhookAnswer(status=200, body=b'{"no": "E-1"}')
    serving = replace(company.services, caller=RecordingCaller(answer))
    return lambda: run_call(serving, company.key, found[-1][0], 0)


def looked_for(company: Company, subject: Subject) -> Work:
    return lambda: look_in(company.services, company.key)


def came_round(company: Company, subject: Subject) -> Work:
    arguments = [one for one in company.jobs(SCHEDULED) if one["workflow"] == subject.workflow][-1]
    return lambda: company.work(SCHEDULED, arguments)


def moved_on(company: Company, subject: Subject) -> Work:
    run, workflow = company.run(subject), subject.workflow
    options = {"reason": "better", "preview": False}
    return lambda: company.act("boss", migrating.migrate, APP, workflow, [run], **options)


ONCE_MORE = "once more"
APPROVED = decided("manager", "approve")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One kind of step: the workflow, how one comes to it, and what is done. `repeated` is the code of the
    refusal that whoever did not hear the answer gets to hear, None: the answer once more, or nothing to do;
    ONCE_MORE is what cannot be told from wishing the same again.
    """

    workflow: Mapping[str, Any]
    begin: Callable[[Company, str], Subject] = at_first
    work: Plan = APPROVED
    repeated: str | None = None


ONE = workflow({"ask": approval()})
ALL = workflow({"ask": approval(several={"rule": "all"}, decisions={"hold": {}})})
BACK = workflow(
    {"ask": approval(next="second"), "second": approval("guest", decisions={"return": {"then": "choose"}})}
)


def due(then: str, **more: Any) -> dict[str, Any]:
    settings = {"after": HOURS, "then": then, "remind": [{"before": {"amount": 1, "unit": "hours"}}], **more}
    return workflow({"ask": approval(due=settings)})


def waiting(**more: Any) -> dict[str, Any]:
    return behind({"type": "wait_for", "condition": '{checked} = "yes"', **more})


def stuck(company: Company, name: str) -> Subject:
    """A rule of the form refused a value, and would not any more."""
    subject = through(("manager", "approve"))(company, name)
    assert company.act("boss", managing.get_instance, company.run(subject))["status"] == "stuck"
    company.change("boss", subject.record, checked="yes")
    return subject


def proposed(company: Company, name: str) -> Subject:
    subject = company.quote(name)
    company.change("sales", subject.record, note=name)
    return subject


def new_proposed(company: Company, name: str) -> Subject:
    nothing_yet(company, name)
    created(note="waiting")(company, Subject(record=0, workflow=name))()
    return Subject(record=0, workflow=name)


def nothing_yet(company: Company, name: str) -> Subject:
    return Subject(record=0, workflow=name)


def day_later(checked: str) -> Callable[[Company, str], Subject]:
    """A record that the schedule is about, a day after the last look."""

    def prepared(company: Company, name: str) -> Subject:
        subject = company.quote(name, checked=checked)
        look_in(company.services, company.key)
        company.clock.move(timedelta(days=1))
        return subject

    return prepared


def looked_and_found(company: Company, name: str) -> Subject:
    subject = day_later("due")(company, name)
    look_in(company.services, company.key)
    return subject


def published_anew(company: Company, name: str) -> Subject:
    """A run whose workflow has got another version meanwhile, one of two."""
    if not company.spare:
        company.spare = [at_first(company, name) for _ in range(2)]
        changed = {**company.workflows[name], "title": "New {no}"}
        company.publish(quotes_with({**company.workflows, name: changed}))
    return company.spare.pop()


def saved_as_approved(start: Mapping[str, Any]) -> dict[str, Any]:
    return workflow({"ask": approval(next="done")}, starts=[{**start, "save": "when_approved"}])


CHANGE = {"on": "change", "fields": ["note"]}


def new(note: str) -> dict[str, Any]:
    return {"on": "create", "when": f'{{note}} = "{note}"'}


def every_day(checked: str) -> dict[str, Any]:
    return workflow(
        {"ask": approval()}, starts=[{"on": "schedule", "at": "09:00", "when": f'{{checked}} = "{checked}"'}]
    )


FILL = {
    "type": "fill_in",
    "assignees": people("manager"),
    "fields": {"required": ["checked"]},
    "next": "last",
}
CREATE = {"type": "create_record", "list": "orders", "values": {"no": "{no}"}}
UPDATE = {"type": "update_records", "list": "orders", "values": {"placed": "TRUE"}}
#: Refused by a rule of the form until somebody has checked it.
REFUSED = {"type": "set_fields", "values": {"margin": "9"}}
CALL = {"type": "webhook", "url": "https://erp.example.com/{no}", "answer": {"checked": "no"}}
MESSAGE = {"type": "message", "assignees": people("guest"), "addresses": '"a@example.com"', "subject": "{no}"}
EACH = {"type": "sub_workflow", "workflow": "child", "list": "orders"}

STEPS: Mapping[str, Step] = {
    "started by a button": Step(workflow=ONE, begin=Company.quote, work=pressed),
    "started and ended at once": Step(
        workflow=workflow({"node": {**CREATE, "next": "done"}}), begin=Company.quote, work=pressed
    ),
    "approved": Step(workflow=ONE),
    "approved by the last of all": Step(workflow=ALL, begin=through(("second", "approve"))),
    "approved as one of all": Step(workflow=ALL),
    "approved and signed": Step(
        workflow=workflow({"ask": approval(decisions={"approve": {"signature": "required"}})}), work=signed
    ),
    "approved in a batch": Step(workflow=ONE, work=decided_in_a_batch),
    "rejected": Step(workflow=ONE, work=decided("manager", "reject")),
    "rejected to another node": Step(
        workflow=workflow({"ask": approval(rejected="last")}), work=decided("manager", "reject")
    ),
    "returned to the start": Step(
        workflow=BACK, begin=through(("manager", "approve")), work=decided("guest", "return", "to", "start")
    ),
    "returned straight back": Step(
        workflow=BACK,
        begin=through(("manager", "approve")),
        work=decided("guest", "return", "to", "ask", "then", "straight_back"),
    ),
    "submitted again": Step(
        workflow=BACK,
        begin=through(("manager", "approve"), ("guest", "return", "to", "start")),
        work=decided("sales", "submit"),
    ),
    "given up by who started it": Step(
        workflow=BACK,
        begin=through(("manager", "approve"), ("guest", "return", "to", "start")),
        work=decided("sales", "withdraw"),
    ),
    "passed on": Step(workflow=ONE, work=decided("manager", "reassign", "users", "boss")),
    **{
        f"somebody added {where}": Step(
            workflow=ALL, work=decided("manager", "add_approver", "users", "boss", "where", where)
        )
        for where in ("before", "after", "beside")
    },
    "somebody asked": Step(workflow=ONE, work=decided("manager", "ask", "users", "boss")),
    "answered": Step(
        workflow=ONE, begin=through(("manager", "ask", "users", "boss")), work=decided("boss", "answer")
    ),
    "held": Step(workflow=ALL, work=decided("manager", "hold")),
    "into an approval": Step(workflow=workflow({"ask": approval(next="node"), "node": approval("guest")})),
    "into a fill-in": Step(workflow=behind(FILL)),
    "filled in": Step(workflow=workflow({"ask": FILL}), work=filled_in),
    "into a copy": Step(workflow=behind({"type": "copy", "assignees": people("manager", "guest")})),
    "into an exclusive branch": Step(workflow=branch("exclusive", a="{amount} > 1", b="")),
    "into an inclusive branch": Step(workflow=branch("inclusive", a="{amount} > 1", b="{amount} > 2", c="")),
    "into a parallel branch": Step(workflow=branch("parallel", a="", b="")),
    "into a join": Step(
        workflow=branch("inclusive", a="{amount} > 1", b=""), begin=through(("manager", "approve"))
    ),
    "into set fields": Step(workflow=behind({"type": "set_fields", "values": {"amount": "{amount} + 1"}})),
    "into a creation": Step(workflow=behind(CREATE)),
    "into an update": Step(workflow=behind(UPDATE), begin=with_orders),
    "into a delay": Step(workflow=behind({"type": "delay", "after": HOURS})),
    "into a wait": Step(workflow=waiting(at_most=HOURS)),
    "into a call": Step(workflow=behind(CALL)),
    "a call is answered": Step(workflow=behind(CALL), begin=through(("manager", "approve")), work=called),
    "into a message": Step(workflow=behind(MESSAGE)),
    "into sub-workflows": Step(workflow=behind(EACH), begin=with_orders),
    "into sub-workflows that nobody waits for": Step(
        workflow=behind({**EACH, "wait": False}), begin=with_orders
    ),
    "a sub-workflow ends": Step(
        workflow=behind(EACH), begin=through(("manager", "approve"), begin=with_orders)
    ),
    "the last sub-workflow ends": Step(
        workflow=behind(EACH),
        begin=through(("manager", "approve"), ("manager", "approve"), begin=with_orders),
    ),
    "into an end of everything": Step(
        workflow=workflow({"ask": approval(next="node"), "node": {"type": "end", "result": "rejected"}})
    ),
    "a delay is over": Step(
        workflow=behind({"type": "delay", "after": HOURS}),
        begin=through(("manager", "approve")),
        work=fired("delay"),
    ),
    "waited long enough": Step(
        workflow=waiting(at_most=HOURS), begin=through(("manager", "approve")), work=fired("wait")
    ),
    "what was waited for": Step(
        workflow=waiting(),
        begin=through(("manager", "approve")),
        work=changed(checked="yes"),
        repeated="stale_revision",
    ),
    "a reminder": Step(workflow=due("nothing"), work=fired("remind")),
    **{
        f"too late: {then}": Step(workflow=due(then, to=people("guest")), work=fired("due"))
        for then in ("nothing", "approve", "reject", "return", "escalate")
    },
    "withdrawn": Step(
        workflow=ONE, work=managed("sales", managing.withdraw, "no longer"), repeated="workflow_ended"
    ),
    "urged": Step(workflow=ONE, work=managed("sales", managing.urge), repeated="workflow_urged_lately"),
    "cancelled": Step(
        workflow=ONE, work=managed("boss", managing.cancel, "wrong"), repeated="workflow_ended"
    ),
    "given to another": Step(workflow=ONE, work=given_to_another, repeated="workflow_task_closed"),
    "mailed": Step(workflow=ONE, work=mailed),
    "saved, to be approved": Step(
        workflow=saved_as_approved(CHANGE),
        begin=Company.quote,
        work=changed(note="proposed"),
        repeated="stale_revision",
    ),
    "approved, and so saved": Step(workflow=saved_as_approved(CHANGE), begin=proposed),
    "made, to be approved": Step(
        workflow=saved_as_approved(new("wished")),
        begin=nothing_yet,
        work=created(note="wished"),
        repeated=ONCE_MORE,
    ),
    "approved, and so made": Step(workflow=saved_as_approved(new("waiting")), begin=new_proposed),
    "started by a new record": Step(
        workflow=workflow({"ask": approval()}, starts=[new("started")]),
        begin=nothing_yet,
        work=created(note="started"),
        repeated=ONCE_MORE,
    ),
    "moved": Step(
        workflow=ONE, work=managed("boss", managing.move, "last", "shorter", None), repeated=ONCE_MORE
    ),
    "tried again": Step(
        workflow=behind(REFUSED), begin=stuck, work=managed("boss", managing.retry), repeated=ONCE_MORE
    ),
    "looked for by schedule": Step(workflow=every_day("never"), begin=day_later("else"), work=looked_for),
    "started by schedule": Step(workflow=every_day("due"), begin=looked_and_found, work=came_round),
    "moved to a newer version": Step(workflow=ONE, begin=published_anew, work=moved_on),
}

"""Random workflows with random decisions, while processes die at random words to the database: no effect is
lost and none is doubled. `HYPOTHESIS_PROFILE=thorough` plays ten times as many.
"""

import random
from contextlib import suppress

import pytest

from joinery.kernel import Conflict, Forbidden, InvalidInput, PlatformError, Unavailable
from joinery.runtime.records import records
from joinery.runtime.workflows import deciding, managing
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.effects import TIMER
from joinery.storage import workflow_instances
from joinery.workflows import decisions_of, read_instance
from tests.examples import examples
from tests.integration.workflows.company import APP, Workplace, between
from tests.integration.workflows.deaths import Deaths
from tests.properties.random_workflows import random_nodes
from tests.unit.workflows.play import ADA, ANN, BOB, CAY, DAN, EVE, FAY, ROLES, document_of

WORKFLOWS = examples(12)
#: What happens to each run at most; among so many words somebody may die first, and then once more.
MOST, FEW, MANY = 14, 15, 60
#: The people of the imagined company, here in flesh.
PEOPLE = {
    str(who): ([role for role, holders in ROLES.items() if who in holders], who == ADA)
    for who in (ANN, BOB, CAY, DAN, EVE, FAY, ADA)
}


@pytest.fixture(scope="module")
def workplace(database, tmp_path_factory):
    first = {**document_of({"end": {"type": "end"}}), "app": APP}
    made = Workplace(database, tmp_path_factory.mktemp("random"), "random", PEOPLE, first)
    made.publish(drawn(made.ids))
    yield made
    made.close()


def drawn(ids):
    """The app with as many workflows as are played, over the people there are."""
    state = {"field": "status", "running": "busy", "approved": "ok", "rejected": "no"}
    plays = [
        document_of(random_nodes(random.Random(seed)), state=state, lock={"fields": []})
        for seed in range(WORKFLOWS)
    ]
    found = {**plays[0], "app": APP, "version": "2.0.0", "workflows": {**plays[0]["workflows"]}}
    del found["workflows"]["w"]
    for number, play in enumerate(plays):
        found["workflows"][f"w{number}"] = with_people(play["workflows"]["w"], ids)
    return found


def with_people(value, ids):
    """Users that are named are those of this workplace."""
    if isinstance(value, dict):
        return {
            key: [ids[str(one)] for one in part] if key == "users" else with_people(part, ids)
            for key, part in value.items()
        }
    return [with_people(one, ids) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(WORKFLOWS))
def test_no_effect_is_lost_or_doubled_whenever_somebody_dies(workplace, monkeypatch, seed):
    deaths, told, died = Deaths(monkeypatch), [], 0
    for fates in (None, random.Random(seed)):
        chance, before, name = random.Random(seed), workplace.state(), f"w{seed}"
        record = workplace.act(str(ANN), records.create_record, APP, "thing", {"name": "T", "amount": 7})[
            "id"
        ]
        for no in range(2):
            workplace.act(str(ANN), records.create_record, APP, "order", {"no": f"O{no}", "thing": record})
        todo = started(workplace, record, name)
        for turn in range(MOST):
            died += live_through(todo, deaths, fates)
            todo = next_thing(workplace, record, name, chance, turn)
            if todo is None:
                break
        told.append(between(before, workplace.state()))
    assert told[0] == told[1]
    assert died > 0


def started(workplace, record, name):
    body = {"workflow": name, "key": "k"}
    return lambda: workplace.act(str(ANN), managing.start, APP, "thing", record, body)


def live_through(todo, deaths, fates):
    """Do it, again after every death; how often somebody died."""
    died = 0
    for most in () if fates is None else (FEW, MANY):
        with deaths.before(fates.randint(1, most)):
            try:
                todo()
            except Unavailable:
                died += 1
                continue
            except PlatformError:
                pass
            return died
    with suppress(Forbidden, Conflict, InvalidInput):
        todo()
    return died


def next_thing(workplace, record, name, chance, turn):
    """What happens next to the run on a record, or None when it has ended."""
    with workplace.unit() as unit:
        runs = workflow_instances.history_of(unit, APP, "thing", record)
        found = next(one for one in runs if one.workflow == name)
        workflow, run = at_version(unit, found.version_id)[0], read_instance(found.state)
    if run.ended_at is not None:
        return None
    names = {user: name for name, user in workplace.ids.items()}
    waited_for = {name for one in (*run.tokens, *run.tasks) for name in one.timers}
    fired = [one for one in workplace.jobs(TIMER, run.id) if one["timer"] in waited_for]
    open_tasks = [task for task in run.tasks if task.state == "open"]
    kind = chance.choice(["decide"] * 5 + ["timer"] * 2 + ["change", "retry"])
    if kind == "decide" and open_tasks:
        task = chance.choice(open_tasks)
        body = said(decisions_of(workflow, run, task.id), chance, workplace.ids, f"k{turn}")
        number = workplace.ask(
            "SELECT id FROM workflow_task WHERE instance_id = %(run)s AND number = %(number)s",
            run=run.id,
            number=task.id,
        )[0][0]
        return lambda: workplace.act(names[task.user], deciding.decide, number, body)
    if kind == "timer" and fired:
        return lambda: workplace.work(TIMER, fired[0])
    if kind == "change":
        values = {"amount": chance.randint(0, 30), "helper": workplace.ids[str(EVE)], "day": "2026-03-09"}
        now = workplace.act(str(ADA), records.get_record, APP, "thing", record)["revision"]
        return lambda: workplace.act(str(ADA), records.update_record, APP, "thing", record, now, values)
    return lambda: workplace.act(str(ADA), managing.retry, run.id)


def said(offers, chance, ids, key):
    offer = chance.choice(offers)
    body = {"decision": offer.key, "comment": "because", "key": key}
    if offer.to:
        body["to"] = chance.choice(offer.to)
    if offer.then:
        body["then"] = chance.choice(offer.then)
    if offer.where:
        body["where"] = chance.choice(offer.where)
    if offer.key in ("reassign", "add_approver", "ask"):
        body["users"] = [ids[str(chance.choice([BOB, CAY, DAN, EVE, FAY]))]]
    return body

"""Processes that die at any word to the database: every step of a workflow happens once, or not yet.

`JOINERY_TEST_EVERY_STATEMENT=1` dies before each word, else before COMMIT and some others.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg.errors import DeadlockDetected

from joinery.kernel import PlatformError, Unavailable
from joinery.runtime.again import again
from joinery.workflows import NODE_TYPES
from tests.integration.workflows.company import Company, between
from tests.integration.workflows.deaths import Deaths
from tests.integration.workflows.steps import CHILD, ONCE_MORE, STEPS, decided

#: Words between two deaths.
APART = 1 if os.environ.get("JOINERY_TEST_EVERY_STATEMENT") else 23

KEYS = {name: f"w{number}" for number, name in enumerate(STEPS)}


@pytest.fixture(scope="module")
def company(database, tmp_path_factory):
    workflows = {KEYS[name]: step.workflow for name, step in STEPS.items()}
    made = Company(database, tmp_path_factory.mktemp("killed"), "killed", {**workflows, "child": CHILD})
    yield made
    made.close()


@pytest.fixture
def deaths(monkeypatch):
    return Deaths(monkeypatch)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_happens_once_whenever_its_process_dies(company, deaths, name):
    step = STEPS[name]
    # Somebody else's, of which nothing goes wrong.
    twin = step.begin(company, KEYS[name])
    work = step.work(company, twin)
    before = company.state()
    with deaths.before():
        work()
    commits = deaths.commits
    expected = between(before, company.state())
    assert expected != []

    subject = step.begin(company, KEYS[name])
    work = step.work(company, subject)
    before = company.state()
    with deaths.before(commit=commits), pytest.raises(Unavailable):
        work()
    words = deaths.said
    first = 1 + sum(map(ord, name)) % APART
    for number in range(first, words, APART):
        with deaths.before(number), pytest.raises(Unavailable):
            work()
        assert deaths.died
    assert between(before, company.state()) == [], "half done"
    # Somebody else was crosswise, then it goes well.
    with deaths.before(words // 2, error=DeadlockDetected):
        again(work)
    assert deaths.died
    after = company.state()
    assert between(before, after) == expected

    # Done, and nobody heard of it.
    if step.repeated != ONCE_MORE:
        assert refusal_of(work) == step.repeated
        assert between(after, company.state()) == []


def test_of_two_who_decide_at_once_one_is_heard(company):
    workflow = KEYS["into a creation"]
    subjects = [STEPS["into a creation"].begin(company, workflow) for _ in range(6)]
    works = [decided(who, "approve")(company, one) for one in subjects for who in ("manager", "second")]
    before = company.state()
    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(refusal_of, works))
    assert [sorted(map(str, heard[place : place + 2])) for place in range(0, len(heard), 2)] == [
        ["None", "task_decided"]
    ] * len(subjects)
    came = between(before, company.state())
    assert len([name for sign, name, _ in came if (sign, name) == ("+", "shop__order")]) == len(subjects)


def test_every_type_of_node_is_among_the_steps():
    types = {node["type"] for step in STEPS.values() for node in step.workflow["nodes"].values()}
    assert types == {kind.name for kind in NODE_TYPES}


def refusal_of(work):
    try:
        work()
    except PlatformError as error:
        return error.code
    return None

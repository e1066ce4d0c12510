"""Many wrong passwords lock an account for a while, from wherever they come, and nobody out for good."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from joinery.runtime.people.sign_in_limit import BY_ACCOUNT, account_key, count_attempt
from tests.api.conftest import PASSWORD, Client


@pytest.fixture
def attempt(app):
    """Tries to sign in from an address of one's own; gives status and answer."""

    def tried(email: str, password: str, address: str) -> tuple[int, dict]:
        answer = app.test_client().post(
            "/api/v1/session",
            json={"email": email, "password": password},
            environ_base={"REMOTE_ADDR": address},
        )
        return answer.status_code, answer.get_json()

    return tried


@pytest.fixture
def fail(services):
    """Counts wrong passwords of an account as if they came from everywhere; judging each takes long."""

    def failed(email: str, times: int) -> None:
        for _ in range(times):
            with services.unit(None) as unit:
                count_attempt(unit, account_key(email), unit.now, limit=BY_ACCOUNT)

    return failed


@pytest.fixture
def lock(attempt, fail):
    """Guesses the password of an account until it is locked."""

    def guessed(email: str) -> None:
        fail(email, BY_ACCOUNT.free - 1)
        assert attempt(email, "guess", "10.1.0.1")[0] == 401

    return guessed


def person(admin: Client, email: str) -> dict:
    return admin.get("/people", search=email)[1]["people"][0]


def test_guessing_from_everywhere_locks_the_account_for_a_growing_while(lock, fail, attempt, emails, clock):
    email = emails("sales")
    lock(email)
    status, problem = attempt(email, PASSWORD, "10.9.9.9")
    assert (status, problem["code"]) == (429, "too_many_requests")
    waits = []
    for _ in range(9):
        # What is refused prolongs nothing: the next attempt after the wait is judged.
        problem = attempt(email, "guess", "10.8.8.8")[1]
        waits.append(next(int(word) for word in problem["detail"].split() if word.isdigit()))
        clock.move(timedelta(seconds=waits[-1]))
        fail(email, 1)
    assert waits[:4] == [61, 121, 241, 481]
    assert waits[-1] == BY_ACCOUNT.longest_wait.total_seconds() + 1
    clock.move(BY_ACCOUNT.longest_wait)
    clock.move(timedelta(seconds=1))
    assert attempt(email, PASSWORD, "10.9.9.9")[0] == 200


def test_accounts_that_do_not_exist_are_locked_alike(lock, attempt, emails):
    nobody = emails("sales").replace("sales", "nobody")
    lock(emails("sales"))
    lock(nobody)
    assert attempt(nobody, PASSWORD, "10.9.9.9") == attempt(emails("sales"), PASSWORD, "10.9.9.9")


def test_whoever_is_signed_in_there_already_is_not_locked_out(lock, attempt, emails, app, sales):
    lock(emails("sales"))
    # The session stays, and so does the way in from the same desk.
    assert sales.get("/me")[0] == 200
    assert attempt(emails("sales"), PASSWORD, "127.0.0.1")[0] == 200
    assert attempt(emails("sales"), PASSWORD, "10.9.9.9")[0] == 429


def test_guesses_from_his_own_desk_are_slowed_down_all_the_same(attempt, emails, sales):
    for _ in range(5):
        assert attempt(emails("sales"), "guess", "127.0.0.1")[0] == 401
    assert attempt(emails("sales"), PASSWORD, "127.0.0.1")[0] == 429


def test_a_link_for_a_password_unlocks(lock, attempt, emails, admin):
    email = emails("sales")
    lock(email)
    link = admin.post(f"/users/{person(admin, email)['id']}/password-link", {})[1]
    body = {"token": link["token"], "password": "seven green chairs"}
    assert Client(admin.flask.application.test_client()).post("/password", body)[0] == 200
    assert attempt(email, "seven green chairs", "10.9.9.9")[0] == 200


def test_administrators_see_a_locked_account_and_unlock_it(lock, attempt, emails, admin, sales, other):
    email = emails("other")
    lock(email)
    found = person(admin, email)
    assert found["locked_until"] is not None
    assert person(admin, emails("sales"))["locked_until"] is None
    assert sales.post(f"/users/{found['id']}/unlock", None)[0] == 403
    status, unlocked = admin.post(f"/users/{found['id']}/unlock", None)
    assert (status, unlocked["locked_until"]) == (200, None)
    assert attempt(email, PASSWORD, "10.9.9.9")[0] == 200
    kinds = [
        entry["kind"] for entry in admin.get("/audit", kind="account_locked,account_unlocked")[1]["entries"]
    ]
    assert kinds == ["account_unlocked", "account_locked"]


def test_the_right_password_forgives_the_wrong_ones(fail, attempt, emails):
    email = emails("sales")
    fail(email, BY_ACCOUNT.free - 2)
    assert attempt(email, PASSWORD, "10.9.9.9")[0] == 200
    fail(email, BY_ACCOUNT.free - 1)
    assert attempt(email, PASSWORD, "10.9.9.9")[0] == 200


def test_a_pause_forgives_too(fail, attempt, emails, clock):
    email = emails("sales")
    fail(email, BY_ACCOUNT.free)
    clock.move(BY_ACCOUNT.forgotten_after)
    clock.move(timedelta(seconds=1))
    fail(email, BY_ACCOUNT.free - 1)
    assert attempt(email, PASSWORD, "10.9.9.9")[0] == 200


def test_choosing_a_password_by_a_link_is_noted_as_a_sign_in(emails, admin, app):
    email = emails("sales")
    link = admin.post(f"/users/{person(admin, email)['id']}/password-link", {})[1]
    body = {"token": link["token"], "password": "seven green chairs"}
    assert Client(app.test_client()).post("/password", body)[0] == 200
    entry = admin.get("/audit", kind="signed_in_by_link")[1]["entries"][0]
    assert (entry["actor"]["name"], entry["address"]) == ("Sales", "127.0.0.1")


def test_a_count_that_is_forgotten_while_another_attempt_begins_begins_anew(services, database_url, emails):
    key = account_key(emails("sales"))

    def count():
        with services.unit(None) as unit:
            return count_attempt(unit, key, unit.now, limit=BY_ACCOUNT)

    count()
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url) as stranger:
        # The right password was given elsewhere, in a transaction that is not over yet.
        stranger.execute("DELETE FROM joinery.sign_in_attempt WHERE key = %s", [key])
        attempt = pool.submit(count)
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
        while not attempt.done():
            if stranger.execute(waiting, [stranger.info.backend_pid]).fetchone() != (0,):
                stranger.commit()
                break
        assert attempt.result() is None

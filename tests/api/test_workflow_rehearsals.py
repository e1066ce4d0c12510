"""A scenario of a workflow that ends otherwise than expected stops the publish, and says where it failed."""

import copy

import pytest

from tests.api.conftest import DOCUMENT

TEXT = {"en": "Check", "zh": "审批"}


@pytest.fixture
def document() -> dict:
    """The shop with a workflow: leads with long notes go to a director."""
    found = copy.deepcopy(DOCUMENT)
    found["workflows"] = {
        "check": {
            "label": TEXT,
            "form": "lead",
            "starts": [{"on": "button"}],
            "first": "how",
            "nodes": {
                "how": {
                    "type": "branch",
                    "label": TEXT,
                    "kind": "exclusive",
                    "branches": {
                        "long": {"label": TEXT, "when": "LEN({notes}) > 3", "next": "look"},
                        "short": {"label": TEXT, "next": "end"},
                    },
                },
                "look": {
                    "type": "approval",
                    "label": {"en": "Look", "zh": "查看"},
                    "assignees": [{"by": "initiator"}],
                    "next": "end",
                },
                "end": {"type": "end", "label": {"en": "End", "zh": "结束"}},
            },
            "tests": {
                "long": {
                    "label": {"en": "long notes are looked at", "zh": "长备注须查看"},
                    "record": {"company": "Acme", "notes": "many words"},
                    "expect": {"path": ["look"], "status": "running"},
                }
            },
        }
    }
    return found


def test_a_scenario_that_holds_lets_it_pass(admin, document):
    status, answer = admin.post("/apps/shop/publish", {"document": document})
    assert (status, answer["published"]) == (200, True)
    assert {"kind": "workflow_added", "workflow": "check"}.items() <= answer["plan"]["changes"][-1].items()


def test_a_scenario_that_fails_stops_it(admin, document):
    branches = document["workflows"]["check"]["nodes"]["how"]["branches"]
    branches["long"]["when"] = "LEN({notes}) > 30"
    for preview in ("", "?preview=true"):
        status, problem = admin.post(f"/apps/shop/publish{preview}", {"document": document})
        assert (status, problem["code"]) == (422, "invalid_definition")
        assert [issue["path"] for issue in problem["issues"]] == [
            "/workflows/check/tests/long/expect/path",
            "/workflows/check/tests/long/expect/status",
        ]
        assert problem["issues"][0]["message"] == (
            'Test "long notes are looked at": the way is End, expected was Look.'
        )
    assert admin.get("/apps/shop")[1]["version"] == 1


def test_a_workflow_of_the_draft_is_checked_and_tested_as_it_is_drawn(admin, document):
    drawn = document["workflows"]["check"]
    status, told = admin.post("/apps/shop/workflows/check/test", {"workflow": drawn})
    assert status == 200
    assert told["tests"] == [
        {
            "key": "long",
            "label": drawn["tests"]["long"]["label"],
            "passed": True,
            "path": ["how", "look"],
            "at": ["look"],
            "status": "running",
            "issues": [],
        }
    ]
    assert admin.post("/apps/shop/workflows/check/check", {"workflow": drawn})[1] == {"issues": []}
    drawn["nodes"]["look"]["next"] = "ned"
    [issue] = admin.post("/apps/shop/workflows/check/check", {"workflow": drawn})[1]["issues"]
    assert (issue["path"], issue["code"]) == ("/nodes/look/next", "definition_unknown_node")
    status, problem = admin.post("/apps/shop/workflows/check/test", {"workflow": drawn})
    assert (status, problem["issues"][0]["path"]) == (422, "/workflows/check/nodes/look/next")
    for call in ("check", "test"):
        assert admin.post(f"/apps/shop/workflows/nothing/{call}", {})[0] == 404


@pytest.mark.parametrize("call", ["check", "test"])
def test_only_administrators_see_what_is_drawn(sales, document, call):
    answer = sales.post(f"/apps/shop/workflows/check/{call}", {"workflow": document["workflows"]["check"]})
    assert answer[0] == 403


@pytest.mark.parametrize(
    "drawn", [{}, {"nodes": []}, {"nodes": {"a": 1}}, {"first": 3, "nodes": {"a": {"type": []}}}]
)
def test_whatever_is_sent_is_answered_with_its_problems(admin, drawn):
    status, told = admin.post("/apps/shop/workflows/check/check", {"workflow": drawn})
    assert (status, bool(told["issues"])) == (200, True)

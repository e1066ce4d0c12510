"""Instances that earlier versions of the platform stored are read and go on; stored files never change."""

import json
from pathlib import Path

import pytest

from joinery.workflows import read_instance
from tests.unit.workflows.play import CAY, EVE, Play

STORED = sorted((Path(__file__).parents[2] / "cases" / "workflows").glob("instance_*.json"))


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_stored_instance_goes_on(path):
    """After a first approval it went two ways: one was approved and goes on, the other has a deadline."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    play = Play(stored["nodes"])
    play.instance = read_instance(stored["state"])
    play.timers = {name: task.due_at for task in play.instance.tasks for name in task.timers}
    assert play.at == ["a2", "b"]
    assert [task.comment for task in play.instance.tasks if task.node == "a1"] == ["Good"]
    play.decide(CAY, "approve").wait(days=1)
    assert play.asked == [(EVE, "last")]
    assert play.decide(EVE, "approve").status == "approved"

"""Timers of instances, fired by workers; one that fires twice, or too late, does nothing."""

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.runtime.again import again
from joinery.runtime.records.batch import save_many
from joinery.runtime.services import Services
from joinery.runtime.workflows.runner import hold
from joinery.workflows import TimerFired


def run_timer(services: Services, workspace: str, instance: int, timer: str) -> None:
    """Let a timer of an instance fire, in one transaction."""

    def fire() -> None:
        with services.unit(workspace) as unit:
            nobody = Actor(user_id=None, name="joinery", is_admin=True, workspace=workspace)
            try:
                runner = hold(unit, nobody, instance, save_many)
            except NotFound:
                return
            runner.advance(TimerFired(timer))
            runner.end_for_parent()

    again(fire)

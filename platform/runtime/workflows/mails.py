"""Notifications by mail: written by a worker, in the language of whoever gets them."""

import sqlalchemy as sa

from joinery.runtime.mail.letters import notice_letter
from joinery.runtime.mail.outbox import queue_mail
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.inbox import text_of
from joinery.storage import notifications, system_tables, workflow_instances

_user = system_tables.user


def run_mail(services: Services, workspace: str, notifications: list[int]) -> None:
    """Queue a mail for each of these notifications that was not seen meanwhile, once even when done twice."""
    with services.unit(workspace) as unit:
        for number in notifications:
            _mail(unit, number, services.settings.address)


def _mail(unit: Unit, number: int, address: str) -> None:
    told = notifications.get(unit, number)
    instance = workflow_instances.get(unit, told.instance_id) if told and told.instance_id else None
    if told is None or instance is None or told.read_at is not None:
        return
    if not workflow_instances.claim_effect(unit, f"mail:{number}", unit.now):
        return
    columns = (_user.c.name, _user.c.email, _user.c.language)
    row = unit.connection.execute(sa.select(*columns).where(_user.c.id == told.user_id)).one_or_none()
    if row is None or not row.email:
        return
    if told.kind == "message" and instance.record_id is not None:
        place = f"/a/{instance.app}/{instance.form}/{instance.record_id}"
    else:
        place = f"/tasks/{told.task_id}" if told.task_id is not None else "/tasks"
    language = row.language or unit.workspace.language
    letter = notice_letter(
        unit.workspace,
        name=row.name,
        text=text_of(unit, language, told.kind, instance, told.data),
        subject=told.data.get("subject"),
        link=f"{address}{place}",
        language=language,
    )
    queue_mail(unit, kind="workflow", address=row.email, letter=letter)

"""Sending an instance back to where people were asked before."""

from joinery.workflows.asking import ask_initiator
from joinery.workflows.model import START, Task, Token
from joinery.workflows.moving import go_to, leave
from joinery.workflows.nesting import jump
from joinery.workflows.work import Work


def send_back(work: Work, token: Token, target: str, task: Task, *, straight: bool, user: int | None) -> None:
    """Let a token go back to a node, or to the start, as `task` decided.

    Afterwards it goes the same way again; splits that begin behind the target are given up with all their
    ways, and approvals given so far count no more. Or it goes straight back to where it was returned, and the
    other ways go on meanwhile.
    """
    source = token.node
    then = "straight_back" if straight else None
    work.note(
        "returned",
        user=user,
        task=task,
        decision="return",
        comment=task.comment,
        to=target,
        then=then,
        signed=task.signed or None,
    )
    leave(work, token)
    token = work.put(token, back=source) if straight else jump(work, token, target)
    token = work.put(token, after=())
    work.change(fresh=work.instance.counter)
    if target == START:
        token = work.put(token, node=START, entered_at=work.now, timers=(), visit=work.number())
        work.note("entered", token)
        ask_initiator(work, token)
    else:
        go_to(work, token, target)
    initiator = work.instance.initiator
    if initiator is not None and initiator != user:
        work.tell("returned", [initiator], to=target, comment=task.comment)

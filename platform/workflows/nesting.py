"""Inside of which splits each node is: what a way that jumps leaves behind, and what it is joined with."""

from collections.abc import Mapping
from graphlib import TopologicalSorter

from joinery.definitions import WorkflowDefinition
from joinery.workflows.model import START, Token
from joinery.workflows.moving import drop, ways_of
from joinery.workflows.node_type import NODE_TYPES
from joinery.workflows.work import Work

#: More ways of being inside of splits than these at one node are not told apart.
MOST = 50

#: The splits around a node, outermost first.
Around = tuple[str, ...]


def splits_around(workflow: WorkflowDefinition) -> Mapping[str, frozenset[Around]]:
    """The splits that can be around each node, several where ways meet without a join."""
    found: dict[str, set[Around]] = {key: set() for key in workflow.nodes}
    found[workflow.first].add(())
    ways = {key: ways_of(workflow, key) for key in workflow.nodes}
    # The other way round: what comes first leads to what comes later.
    for key in reversed(tuple(TopologicalSorter(ways).static_order())):
        node = workflow.nodes[key]
        kind = NODE_TYPES[node.type]
        for around in sorted(found[key])[:MOST]:
            after = around[:-1] if kind.joins else (*around, key) if kind.splits(node.settings) else around
            for target in ways[key]:
                found[target].add(after)
    return {key: frozenset(one) for key, one in found.items()}


def jump(work: Work, token: Token, target: str) -> Token:
    """The token as it may stand at `target`, wherever that is: inside of the splits that are around it.

    Splits that it leaves are given up with all their ways. Into those that it was not in it comes alone, and
    waits at their joins for nobody.
    """
    # Who is to go straight back still belongs where he was returned from.
    here, there = _nearest(work.workflow, token.back or token.node, target, len(token.fork))
    shared = min(_shared(here, there), len(token.fork))
    if len(token.fork) > shared:
        given_up = token.fork[: shared + 1]
        for other in list(work.tokens.values()):
            if other.id != token.id and other.fork[: shared + 1] == given_up:
                drop(work, other)
    alone = tuple(work.number() for _ in there[shared:])
    return work.put(token, fork=(*token.fork[:shared], *alone), back=None)


def _nearest(workflow: WorkflowDefinition, source: str, target: str, depth: int) -> tuple[Around, Around]:
    """Of all splits that can be around two nodes those that have most in common; the source is so deep."""
    found = splits_around(workflow)
    sources = [()] if source == START else sorted(found.get(source, ()))
    targets = [()] if target == START else sorted(found.get(target, ()))
    pairs = [(here, there) for here in sources or [()] for there in targets or [()]]
    return max(pairs, key=lambda pair: (len(pair[0]) == depth, _shared(*pair), -len(pair[1])))


def _shared(here: Around, there: Around) -> int:
    return next(
        (place for place, (mine, theirs) in enumerate(zip(here, there, strict=False)) if mine != theirs),
        min(len(here), len(there)),
    )

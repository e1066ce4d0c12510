"""Random workflows of shapes that the checks allow: splits with joins, ways that end, nodes of all kinds."""

from tests.unit.workflows.play import BOB, CAY, DAN, EVE, FAY

LABEL = {"en": "X"}
PEOPLE = (BOB, CAY, DAN, EVE, FAY)
HOURS = {"amount": 5, "unit": "hours"}


def random_nodes(chance):
    """The nodes of a workflow by key; the first one is entered first. `chance` is a random.Random."""
    return _Drawing(chance).nodes


def changed_nodes(chance, nodes):
    """A newer version: the same ways over the same types of nodes, with other people and rules."""
    drawing = _Drawing(chance)
    asking = ("approval", "fill_in")
    return {
        key: {
            **drawing.approval(node["type"]),
            **{name: node[name] for name in ("next", "rejected") if name in node},
        }
        if node["type"] in asking
        else node
        for key, node in nodes.items()
    }


class _Drawing:
    def __init__(self, chance):
        self.chance = chance
        self.found = {}
        self.asked = []
        first = self._sequence("finish", depth=0)
        self.found["finish"] = {"type": "end"}
        self.nodes = {first: self.found.pop(first), **self.found} if first != "finish" else self.found

    def _key(self, kind):
        return f"{kind}_{len(self.found)}"

    def _sequence(self, after, depth):
        """Blocks one after the other, the last of which leads to `after`; the key of the first."""
        for _ in range(self.chance.randint(1, 3 if depth else 4)):
            after = self._block(after, depth)
        return after

    def _block(self, after, depth):
        kind = self.chance.choice(["approval", "approval", "approval", "plain", "branch", "branch", "split"])
        if kind in ("branch", "split") and depth < 2:
            return self._ways(after, depth, split=kind == "split")
        key = self._key("n")
        self.found[key] = {}
        node = self.approval() if kind == "approval" else self._plain()
        if node["type"] == "approval" and self.chance.random() < 0.3:
            node["rejected"] = after
        self.found[key] = {**node, "next": after}
        return key

    def _ways(self, after, depth, split):
        key, kind = self._key("b"), "exclusive"
        self.found[key] = {}
        target = after
        if split:
            kind = self.chance.choice(["parallel", "inclusive"])
            target = self._key("j")
            self.found[target] = {"type": "join", "next": after}
            if self.chance.random() < 0.3:
                self.found[target]["enough"] = self.chance.randint(1, 3)
        branches = {}
        for number in range(self.chance.randint(2, 3)):
            end = target
            if split and number and self.chance.random() < 0.2:
                end = self._key("e")
                result = self.chance.choice(["approved", "rejected", "own"])
                self.found[end] = {"type": "end", "result": result}
            way = self._sequence(end, depth + 1)
            branches[f"w{number}"] = {"label": LABEL, "when": self._condition(), "next": way}
        for number, branch in enumerate(branches.values()):
            if kind == "parallel" or number == len(branches) - 1:
                del branch["when"]
        self.found[key] = {"type": "branch", "kind": kind, "branches": branches}
        return key

    def _condition(self):
        return f"{{amount}} > {self.chance.randint(0, 20)}"

    def approval(self, kind=None):
        chance = self.chance
        kind = kind or chance.choice(["approval"] * 4 + ["fill_in"])
        users = chance.sample(PEOPLE, chance.randint(1, 4))
        rules = [
            {"by": "users", "users": users},
            {"by": "role", "role": chance.choice(["lead", "finance", "director", "nobody"])},
            {"by": "initiator"},
            {"by": "manager", "of": "initiator"},
            {"by": "field", "field": "helper"},
            {"by": "manager_chain", "of": "initiator", "up_to": {"level": chance.randint(1, 3)}},
        ]
        several = [
            {"rule": "any"},
            {"rule": "all"},
            {"rule": "all", "in_turn": True},
            {"rule": "share", "share": chance.randint(1, 100), "veto": chance.random() < 0.3},
        ]
        ask = ["ask", "skip_adjacent", "skip"]
        node = {
            "type": "approval",
            "assignees": chance.sample(rules, chance.randint(1, 2)),
            "several": chance.choice(several),
            "nobody": chance.choice(
                [
                    {"then": "administrator"},
                    {"then": "skip"},
                    {"then": "stop"},
                    {"then": "users", "users": [EVE]},
                ]
            ),
            "repeat": {"initiator": chance.choice([*ask, "manager"]), "earlier": chance.choice(ask)},
            "decisions": {"hold": {}, "return": {"to": ["start", "any"], "then": "choose"}},
        }
        if chance.random() < 0.4:
            then = chance.choice(["nothing", "approve", "reject", "return", "escalate"])
            remind = [{"before": {"amount": 1, "unit": "hours"}}, {"after": {"amount": 2, "unit": "hours"}}]
            director = [{"by": "role", "role": "director"}]
            node["due"] = {"after": HOURS, "then": then, "to": director, "remind": remind}
        if kind == "fill_in":
            node = {key: node[key] for key in ("assignees", "nobody", "due") if key in node}
            node |= {"type": "fill_in", "several": {"rule": chance.choice(["any", "all"])}}
        return node

    def _plain(self):
        return self.chance.choice(
            [
                {"type": "copy", "assignees": [{"by": "role", "role": "finance"}]},
                {"type": "set_fields", "values": {"amount": "{amount} + 3"}},
                {"type": "create_record", "list": "orders", "values": {"no": "{name}"}},
                {"type": "update_records", "list": "orders", "values": {"no": '"x"'}},
                {"type": "webhook", "url": "https://example.com/{name}", "answer": {"name": "name"}},
                {"type": "message", "assignees": [{"by": "initiator"}], "subject": "{name}"},
                {"type": "delay", "after": HOURS},
                {"type": "delay", "until": "{day}"},
                {"type": "wait_for", "condition": self._condition(), "at_most": HOURS},
                {"type": "wait_for", "condition": self._condition()},
                {"type": "sub_workflow", "workflow": "child", "list": "orders"},
                {"type": "sub_workflow", "workflow": "child", "list": "orders", "wait": False},
                {"type": "sub_workflow", "workflow": "aside"},
            ]
        )

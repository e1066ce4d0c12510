"""What is done to several linked records at once, and taken back: batch edits and conversions."""

import copy
from typing import Any

from hypothesis import strategies as st

from tests.properties.linked_app import TIES
from tests.properties.linked_model import Model, Ref
from tests.properties.linked_steps import NUMBER, Steps

Changes = dict[Ref, dict[str, tuple[Any, Any]]]
ACCOUNT, CONTACTS = (
    next(tie for tie in TIES if (tie.form, tie.field) == ("deal", one)) for one in ("account", "contacts")
)


class Batches(Steps):
    """Steps that touch several records, and those that undo them."""

    def batch(self, data) -> None:
        """Change some deals alike."""
        deals = self.model.live("deal")
        if not deals:
            return
        chosen = data.draw(st.lists(st.sampled_from(deals), min_size=1, unique=True))
        way = data.draw(st.sampled_from(["amount", "account", "add", "remove"]))
        key = {"add": "contacts", "remove": "contacts"}.get(way, way)
        value = (
            data.draw(NUMBER)
            if way == "amount"
            else self.value(data, CONTACTS if key == "contacts" else ACCOUNT)
        )
        if way in ("add", "remove"):
            body: dict[str, Any] = {way: {key: [one for _, one in value]}}
        else:
            body = {"values": {key: value if way == "amount" else value[0][1] if value else None}}
        if way in ("add", "remove") and not value:
            return
        answer = self.call("POST", "deal", "/batch-edit", {**body, "ids": [one for _, one in chosen]})
        done: Changes = {}
        for ref in chosen:
            old = self.model.rows[ref][key]
            new = value
            if way == "add":
                new = (*old, *(one for one in value if one not in old))
            elif way == "remove":
                new = tuple(one for one in old if one not in value)
            self.model.rows[ref][key] = new
            done |= {ref: {key: (old, new)}} if old != new else {}
        assert answer["changed"] == len(done)
        if done:
            self.batches.append((answer["batch"], done))

    def undo(self, data) -> None:
        """Take a batch back: what nobody changed since, as far as it can be as it was."""
        place = data.draw(st.integers(0, len(self.batches) - 1))
        batch, changes = self.batches.pop(place)
        answer = self.call("POST", "deal", f"/batches/{batch}/undo", {})
        back = 0
        for ref, fields in changes.items():
            for key, (old, new) in fields.items():
                if ref in self.model.gone or self.model.rows[ref][key] != new or self._missing(old, new):
                    continue
                self.model.rows[ref][key] = old
                back += 1
        assert (answer["undone"], answer["left"]) == (back, len(changes) - back)

    def _missing(self, old: Any, new: Any) -> bool:
        """Whether an earlier value points at a record that is deleted."""
        return isinstance(old, tuple) and any(one in self.model.gone for one in old if one not in new)

    def convert(self, data) -> None:
        """Make a lead an account and a deal; its talks move along."""
        leads = [one for one in self.model.live("lead") if one not in self.conversions]
        if not leads:
            return
        lead = data.draw(st.sampled_from(leads))
        revision = self.ties.read("lead", {"id": lead[1]}, "revision")
        answer = self.call("POST", "lead", f"/{lead[1]}/conversions/become", {"revision": revision})
        made = {one["key"]: one["record"]["id"] for one in answer["conversion"]["targets"]}
        account, deal = ("account", made["account"]), ("deal", made["deal"])
        rows, row = self.model.rows, self.model.rows[lead]
        rows[account] = {"name": row["name"], "parent": ()}
        rows[deal] = {
            "name": row["name"],
            "amount": None,
            "account": (account,),
            "contacts": (),
            "similar": (),
        }
        moved = [ref for ref in self.model.live("visit") if rows[ref]["about"] == (lead,)]
        for ref in moved:
            rows[ref]["about"] = (account,)
        self.conversions[lead] = {
            "made": [deal, account],
            "moved": moved,
            "account": row["account"],
        }
        # What a relation holds already is not replaced.
        row["account"] = row["account"] or (account,)

    def unconvert(self, data) -> None:
        """Undo a conversion; not while others refer to what it made."""
        lead = data.draw(st.sampled_from(sorted(self.conversions)))
        done = self.conversions[lead]
        path = f"/{lead[1]}/conversions/become"
        if lead in self.model.gone:
            self.call("DELETE", "lead", path, None, 404)
            return
        after = copy.deepcopy(self.model)
        _put_back(after, lead, done)
        made = [one for one in done["made"] if one not in after.gone]
        if any(ref not in made for tie in TIES for one in made for ref, _ in after.pointing(tie, one)):
            self.call("DELETE", "lead", path, None, 409)
            return
        self.call("DELETE", "lead", path, None)
        for one in made:
            assert after.delete(one, self.now)
        self.model = after
        del self.conversions[lead]


def _put_back(model: Model, lead: Ref, done: dict[str, Any]) -> None:
    """What a conversion changed is as before where nobody changed it since."""
    account = done["made"][1]
    for ref in done["moved"]:
        if ref not in model.gone and model.rows[ref]["about"] == (account,):
            model.rows[ref]["about"] = (lead,)
    if model.rows[lead]["account"] == (account,) != done["account"]:
        model.rows[lead]["account"] = done["account"]

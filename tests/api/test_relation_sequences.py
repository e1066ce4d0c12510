"""Random edits at both ends, deletions and restores: the ends, the sums and the history always agree."""

from random import Random

import pytest

from tests.api.ties import DOCUMENT, Ties, ids, publish


@pytest.fixture
def ties(shop) -> Ties:
    publish(shop, DOCUMENT)
    return Ties(shop, shop.as_user("admin"))


class Model:
    """What should be: the contacts of each deal in order, the target of each visit, and what is deleted."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties
        self.contacts = {ties.create("contact", name=f"C{n}")["id"]: None for n in range(4)}
        self.accounts = [ties.create("account", name=f"A{n}")["id"] for n in range(2)]
        self.leads = [ties.create("lead", company=f"L{n}")["id"] for n in range(2)]
        self.amounts = {n: n * 10 for n in range(1, 5)}
        self.deals = {ties.create("deal", name=f"D{n}", amount=a)["id"]: [] for n, a in self.amounts.items()}
        self.amounts = dict(zip(self.deals, self.amounts.values(), strict=True))
        self.visits = {ties.create("visit", note=f"V{n}", hours=n)["id"]: None for n in range(1, 5)}
        self.hours = dict(zip(self.visits, range(1, 5), strict=True))
        self.deleted: set[int] = set()

    def step(self, random: Random) -> None:
        """One thing that somebody may do."""
        random.choice((self.list_of_deal, self.list_of_contact, self.visit, self.visits_of, self.bin))(random)

    def list_of_deal(self, random: Random) -> None:
        deal = random.choice([one for one in self.deals if one not in self.deleted] or [None])
        if deal is not None:
            wanted = random.sample(list(self.contacts), random.randint(0, 4))
            self.ties.change("deal", {"id": deal}, contacts=wanted)
            self.deals[deal] = wanted

    def list_of_contact(self, random: Random) -> None:
        contact = random.choice(list(self.contacts))
        live = [one for one in self.deals if one not in self.deleted]
        add, remove = (random.sample(live, random.randint(0, len(live))) for _ in range(2))
        remove = [one for one in remove if one not in add]
        self.ties.change("contact", {"id": contact}, deals={"add": add, "remove": remove})
        for deal in add:
            if contact not in self.deals[deal]:
                self.deals[deal] = [*self.deals[deal], contact]
        for deal in remove:
            self.deals[deal] = [one for one in self.deals[deal] if one != contact]

    def target(self, random: Random):
        return random.choice(
            [("lead", one) for one in self.leads] + [("account", one) for one in self.accounts]
        )

    def visit(self, random: Random) -> None:
        visit = random.choice(list(self.visits))
        target = random.choice([None, self.target(random)])
        about = target and {"form": target[0], "id": target[1]}
        self.ties.change("visit", {"id": visit}, about=about)
        self.visits[visit] = target

    def visits_of(self, random: Random) -> None:
        form, record = self.target(random)
        wanted = random.sample(list(self.visits), random.randint(0, 4))
        self.ties.change(form, {"id": record}, **{"talks" if form == "lead" else "visits": wanted})
        for visit, target in self.visits.items():
            if visit in wanted:
                self.visits[visit] = (form, record)
            elif target == (form, record):
                self.visits[visit] = None

    def bin(self, random: Random) -> None:
        deal = random.choice(list(self.deals))
        if deal in self.deleted:
            assert self.ties.restore("deal", {"id": deal})[0] == 200
            self.deleted.remove(deal)
        else:
            assert self.ties.delete("deal", {"id": deal})[0] == 204
            self.deleted.add(deal)

    def check(self) -> None:
        """Everything that is stored or computed says the same as the model."""
        live = {deal: found for deal, found in self.deals.items() if deal not in self.deleted}
        for deal, found in live.items():
            record = self.ties.read("deal", {"id": deal})
            assert ids(record["contacts"]) == found
            assert (record["people"] or "") == ", ".join(one["title"] for one in record["contacts"] or ())
            told = [
                one
                for entry in self.ties.history("deal", {"id": deal})
                for one in entry["changes"]
                if one["field"] == "contacts"
            ]
            assert not told or ids(told[0]["new"]) == found
        for contact in self.contacts:
            deals = [deal for deal, found in live.items() if contact in found]
            record = self.ties.read("contact", {"id": contact})
            assert record["total"] == sum(self.amounts[deal] for deal in deals)
            status, page = self.ties.client.get(self.ties.url("contact", f"/{contact}/related/deals"))
            assert (status, sorted(ids(page["records"]))) == (200, sorted(deals))
        for form, key, records in (("lead", "talks", self.leads), ("account", "visits", self.accounts)):
            for one in records:
                visits = [visit for visit, target in self.visits.items() if target == (form, one)]
                assert self.ties.read(form, {"id": one}, "hours") == sum(self.hours[v] for v in visits)
                status, page = self.ties.client.get(self.ties.url(form, f"/{one}/related/{key}"))
                assert (status, sorted(ids(page["records"]))) == (200, sorted(visits))


@pytest.mark.parametrize("seed", range(3))
def test_both_ends_agree_after_whatever_was_done(ties, seed) -> None:
    random, model = Random(seed), Model(ties)
    for _ in range(6):
        for _ in range(5):
            model.step(random)
        model.check()

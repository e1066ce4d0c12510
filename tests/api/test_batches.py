"""Many records in one call: the rules of single calls, all or nothing."""

LEADS = "/apps/shop/forms/lead/records"
ACCOUNTS = "/apps/shop/forms/account/records"


def test_create_change_and_delete_in_one_call(manager):
    first, second = manager.create("lead", company="A"), manager.create("lead", company="B")
    status, done = manager.post(
        f"{LEADS}/batch",
        {
            "create": [{"company": "C", "amount": 8, "chance": 0.5}, {"company": "D"}],
            "update": [{"id": first["id"], "revision": 1, "company": "AA"}],
            "delete": [second["id"]],
        },
    )
    assert status == 200
    assert done["updated"] == [{"id": first["id"], "revision": 2}]
    assert done["deleted"] == [second["id"]]
    _, page = manager.get(LEADS, sort="company")
    assert [(lead["no"], lead["company"], lead["expected"]) for lead in page["records"]] == [
        ("LD-0001", "AA", 0),
        ("LD-0003", "C", 4),
        ("LD-0004", "D", 0),
    ]
    entries = manager.get(f"{LEADS}/{done['created'][0]['id']}/history")[1]["entries"]
    assert [entry["kind"] for entry in entries] == ["created"]


def test_every_mistake_of_every_record_is_reported(manager):
    batch = {
        "create": [
            {"company": "ok"},
            {"company": ""},
            {"company": "x", "amount": "y"},
            {"nothing": 1, "company": "z"},
        ]
    }
    status, problem = manager.post(f"{LEADS}/batch", batch)
    assert status == 422
    assert [issue["path"] for issue in problem["issues"]] == [
        "/create/1/company",
        "/create/2/amount",
        "/create/3/nothing",
    ]
    assert manager.create("lead", company="first")["no"] == "LD-0001"


def test_a_stale_record_stops_the_whole_batch(manager):
    lead = manager.create("lead", company="A")
    batch = {"create": [{"company": "new"}], "update": [{"id": lead["id"], "revision": 5, "company": "B"}]}
    status, problem = manager.post(f"{LEADS}/batch", batch)
    assert (status, problem["code"]) == (409, "stale_revision")
    assert problem["issues"][0]["path"] == "/update/0"
    assert len(manager.get(LEADS)[1]["records"]) == 1


def test_every_record_that_stops_a_batch_is_named(manager):
    leads = [manager.create("lead", company=name) for name in "ABC"]
    manager.patch(f"{LEADS}/{leads[0]['id']}", {"revision": 1, "company": "changed"})
    update = [{"id": lead["id"], "revision": 1, "company": "mine"} for lead in leads]
    update.insert(1, {"id": 10**9, "revision": 1, "company": "gone"})
    status, problem = manager.post(f"{LEADS}/batch", {"update": update})
    assert (status, problem["code"]) == (409, "stale_revision")
    assert [(issue["path"], issue["code"]) for issue in problem["issues"]] == [
        ("/update/0", "stale_revision"),
        ("/update/1", "not_found"),
    ]
    assert all(issue["message"] for issue in problem["issues"])
    assert manager.get(f"{LEADS}/{leads[1]['id']}")[1]["company"] == "B"


def test_values_unique_against_each_other_and_the_stored_ones(manager):
    manager.create("account", name="Taken")
    batch = {"create": [{"name": "Fresh"}, {"name": "taken"}, {"name": "FRESH"}]}
    status, problem = manager.post(f"{ACCOUNTS}/batch", batch)
    assert (status, problem["code"]) == (409, "duplicate_value")
    assert [issue["path"] for issue in problem["issues"]] == ["/create/1/name", "/create/2/name"]


def test_relations_are_checked_for_all_records(manager):
    account = manager.create("account", name="Acme")
    batch = {"create": [{"company": "A", "account": account["id"]}, {"company": "B", "account": 10**9}]}
    status, problem = manager.post(f"{LEADS}/batch", batch)
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/create/1/account"])


def test_a_unique_value_moves_from_one_record_to_another(manager):
    first = manager.create("account", name="First")
    status, _ = manager.patch(f"{ACCOUNTS}/{first['id']}", {"revision": 1, "name": "FIRST"})
    assert status == 200


def test_each_action_of_a_batch_needs_its_permission(sales, manager):
    assert sales.post("/apps/shop/forms/note/records/batch", {"create": [{"text": "a"}]})[0] == 200
    assert sales.post(f"{LEADS}/batch", {})[1] == {"created": [], "updated": [], "deleted": [], "batch": None}


def test_a_thousand_records(manager):
    rows = [{"company": f"Company {number}", "amount": number, "chance": 0.5} for number in range(1000)]
    status, done = manager.post(f"{LEADS}/batch", {"create": rows})
    assert status == 200
    assert len({record["id"] for record in done["created"]}) == 1000
    _, last = manager.get(f"{LEADS}/{done['created'][-1]['id']}")
    assert (last["no"], last["expected"]) == ("LD-1000", 499.5)
    assert (
        len(
            manager.post(f"{LEADS}/batch", {"delete": [record["id"] for record in done["created"]]})[1][
                "deleted"
            ]
        )
        == 1000
    )

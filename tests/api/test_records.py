"""Create, read, change, delete, restore: the life of a record over the API."""

LEADS = "/apps/shop/forms/lead/records"
ACCOUNTS = "/apps/shop/forms/account/records"


def test_a_created_record_has_its_defaults_number_formulas_and_title(manager):
    lead = manager.create("lead", company="Acme", amount=1000, chance=0.25)
    assert lead["no"] == "LD-0001"
    assert lead["title"] == "LD-0001 Acme"
    assert lead["status"] == "new"
    assert lead["expected"] == 250
    assert lead["owner"] == {"id": manager.me["user"]["id"], "name": "Manager"}
    assert manager.get(f"{LEADS}/{lead['id']}") == (200, lead)


def test_a_change_answers_with_the_new_state_and_the_next_revision(manager):
    lead = manager.create("lead", company="Acme", amount=10, chance=1)
    status, changed = manager.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "amount": 20})
    assert status == 200
    assert (changed["revision"], changed["expected"], changed["company"]) == (2, 20, "Acme")


def test_a_change_of_nothing_keeps_the_revision(manager):
    lead = manager.create("lead", company="Acme")
    status, same = manager.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "company": "Acme"})
    assert (status, same["revision"]) == (200, 1)


def test_two_people_saving_the_same_record(manager, admin):
    lead = manager.create("lead", company="Acme")
    admin.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "company": "First"})
    status, problem = manager.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "company": "Second"})
    assert status == 409
    assert problem["code"] == "stale_revision"
    assert problem["current"]["company"] == "First"
    assert problem["submitted"] == {"company": "Second"}
    assert manager.get(f"{LEADS}/{lead['id']}")[1]["company"] == "First"


def test_all_mistakes_are_reported_at_once_and_nothing_is_written(manager):
    sent = {"status": "strange", "amount": -5, "due": "2026-02-30", "surprise": 1}
    status, problem = manager.post(LEADS, sent)
    assert status == 422
    assert {issue["path"] for issue in problem["issues"]} >= {
        "/company",
        "/status",
        "/due",
        "/surprise",
        "/amount",
    }
    assert manager.get(LEADS)[1]["count"] == {"value": 0, "exact": True}
    assert manager.create("lead", company="Next")["no"] == "LD-0001"


def test_rules_speak_the_language_of_the_reader(manager):
    manager.patch("/me", {"language": "zh-CN"})
    _, problem = manager.post(LEADS, {"company": "Acme", "status": "won"})
    assert [issue["message"] for issue in problem["issues"]] == ["成交线索必须有金额"]


def test_a_unique_value_can_be_used_once(manager):
    manager.create("account", name="Acme")
    status, problem = manager.post(ACCOUNTS, {"name": "ACME"})
    assert (status, problem["code"]) == (409, "duplicate_value")
    assert [issue["path"] for issue in problem["issues"]] == ["/name"]


def test_a_relation_must_point_at_a_record_that_is_there(manager):
    account = manager.create("account", name="Acme")
    lead = manager.create("lead", company="Acme", account=account["id"])
    assert lead["account"] == {"id": account["id"], "title": "Acme"}
    status, problem = manager.post(LEADS, {"company": "B", "account": 999_999})
    assert (status, problem["issues"][0]["path"]) == (422, "/account")


def test_a_record_that_others_refer_to_cannot_be_deleted(manager):
    account = manager.create("account", name="Acme")
    lead = manager.create("lead", company="Acme", account=account["id"])
    status, problem = manager.delete(f"{ACCOUNTS}/{account['id']}")
    assert (status, problem["code"]) == (409, "record_in_use")
    blocker = {"form": "lead", "label": {"en": "Lead", "zh": "线索"}, "count": 1}
    named = [{"id": lead["id"], "title": lead["title"]}]
    assert problem["blockers"] == [{**blocker, "records": named}]
    assert manager.delete(f"{LEADS}/{lead['id']}")[0] == 204
    assert manager.delete(f"{ACCOUNTS}/{account['id']}")[0] == 204


def test_a_relation_that_a_rule_needs_is_not_emptied(manager):
    lead = manager.create("lead", company="Acme")
    manager.create("note", text="About a lead", lead=lead["id"])
    status, problem = manager.delete(f"{LEADS}/{lead['id']}")
    assert (status, problem["code"]) == (409, "record_in_use")
    assert "Note (1)" in problem["detail"]
    assert manager.get(f"{LEADS}/{lead['id']}")[0] == 200


def test_a_relation_that_may_be_unlinked_is_emptied(manager):
    lead = manager.create("lead", company="Acme")
    note = manager.create("note", text="Called", lead=lead["id"])
    assert manager.delete(f"{LEADS}/{lead['id']}")[0] == 204
    _, emptied = manager.get(f"/apps/shop/forms/note/records/{note['id']}")
    assert (emptied["lead"], emptied["revision"]) == (None, 2)


def test_the_recycle_bin(manager):
    lead = manager.create("lead", company="Acme", email="a@example.com")
    assert manager.delete(f"{LEADS}/{lead['id']}", revision=7)[0] == 409
    assert manager.delete(f"{LEADS}/{lead['id']}", revision=1)[0] == 204
    assert manager.get(f"{LEADS}/{lead['id']}")[0] == 404
    assert [found["id"] for found in manager.get(LEADS, deleted="true")[1]["records"]] == [lead["id"]]
    status, restored = manager.post(f"{LEADS}/{lead['id']}/restore", {})
    assert (status, restored["company"]) == (200, "Acme")
    assert manager.get(LEADS, deleted="true")[1]["records"] == []


def test_a_restored_record_must_still_be_unique(manager):
    lead = manager.create("lead", company="A", email="a@example.com")
    manager.delete(f"{LEADS}/{lead['id']}")
    manager.create("lead", company="B", email="A@example.com")
    status, problem = manager.post(f"{LEADS}/{lead['id']}/restore", {})
    assert (status, problem["code"]) == (409, "duplicate_value")


def test_history_tells_who_changed_what(manager):
    account = manager.create("account", name="Acme")
    lead = manager.create("lead", company="Acme")
    manager.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "company": "Emca", "account": account["id"]})
    manager.delete(f"{LEADS}/{lead['id']}")
    manager.post(f"{LEADS}/{lead['id']}/restore", {})
    _, page = manager.get(f"{LEADS}/{lead['id']}/history")
    assert [entry["kind"] for entry in page["entries"]] == ["restored", "deleted", "updated", "created"]
    changes = {change["field"]: (change["old"], change["new"]) for change in page["entries"][2]["changes"]}
    assert changes == {
        "company": ("Acme", "Emca"),
        "account": (None, {"id": account["id"], "title": "Acme"}),
    }
    assert page["entries"][0]["actor"] == {"id": manager.me["user"]["id"], "name": "Manager"}


def test_history_comes_in_pages(manager):
    lead = manager.create("lead", company="0")
    for revision in range(1, 4):
        manager.patch(f"{LEADS}/{lead['id']}", {"revision": revision, "company": str(revision)})
    _, first = manager.get(f"{LEADS}/{lead['id']}/history", limit=3)
    _, second = manager.get(f"{LEADS}/{lead['id']}/history", limit=3, cursor=first["next_cursor"])
    assert [entry["kind"] for entry in first["entries"] + second["entries"]] == ["updated"] * 3 + ["created"]
    assert second["next_cursor"] is None


def test_prepare_computes_and_complains_without_writing(manager):
    status, state = manager.post(
        f"{LEADS}/prepare", {"values": {"status": "lost", "amount": 8, "chance": 0.5}}
    )
    assert status == 200
    assert state["values"]["expected"] == 4
    assert state["fields"]["reason"] == {"visible": True, "required": True, "read_only": False}
    assert state["sections"] == {"money": {"visible": False}}
    assert manager.get(LEADS)[1]["records"] == []


def test_related_lists(manager):
    account = manager.create("account", name="Acme")
    for company in ("A", "B"):
        manager.create("lead", company=company, account=account["id"])
    manager.create("lead", company="C")
    _, page = manager.get(f"{ACCOUNTS}/{account['id']}/related/leads", sort="company", fields="company")
    assert [record["company"] for record in page["records"]] == ["A", "B"]
    assert manager.get(f"{ACCOUNTS}/{account['id']}/related/nothing")[0] == 404
    assert manager.get(f"{ACCOUNTS}/999999/related/leads")[0] == 404

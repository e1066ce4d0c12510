"""What an entry form computes by itself: at every keystroke, and without asking anybody."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]
NEW = "/a/crm_ltc/opportunity/new"
#: Longer than the form waits before it asks.
PAUSE_MS = 5_000


def field(page: Page, key: str):
    return page.locator(f'[data-field="{key}"]')


def entered(page: Page, key: str):
    return field(page, key).get_by_role("textbox")


def choose(page: Page, key: str, option: str) -> None:
    field(page, key).get_by_role("combobox").click()
    page.locator(".ant-select-dropdown:visible").get_by_text(option, exact=True).click()


class Asked:
    """The requests of a page from now on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.paths: list[str] = []
        page.on("request", lambda request: self.paths.append(urlsplit(request.url).path))

    def nothing_after_a_pause(self) -> None:
        self.page.clock.run_for(PAUSE_MS)
        assert self.paths == []


@pytest.fixture
def form(open_page):
    """`form("/a/..")`: a page with an entry form that is ready, and its requests from then on."""

    def opened(path: str, ready: str, **how) -> tuple[Page, Asked]:
        page = open_page("manager@example.com", "/", **how)
        page.clock.install()
        page.goto(path)
        expect(entered(page, ready)).to_be_visible()
        page.wait_for_load_state("networkidle")
        return page, Asked(page)

    return opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_price_and_quantity_give_the_amount_at_once(form, language, width):
    page, asked = form(NEW, "list_price", language=language, width=width)
    entered(page, "list_price").fill("19.99")
    expect(field(page, "list_amount")).to_contain_text("19.99")
    entered(page, "quantity").fill("3")
    expect(field(page, "list_amount")).to_contain_text("59.97")
    entered(page, "amount").fill("50")
    expect(field(page, "discount")).to_contain_text("16.62%")
    expect(field(page, "weighted_amount")).to_contain_text("5.00")
    asked.nothing_after_a_pause()


def test_a_rule_shows_a_field_at_once_and_hides_it_again(form):
    page, asked = form(NEW, "name")
    stage = field(page, "stage").get_by_role("combobox")
    stage.click()
    page.locator(".ant-select-dropdown:visible").get_by_text("Lost", exact=True).click()
    expect(field(page, "lost_reason")).to_contain_text("required")
    expect(field(page, "closed_on")).to_be_visible()
    choose(page, "stage", "Product demo")
    expect(field(page, "lost_reason")).to_have_count(0)
    expect(field(page, "closed_on")).to_have_count(0)
    asked.nothing_after_a_pause()


@pytest.mark.parametrize(
    "language, message", [("en", "The quantity must be positive."), ("zh-CN", "数量必须大于 0。")]
)
def test_a_validation_speaks_at_once_by_keyboard_alone(form, language, message):
    page, asked = form(NEW, "quantity", language=language)
    entered(page, "quantity").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("-1")
    expect(field(page, "quantity").locator(".form-issue")).to_have_text(message)
    expect(entered(page, "quantity")).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    expect(field(page, "quantity").locator(".form-issue")).to_have_count(0)
    asked.nothing_after_a_pause()


def test_what_only_the_server_can_tell_is_asked_and_overwrites_nothing(form, api):
    product = api().records("product", filter='{status} = "on_sale"', limit=1)[0]
    page, asked = form(NEW, "quantity")
    entered(page, "quantity").fill("7")
    field(page, "product").get_by_role("combobox").click()
    with page.expect_response(lambda answer: answer.url.endswith("/records/prepare")):
        page.locator(".ant-select-dropdown:visible").get_by_text(product["title"], exact=True).click()
        page.clock.run_for(PAUSE_MS)
    price = round(product["price"] * 7, 2)
    expect(field(page, "list_amount")).to_contain_text(f"{price:,.2f}")
    entered(page, "list_price").fill("10")
    expect(field(page, "list_amount")).to_contain_text("70.00")
    page.clock.run_for(PAUSE_MS)
    assert [path for path in asked.paths if path.endswith("/prepare")] == [
        "/api/v1/apps/crm_ltc/forms/opportunity/records/prepare"
    ]
    expect(field(page, "list_amount")).to_contain_text("70.00")


def test_a_number_that_is_none_is_left_to_the_server(form):
    page, asked = form(NEW, "quantity")
    entered(page, "list_price").fill("10")
    entered(page, "quantity").fill("three")
    with page.expect_response(lambda answer: answer.url.endswith("/records/prepare")):
        page.clock.run_for(PAUSE_MS)
    expect(field(page, "quantity").locator(".form-issue")).to_have_text("Enter a number.")
    assert len(asked.paths) == 1


def test_editing_asks_nothing_and_saving_keeps_what_was_shown(form, api):
    people = api("manager@example.com")
    made = people.create(
        "opportunity", name="Live deal", stage="demo", list_price=100, quantity=2, expected_close="2030-01-31"
    )
    page, asked = form(f"/a/crm_ltc/opportunity/{made['id']}?edit=1", "name")
    entered(page, "quantity").fill("3")
    expect(field(page, "list_amount")).to_contain_text("300.00")
    asked.nothing_after_a_pause()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+s")
    people.expect_record("opportunity", made["id"], list_amount=300)
    # The page still reads the record it saved; closed, it asks for nothing that is gone.
    page.close()
    people.delete(f"/apps/crm_ltc/forms/opportunity/records/{made['id']}")

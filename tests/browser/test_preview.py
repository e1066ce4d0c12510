"""Pictures of a record are looked at over its page."""

import struct
import zlib

from playwright.sync_api import expect


def png(color: bytes) -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\x00" + color)), chunk(b"IEND", b""))
    )


def test_pictures_are_shown_over_the_page_one_after_the_other(open_page, api):
    page = open_page("admin@example.com", "/")
    token = page.request.get("/api/v1/me").json()["csrf_token"]
    ids = [
        page.request.post(
            "/api/v1/files",
            multipart={"file": {"name": name, "mimeType": "image/png", "buffer": png(color)}},
            headers={"X-CSRF-Token": token},
        ).json()["id"]
        for name, color in (("first.png", b"\xff\x00\x00"), ("second.png", b"\x00\xff\x00"))
    ]
    people = api("admin@example.com")
    account = people.create("account", name="Seen Works", logo=ids)
    page.goto(f"/a/crm_ltc/account/{account['id']}?tab=profile_tab")
    page.locator(".record-main").get_by_role("button", name="Show first.png").click()
    first = page.get_by_role("dialog", name="first.png")
    expect(first.get_by_role("img", name="first.png")).to_have_js_property("naturalWidth", 1)
    page.keyboard.press("ArrowRight")
    second = page.get_by_role("dialog", name="second.png")
    expect(second.get_by_role("link", name="Download")).to_have_attribute("download", "second.png")
    second.get_by_role("button", name="Larger").click()
    expect(second.get_by_role("button", name="Smaller")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(second).to_be_hidden()
    people.delete(f"/apps/crm_ltc/forms/account/records/{account['id']}")

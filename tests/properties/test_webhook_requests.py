"""Whatever a record says: a call goes to the host that is written out, with its own headers and secrets."""

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from joinery.definitions import template_pieces
from joinery.runtime.webhooks.requests import ready, request_of, secrets_of
from tests.conftest import NOW

SETTINGS = {
    "url": "https://erp.example.com/orders/{no}?key={secret.KEY}&note={note}",
    "headers": {"X-Note": "{note}", "Authorization": "Bearer {secret.KEY}"},
    "body": {"text": "{note} {no}"},
    "sign": "SIGN",
}


class Saying:
    """A world in which every field says this."""

    def __init__(self, text):
        self.said = text

    def text(self, path):
        return self.said


anything = st.text() | st.sampled_from(
    ["..", ".", "@evil", "//evil", "{secret.SIGN}", "a\r\nX-Evil: 1", "\\\\evil"]
)


@given(anything)
def test_a_record_changes_neither_host_nor_headers_nor_secrets(text):
    kept = request_of(SETTINGS, Saying(text))
    assert secrets_of(kept) == {"KEY", "SIGN"}
    request = ready(kept, {"KEY": "k3y", "SIGN": "s1gn"}, key="main:1:2", now=NOW)
    place = urlsplit(request.url)
    assert (place.scheme, place.netloc) == ("https", "erp.example.com")
    assert place.path.startswith("/orders/")
    assert place.path.count("/") == 2
    assert place.fragment == ""
    assert place.query.count("&") == 1
    assert "s1gn" not in f"{request.url}{request.headers}{request.body!r}".replace(text, "")
    assert all(value.isprintable() for value in request.headers.values())


@given(st.text())
def test_the_pieces_of_a_template_are_all_of_it(text):
    shown = {"text": "{}", "path": "{{{}}}", "secret": "{{secret.{}}}"}
    assert "".join(shown[one.kind].format(one.text) for one in template_pieces(text)) == text

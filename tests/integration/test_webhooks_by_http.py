"""Calls over real sockets: by TLS for the right name, to addresses that were looked at, within their time."""

import socket
import ssl
import threading

import pytest
import trustme

from joinery.adapters import AllowedHosts, HttpCaller, WebhookFailed, WebhookRequest

LOCAL = AllowedHosts.read("127.0.0.1, localhost")


@pytest.fixture
def listening():
    """`listening(answer, context)`: the port of a server that hands each connection to `answer`."""
    sockets, threads = [], []

    def begun(answer, context=None):
        server = socket.create_server(("127.0.0.1", 0))
        sockets.append(server)

        def serve():
            try:
                connection, _ = server.accept()
                with connection:
                    if context is None:
                        answer(connection)
                        return
                    with context.wrap_socket(connection, server_side=True) as talking:
                        answer(talking)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        threads.append(thread)
        thread.start()
        return server.getsockname()[1]

    yield begun
    for one in sockets:
        one.close()
    for thread in threads:
        thread.join(10)


def fine(connection):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def authority():
    made = trustme.CA()
    trusting = ssl.create_default_context()
    made.configure_trust(trusting)
    return made, trusting


def serving(made, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.issue_cert(name).configure_cert(context)
    return context


def test_tls_is_for_the_name_that_was_written(listening):
    made, trusting = authority()
    port = listening(fine, serving(made, "localhost"))
    answer = HttpCaller(LOCAL, context=trusting).call(
        WebhookRequest(method="GET", url=f"https://localhost:{port}/")
    )
    assert (answer.status, answer.body) == (200, b"ok")


@pytest.mark.parametrize("name, trusted", [("other.example.com", True), ("localhost", False)])
def test_a_wrong_certificate_is_no_connection(listening, name, trusted):
    made, trusting = authority()
    port = listening(fine, serving(made, name))
    caller = HttpCaller(LOCAL, context=trusting if trusted else None)
    with pytest.raises(WebhookFailed) as raised:
        caller.call(WebhookRequest(method="GET", url=f"https://localhost:{port}/"))
    assert (raised.value.code, raised.value.certain) == ("webhook_not_reached", True)


def silent(connection):
    connection.recv(65536)
    connection.recv(1)


def dripping(connection):
    """Says one letter of its head after the other, always before anybody loses patience with it."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    connection.settimeout(0.02)
    while True:
        try:
            if not connection.recv(1):
                return
        except TimeoutError:
            connection.sendall(b"X")


@pytest.mark.parametrize("answer", [silent, dripping])
def test_who_does_not_come_to_an_end_is_given_up(listening, answer):
    port = listening(answer)
    with pytest.raises(WebhookFailed) as raised:
        HttpCaller(LOCAL).call(WebhookRequest(method="POST", url=f"http://127.0.0.1:{port}/", timeout=0.5))
    assert (raised.value.code, raised.value.certain) == ("webhook_too_late", False)


def test_who_closes_without_an_answer_may_have_done_it(listening):
    port = listening(lambda connection: connection.recv(65536))
    with pytest.raises(WebhookFailed) as raised:
        HttpCaller(LOCAL).call(WebhookRequest(method="POST", url=f"http://127.0.0.1:{port}/"))
    assert (raised.value.code, raised.value.certain) == ("webhook_no_answer", False)


@pytest.mark.parametrize(
    "url",
    ["http:///x", "http://user:pw@127.0.0.1/", "http://[::1", "http://127.0.0.1:99999/", "ftp://127.0.0.1/"],
)
def test_what_is_no_address_is_not_called(url):
    with pytest.raises(WebhookFailed) as raised:
        HttpCaller(LOCAL).call(WebhookRequest(method="GET", url=url))
    assert (raised.value.code, raised.value.lasting) == ("webhook_wrong_address", True)


def test_nobody_there_is_not_reached():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(WebhookFailed) as raised:
        HttpCaller(LOCAL).call(WebhookRequest(method="GET", url=f"http://127.0.0.1:{port}/"))
    assert (raised.value.code, raised.value.certain, raised.value.lasting) == (
        "webhook_not_reached",
        True,
        False,
    )

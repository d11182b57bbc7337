from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from oskil.errors import AddressRefused, SourceError
from oskil.sources import Hints, load
from oskil.sources.addresses import check
from oskil.sources.fetching import FakeFetcher, HttpFetcher, Limits

SENTENCE = (
    "Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper on Monday."
)
PAGE = f"<html><head><title>Ferry sunk</title></head><body><p>{SENTENCE}</p></body></html>".encode()

Answer = Callable[[BaseHTTPRequestHandler], None]


def plain(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class Site:
    """A server on loopback whose answers are set by path."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.hosts: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.hosts.append(self.headers["Host"])
                answer = site.answers.get(self.path.partition("?")[0])
                try:
                    answer(self) if answer else plain(self, b"gone", 404)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.server.shutdown()
    running.server.server_close()


def get(url: str, **limits: float) -> bytes:
    return HttpFetcher(allow_private=True, limits=Limits(**limits)).get(url).data  # type: ignore[arg-type]


def test_a_page_is_fetched_and_read(site: Site) -> None:
    site.answers["/2021/05/03/ferry"] = lambda h: plain(h, PAGE, Content_Type="text/html; charset=utf-8")
    document = load(site.url("/2021/05/03/ferry"), Hints(), allow_private=True)[0].document
    assert document.title == "Ferry sunk"
    assert SENTENCE in document.text
    assert document.url == site.url("/2021/05/03/ferry")
    assert document.found["url"] == "the address it was fetched from"
    assert (document.published, document.found["published"]) == ("2021-05-03", "day in the link")


def test_the_servers_encoding_is_used(site: Site) -> None:
    russian = (
        "Снаряды попали в порт вечером, сообщил начальник порта в понедельник утром и добавил подробности."
    )
    page = f"<html><body><article><p>{russian}</p></article></body></html>".encode("koi8-r")
    site.answers["/koi"] = lambda h: plain(h, page, Content_Type="text/html; charset=koi8-r")
    assert load(site.url("/koi"), Hints(), allow_private=True)[0].document.text == russian


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.answers["/a"] = lambda h: plain(h, b"", 302, Location="/b")
    site.answers["/b"] = lambda h: plain(h, b"", 301, Location=site.url("/c"))
    site.answers["/c"] = lambda h: plain(h, b"here")
    site.answers["/loop"] = lambda h: plain(h, b"", 302, Location="/loop")
    assert get(site.url("/a")) == b"here"
    with pytest.raises(AddressRefused, match="more than 1 redirects"):
        get(site.url("/a"), redirects=1)
    with pytest.raises(AddressRefused, match="more than 5 redirects"):
        get(site.url("/loop"))


@pytest.mark.parametrize(
    "target", ["http://10.0.0.7/x", "http://169.254.169.254/latest", "file:///etc/passwd", "http://[::1]/"]
)
def test_a_redirect_to_what_is_private_is_refused(target: str) -> None:
    """The first answer is acted, as a server at a public address is not to be had in a test."""
    asked: list[str] = []

    class Loopback(HttpFetcher):
        def _ask(self, client: object, checked: object, *rest: object) -> object:  # type: ignore[override]
            asked.append(checked.url)  # type: ignore[attr-defined]
            return target

    fetcher = Loopback(resolver=lambda host, port: ["93.184.216.34"])
    with pytest.raises(AddressRefused):
        fetcher.get("http://public.example/out")
    assert asked == ["http://public.example/out"]


def test_the_checked_address_is_the_one_that_is_connected_to(site: Site) -> None:
    """A name server that answers otherwise a second time is not asked a second time."""
    answers = iter([["127.0.0.1"], ["203.0.113.9"]])
    site.answers["/pinned"] = lambda h: plain(h, b"here")

    def resolver(host: str, port: int) -> Sequence[str]:
        assert host == "harbour.example"
        return next(answers)

    fetcher = HttpFetcher(allow_private=True, resolver=resolver)
    assert fetcher.get(f"http://harbour.example:{site.port}/pinned").data == b"here"
    assert site.hosts[-1] == f"harbour.example:{site.port}"
    assert next(answers) == ["203.0.113.9"]


def test_size_is_limited_as_stated_and_as_sent(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 10_000)

    site.answers["/stated"] = lambda h: plain(h, b"x" * 50_000)
    site.answers["/endless"] = endless
    for path in ("/stated", "/endless"):
        with pytest.raises(SourceError, match=r"more than the 0.02 MB"):
            get(site.url(path), size=20_000)


def test_a_compressed_page_may_not_swell_beyond_the_limit(site: Site) -> None:
    import gzip

    bomb = gzip.compress(b"x" * 5_000_000)
    site.answers["/bomb"] = lambda h: plain(h, bomb, Content_Encoding="gzip")
    with pytest.raises(SourceError, match="more than the 0.1 MB"):
        get(site.url("/bomb"), size=100_000)


def test_slow_servers_are_left(site: Site) -> None:
    def silent(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(1.0)

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(20):
            handler.wfile.write(b"X-Slow: 1\r\n")
            time.sleep(0.1)

    site.answers["/silent"] = silent
    site.answers["/dripping"] = dripping
    with pytest.raises(SourceError, match="did not answer in time"):
        get(site.url("/silent"), read=0.2)
    start = time.perf_counter()
    with pytest.raises(SourceError, match="not complete within 0.5 seconds"):
        get(site.url("/dripping"), total=0.5)
    assert time.perf_counter() - start < 1.5


def test_errors_of_servers_are_told(site: Site) -> None:
    with pytest.raises(SourceError, match="answered 404"):
        get(site.url("/nowhere"))
    with pytest.raises(SourceError, match="no connection"):
        get("http://127.0.0.1:9/")


def test_a_picture_behind_a_url_is_refused(site: Site) -> None:
    site.answers["/p.html"] = lambda h: plain(h, b"\x89PNG\r\n\x1a\n123", Content_Type="text/html")
    with pytest.raises(SourceError, match="a PNG picture"):
        load(site.url("/p.html"), Hints(), allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fc00::1]/",
        "http://[ff02::1]/",
        "http://[::]/",
        "ftp://public.example/x",
        "file:///etc/passwd",
        "gopher://public.example/",
        "http://user:secret@public.example/",
        "http://",
        "http://public.example:99999/",
    ],
)
def test_what_is_not_public_is_not_asked(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        load(url, Hints())
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(AddressRefused, match=r"mixed.example is 10.0.0.1, a private address"):
        check("http://mixed.example/", resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])


def test_a_public_address_passes_the_check() -> None:
    checked = check("https://paper.example:8443/a?b#c", resolver=lambda host, port: ["93.184.216.34"])
    assert (checked.host, checked.port, checked.address) == ("paper.example", 8443, "93.184.216.34")


def test_a_host_without_an_address_is_told() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    with pytest.raises(SourceError, match=r"the host paper.example cannot be found"):
        HttpFetcher(resolver=unknown).get("http://paper.example/")


def test_the_fake_network_has_what_was_put_there() -> None:
    url = "https://paper.example/ferry"
    assert SENTENCE in load(url, Hints(), fetch=FakeFetcher({url: PAGE}))[0].document.text
    with pytest.raises(SourceError, match="404"):
        load("https://paper.example/other", Hints(), fetch=FakeFetcher({url: PAGE}))
    with pytest.raises(SourceError, match="no connection"):
        load(url, Hints(), fetch=FakeFetcher({url: SourceError("no connection", url)}))

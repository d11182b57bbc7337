from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from oskil.errors import AddressRefused, InputError, OskilError, ProfileError, SourceError
from oskil.records import Refusal
from oskil.sources import Loaded, Raw
from oskil.sources.fetching import NONE, Answer, HttpFetcher
from oskil.sources.watch import (
    SourceState,
    StateFile,
    Watched,
    Web,
    poll,
    read_list,
    standing_of,
)
from oskil.sources.watch.page import html
from oskil.sources.watch.status import headline

START = dt.datetime(2021, 5, 4, 12, tzinfo=dt.UTC)
FEED = (Path(__file__).parent / "fixtures" / "posts.atom").read_bytes()
URL = "https://port.example/feed"


@dataclass
class FakeClock:
    """A clock that goes on only where somebody waits."""

    at: dt.datetime = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> dt.datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += dt.timedelta(seconds=seconds)


@dataclass
class FakeNetwork:
    """Answers by address; what is not there is a 404. Keeps what it was asked."""

    answers: dict[str, Answer | OskilError] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def ask(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        self.asked.append((url, headers))
        answer = self.answers.get(url, Answer(status=404, reason="Not Found"))
        if isinstance(answer, OskilError):
            raise answer
        return answer


def page(url: str, data: bytes, **more: str) -> Answer:
    return Answer(status=200, raw=Raw(where=url, data=data, url=url), **more)  # type: ignore[arg-type]


def world(**answers: Answer | OskilError) -> tuple[Web, FakeNetwork, FakeClock]:
    network, clock = FakeNetwork({URL: answers["feed"]} if "feed" in answers else {}), FakeClock()
    return Web(network, clock), network, clock


def asked(watched: Watched, state: SourceState, web: Web) -> tuple[list[Loaded | Refusal], SourceState]:
    polled = poll(watched, state, web)
    return list(polled.found), polled.state


PORT = Watched(name="Port", url=URL, every=dt.timedelta(minutes=10), expect=dt.timedelta(days=1))


def test_a_poll_gives_what_is_there_and_remembers_how_to_ask_again() -> None:
    web, network, clock = world(feed=page(URL, FEED, etag='"e1"', modified="Tue, 04 May 2021 09:00:00 GMT"))
    found, state = asked(PORT, SourceState(), web)
    assert [type(one) for one in found] == [Loaded]
    assert state.due == clock.now() - dt.timedelta(seconds=sum(clock.slept)) + PORT.every
    network.answers[URL] = Answer(status=304)
    found, state = asked(PORT, state, web)
    assert found == []
    assert network.asked[-1][1] == {
        "If-None-Match": '"e1"',
        "If-Modified-Since": "Tue, 04 May 2021 09:00:00 GMT",
    }
    assert standing_of(PORT, state, clock.now()).health == "fresh"


def test_a_source_that_fails_is_asked_less_and_less_and_refused_once() -> None:
    web, _, clock = world(feed=Answer(status=500, reason="Broken"))
    state = SourceState()
    spans, refusals = [], 0
    for _ in range(12):
        found, state = asked(PORT, state, web)
        refusals += len(found)
        assert state.due is not None
        spans.append((state.due - clock.now()) / PORT.every)
        clock.at = state.due
    assert [round(s) for s in spans[:4]] == [1, 2, 4, 8]
    assert spans[-1] * PORT.every <= dt.timedelta(days=1)
    assert refusals == 1
    standing = standing_of(PORT, state, clock.now())
    assert standing.health == "failing"
    assert "12 times in a row since 2021-05-04" in standing.why
    assert "500 Broken" in standing.why
    assert standing.why.endswith(f"; asked again from {state.due:%Y-%m-%d %H:%M} UTC on")


def test_a_server_that_asks_for_patience_gets_it() -> None:
    web, _, clock = world(feed=Answer(status=429, reason="Slow down", wait=7200.0))
    _, state = asked(PORT, SourceState(), web)
    assert state.due is not None
    assert state.due - clock.now() >= dt.timedelta(seconds=7190)


def test_a_source_that_recovers_is_fresh_again() -> None:
    web, network, clock = world(feed=SourceError("no connection", URL))
    _, state = asked(PORT, SourceState(), web)
    network.answers[URL] = page(URL, FEED)
    _, state = asked(PORT, state, web)
    assert (state.failures, state.problem) == (0, "")
    assert standing_of(PORT, state, clock.now()).health == "fresh"


def test_a_dead_feed_does_not_look_like_a_calm_front() -> None:
    web, network, clock = world(feed=page(URL, FEED))
    _, state = asked(PORT, SourceState(), web)
    clock.at += dt.timedelta(days=9)
    network.answers[URL] = Answer(status=304)
    _, state = asked(PORT, state, web)
    standing = standing_of(PORT, state, clock.now())
    assert standing.health == "late"
    assert "9 days old" in standing.why
    assert "does not mean that nothing happened" in headline([standing])
    assert "1 of 1 sources is silent (Port)" in html([standing], clock.now())


def test_a_list_that_nobody_polls_says_so() -> None:
    state = SourceState(asked=START, answered=START, newest="2021-05-04")
    assert standing_of(PORT, state, START).health == "fresh"
    assert standing_of(PORT, state, START + dt.timedelta(hours=3)).health == "not asked"
    assert standing_of(PORT, SourceState(), START).health == "not asked"


def test_the_page_shows_names_as_text_and_asks_nobody() -> None:
    evil = Watched(name="<script>alert(1)</script>", url="https://x.example/")
    made = html([standing_of(evil, SourceState(problem="<b>", failures=1), START)], START)
    assert "<script" not in made
    assert "<b>" not in made
    assert "src=" not in made
    assert "default-src 'none'" in made


def test_robots_txt_is_respected_and_asked_for_once_a_day() -> None:
    web, network, clock = world(feed=page(URL, FEED))
    robots = "https://port.example/robots.txt"
    network.answers[robots] = page(robots, b"User-agent: *\nCrawl-delay: 7\nDisallow: /private")
    web.get(URL)
    with pytest.raises(AddressRefused, match="robots"):
        web.get("https://port.example/private/x")
    web.get(URL)
    assert [url for url, _ in network.asked] == [robots, URL, URL]
    assert clock.slept[-1] == pytest.approx(7)
    clock.at += dt.timedelta(days=2)
    web.get(URL)
    assert [url for url, _ in network.asked].count(robots) == 2


def test_hosts_are_asked_with_pauses_but_not_for_one_another() -> None:
    network, clock = FakeNetwork(), FakeClock()
    for host in ("a", "b"):
        url = f"https://{host}.example/x"
        network.answers[url] = page(url, b"x")
    web = Web(network, clock)
    web.get("https://a.example/x")
    before = sum(clock.slept)
    web.get("https://b.example/x")
    assert sum(clock.slept) - before == pytest.approx(2.0)  # between its robots.txt and its page alone
    before = sum(clock.slept)
    web.get("https://a.example/x")
    assert sum(clock.slept) == before


def test_followed_pages_are_read_once_and_a_failing_one_does_not_stop_the_others() -> None:
    rss = (
        b"<rss version='2.0'><channel><title>D</title>"
        + b"".join(
            f"<item><title>T{n}</title><link>https://port.example/{n}</link></item>".encode() for n in (1, 2)
        )
        + b"</channel></rss>"
    )
    web, network, _ = world(feed=page(URL, rss))
    sentence = "Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper."
    network.answers["https://port.example/2"] = page(
        "https://port.example/2",
        f"<html><title>Long</title><p>{sentence}</p><p>{sentence}</p></html>".encode(),
    )
    following = Watched(name="Port", url=URL, follow=True)
    found, state = asked(following, SourceState(), web)
    assert sum(isinstance(one, Loaded) and sentence in one.document.text for one in found) == 1
    assert [one.where for one in found if isinstance(one, Refusal)] == ["https://port.example/1"]
    before = len(network.asked)
    asked(following, state, web)
    assert [url for url, _ in network.asked[before:]] == [URL]


def test_the_state_outlives_the_process_and_is_held_by_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = SourceState(asked=START, failures=3, problem="x", seen=("a", "b"), after=7, etag="e")
    StateFile(path).keep("Port", state)
    assert StateFile(path).of("Port") == state
    with StateFile(path).alone(), pytest.raises(InputError, match="another process"), StateFile(path).alone():
        pass
    path.write_text("{ not json")
    with pytest.raises(InputError, match="cannot be read"):
        StateFile(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "no list of sources"),
        ("sources: [{name: A}]", "source 1: a source has a url or a telegram channel"),
        ("sources: [{url: 'ftp://x.example/'}]", "no http"),
        ("sources: ['https://x.example/', 'https://x.example/']", "two sources have the name"),
        ("sources: [{url: 'https://x.example/', every: often}]", "no span of time"),
        ("sources: [{url: 'https://x.example/', colour: red}]", "no such field: colour"),
        ("sources: [", "not YAML"),
    ],
)
def test_a_bad_list_gets_one_clear_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text)
    with pytest.raises(ProfileError) as caught:
        read_list(path)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_is_read_with_its_common_fields(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("every: 2h\nsources:\n  - https://x.example/feed\n  - {telegram: '@quay', every: 5m}\n")
    first, second = read_list(path).sources
    assert (first.url, first.every) == ("https://x.example/feed", dt.timedelta(hours=2))
    assert (second.telegram, second.every, second.name) == ("quay", dt.timedelta(minutes=5), "t.me/quay")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/endless":
                self.send_response(200)
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b"<item><title>more</title></item>" * 1000)
                except OSError:
                    return
            known = self.path == "/feed" and self.headers.get("If-None-Match") == '"e1"'
            self.send_response(304 if known else 200 if self.path == "/feed" else 404)
            self.send_header("ETag", '"e1"')
            self.end_headers()
            if self.path == "/feed" and not known:
                self.wfile.write(FEED)

        def log_message(self, format: str, *args: object) -> None:
            return

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


def test_a_real_server_is_asked_again_only_for_what_changed(server: str) -> None:
    web = Web(HttpFetcher(allow_private=True), FakeClock())
    watched = Watched(name="Port", url=f"{server}/feed")
    found, state = asked(watched, SourceState(), web)
    assert len(found) == 1
    found, state = asked(watched, state, web)
    assert found == []
    assert state.failures == 0


def test_a_feed_that_never_ends_is_a_failure_with_its_reason(server: str) -> None:
    web = Web(HttpFetcher(allow_private=True), FakeClock())
    watched = Watched(name="Endless", url=f"{server}/endless")
    (refusal,), state = asked(watched, SourceState(), web)
    assert isinstance(refusal, Refusal)
    assert "more than the 20 MB" in refusal.reason
    assert state.failures == 1

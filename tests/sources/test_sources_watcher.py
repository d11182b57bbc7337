"""The watcher over a fake network, with a real ledger."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from pathlib import Path

import pytest

from oskil.ledger.store import Ledger, open_ledger
from oskil.pipeline.watching import Watcher
from oskil.records import Document, Reading
from oskil.sources.fetching import Answer
from oskil.sources.watch import StateFile, Watched, WatchList, Web
from tests.sources.test_sources_watch import FEED, URL, FakeClock, FakeNetwork, page

PORT = Watched(name="Port", url=URL, every=dt.timedelta(minutes=10))
GONE = Watched(name="Gone", url="https://gone.example/feed", every=dt.timedelta(minutes=30))


class Silent:
    """A reader that finds nothing."""

    name = "silent 1"

    def read(self, document: Document) -> Reading:
        return Reading(document.id, self.name)


def watcher(ledger: Ledger, folder: Path, network: FakeNetwork, clock: FakeClock) -> Watcher:
    states = StateFile(folder / "state.json")
    return Watcher(WatchList((PORT, GONE)), states, Web(network, clock), ledger, Silent())


@pytest.fixture
def network() -> FakeNetwork:
    return FakeNetwork({URL: page(URL, FEED)})


def test_each_source_is_polled_at_its_own_pace(tmp_path: Path, network: FakeNetwork) -> None:
    clock = FakeClock()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        polls = list(islice(watcher(ledger, tmp_path, network, clock).run(), 7))
    assert [poll.standing.watched.name for poll in polls] == "Port Gone Port Port Port Gone Port".split()
    assert [poll.count("new") for poll in polls if poll.standing.watched is PORT] == [1, 0, 0, 0, 0]


def test_a_new_process_goes_on_where_the_last_one_stopped(tmp_path: Path, network: FakeNetwork) -> None:
    clock = FakeClock()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        first = list(watcher(ledger, tmp_path, network, clock).run(rounds=1))
        assert len(first) == 2
        assert list(watcher(ledger, tmp_path, network, clock).run(rounds=1)) == []
        clock.at += dt.timedelta(minutes=11)
        network.answers[URL] = Answer(status=304)
        (again,) = watcher(ledger, tmp_path, network, clock).run(rounds=1)
        assert again.outcomes == ()
        assert again.standing.state.documents == 1


def test_a_failure_is_recorded_when_it_begins_and_not_at_each_poll(
    tmp_path: Path, network: FakeNetwork
) -> None:
    clock = FakeClock()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        one = watcher(ledger, tmp_path, network, clock)
        for _ in range(3):
            one.poll(GONE)
        assert [refusal.reason for refusal, _ in ledger.refusals()] == ["the server answered 404 Not Found"]
        standings = {s.watched.name: s.health for s in one.standings()}
    assert standings == {"Port": "not asked", "Gone": "failing"}

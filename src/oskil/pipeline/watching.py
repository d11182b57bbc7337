"""From a list of watched sources to the ledger: who is due is polled, and what is new is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oskil.pipeline.intake import Outcome, store

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer
    from oskil.reading.interface import Reader
    from oskil.sources.telegram.channels import Channels
    from oskil.sources.watch import Standing, StateFile, Watched, WatchList, Web

LONGEST_NAP = 60.0  # seconds; a list that is changed or a clock that is set is noticed within them


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll that is done: the source, how it stands now, and what became of its documents."""

    standing: Standing
    outcomes: tuple[Outcome, ...]

    def count(self, status: str) -> int:
        """How many documents have this status ("new", "revision", "known", "refused")."""
        return sum(outcome.status == status for outcome in self.outcomes)


@dataclass(slots=True)
class Watcher:
    """One process that polls the sources of a list, each at its own pace. All of its means are given."""

    listed: WatchList
    states: StateFile
    web: Web
    ledger: Ledger
    reader: Reader
    channels: Channels | None = None
    gazetteer: Gazetteer | None = None

    def run(self, *, rounds: int | None = None) -> Iterator[Poll]:
        """Poll whoever is due, then wait for the next; for ever, or for so many `rounds`.

        With `rounds`, sources that are not due are passed over. What a poll found is in the ledger before the
        state is kept, so that a kill in between costs nothing but asking again.
        """
        done = 0
        while rounds is None or done < rounds:
            for watched in self._due():
                yield self.poll(watched)
            done += 1
            if rounds is None:
                self.web.clock.sleep(self._nap())

    def poll(self, watched: Watched) -> Poll:
        """Ask one source now, whether it is due or not."""
        from oskil.sources.watch import poll, standing_of

        before = self.states.of(watched.name)
        polled = poll(watched, before, self.web, self.channels, self.gazetteer)
        now = self.web.clock.now()
        outcomes = tuple(store(watched.name, polled.found, self.ledger, self.reader, now))
        new = sum(outcome.status in ("new", "revision") for outcome in outcomes)
        state = replace(
            polled.state,
            documents=before.documents + new,
            last_new=now if new else before.last_new,
        )
        self.states.keep(watched.name, state)
        return Poll(standing_of(watched, state, now), outcomes)

    def standings(self) -> list[Standing]:
        """How every source stands now."""
        from oskil.sources.watch import standing_of

        now = self.web.clock.now()
        return [standing_of(one, self.states.of(one.name), now) for one in self.listed.sources]

    def _due(self) -> Sequence[Watched]:
        now = self.web.clock.now()
        waiting = [(self.states.of(one.name).due, one) for one in self.listed.sources]
        return [one for due, one in waiting if due is None or due <= now]

    def _nap(self) -> float:
        now = self.web.clock.now()
        dues = [self.states.of(one.name).due or now for one in self.listed.sources]
        return min(LONGEST_NAP, max(0.0, (min(dues) - now) / dt.timedelta(seconds=1)))

"""The network as a guest uses it: with pauses between requests to a host, and what robots.txt allows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from oskil.errors import AddressRefused, SourceError
from oskil.sources.fetching import AGENT, NONE, Answer
from oskil.sources.interface import Raw

PAUSE = 2.0  # seconds between two requests to one host, where robots.txt asks for no more
LONGEST_PAUSE = 60.0  # seconds; a host that asks for more is asked once a poll
_ROBOTS_LAST = 24 * 3600.0  # seconds that a robots.txt holds (RFC 9309, 2.4)
_NAME = AGENT.partition(" ")[0]


class Clock(Protocol):
    """The time, and waiting. `WallClock` is the real one; tests have their own."""

    def now(self) -> dt.datetime:
        """The moment, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait so long."""


@dataclass(frozen=True, slots=True)
class WallClock:
    """The system's clock."""

    def now(self) -> dt.datetime:
        """The moment, in UTC."""
        return dt.datetime.now(dt.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so long."""
        time.sleep(seconds)


class Asker(Protocol):
    """A network that takes headers. `fetching.HttpFetcher` is the real one."""

    def ask(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        """What the server answers. Raises SourceError where it does not."""


@dataclass(slots=True)
class _Host:
    """What is known of one host: its rules, since when, and when it was asked last."""

    rules: RobotFileParser | None = None
    since: float = float("-inf")
    asked: float = float("-inf")


@dataclass(slots=True)
class Web:
    """A network that waits between two requests to a host, and asks for nothing that robots.txt forbids."""

    network: Asker
    clock: Clock
    pause: float = PAUSE
    hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, url: str) -> Raw:
        """The bytes at `url`. Raises SourceError, or AddressRefused where robots.txt forbids it."""
        answer = self.ask(url)
        if answer.raw is None:
            raise SourceError(f"the server answered {answer.status} {answer.reason}".strip(), url)
        return answer.raw

    def ask(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        """What the server answers, after the pause that its host is owed. Raises as `get` does."""
        host = self._host(url)
        if host.rules is not None and not host.rules.can_fetch(_NAME, url):
            raise AddressRefused("the site's robots.txt asks not to read this page", url)
        delay = host.rules.crawl_delay(_NAME) if host.rules is not None else None
        self._wait(host, min(LONGEST_PAUSE, max(self.pause, float(delay or 0))))
        return self.network.ask(url, headers)

    def _wait(self, host: _Host, pause: float) -> None:
        due = host.asked + pause - self._seconds()
        if due > 0:
            self.clock.sleep(due)
        host.asked = self._seconds()

    def _seconds(self) -> float:
        return self.clock.now().timestamp()

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        host = self.hosts.setdefault(base, _Host())
        if self._seconds() - host.since > _ROBOTS_LAST:
            host.rules = self._robots(f"{base}/robots.txt", host)
            host.since = self._seconds()
        return host

    def _robots(self, url: str, host: _Host) -> RobotFileParser | None:
        """A host's rules: without any all is allowed; a host that fails is left alone (RFC 9309, 2.3.1)."""
        try:
            self._wait(host, self.pause)
            answer = self.network.ask(url)
        except AddressRefused:
            raise
        except SourceError as error:
            raise SourceError(f"its robots.txt cannot be had: {error.message}", url) from error
        if answer.status >= 500 or answer.status == 429:
            raise SourceError(f"its robots.txt answers {answer.status}, so nothing is asked", url)
        if answer.raw is None:
            return None
        rules = RobotFileParser(url)
        rules.parse(answer.raw.data[:500_000].decode("utf8", "replace").splitlines())
        return rules

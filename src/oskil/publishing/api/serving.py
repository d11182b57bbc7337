"""What the API is served from, and within which bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oskil.ledger.store import Ledger
from oskil.ledger.stored import Added
from oskil.places.interface import Gazetteer
from oskil.sources.interface import Hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one client may ask. `rate` and `burst` are requests a second and at once, `body` bytes, `page` the
    most claims in an answer, `streams` the most clients that are told of changes at one time."""

    rate: float = 500
    burst: int = 1000
    body: int = 2_000_000
    page: int = 1000
    streams: int = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """The rooms behind the API. `read` stores a text with its reading, for those who hold `token`; without a
    token nothing can be written. With `closed`, reading takes the token too. `site` is a folder that
    `oskil publish` wrote. `hosts` are the names that the server answers to.
    """

    ledger: Ledger
    gazetteer: Gazetteer
    kinds: Mapping[str, str]
    read: Callable[[str, str, Hints], Added] | None = None
    token: str | None = None
    closed: bool = False
    site: Path | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    limits: Limits = Limits()

"""A million claims in a ledger, on both databases: putting them in, listing some, proving all.

    python -m benchmarks.ledger [--claims N] [--only sqlite|postgresql] [--write]

Everything is made up by a seeded generator: 40 claims a document, 2,500 documents a recorded day, skewed like
reports are: few kinds, some speakers and places very often, most hardly ever. `--write` puts the table into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.postgresql import Server, missing
from benchmarks.report import figures as as_table
from benchmarks.report import machine, write
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import Ledger, open_ledger
from oskil.ledger.stored import VerifyReport
from oskil.records import Claim, Document, Period, Reading, Span

CLAIMS = 1_000_000
PER_DOCUMENT = 40
PER_DAY = 2500
START = dt.date(2022, 2, 24)
KINDS = ("control", "movement", "fighting", "strike", "losses", "harm", "statement", "forecast", "area")
KIND_WEIGHTS = (8, 10, 14, 25, 12, 6, 20, 4, 1)
SIDES = ("AA", "BB", "independent", "CC", None)
SIDE_WEIGHTS = (40, 30, 10, 2, 18)
SPEAKERS = [f"Speaker {n}" for n in range(4000)]
PLACES = [700_000 + n for n in range(6000)]
READER = "benchmark 1"


def documents(count: int) -> Iterator[tuple[Document, bytes, Reading]]:
    """The first `count` documents, always the same."""
    rng = random.Random(5)
    speakers = [1 / (n + 1) for n in range(len(SPEAKERS))]
    places = [1 / (n + 4) for n in range(len(PLACES))]
    for number in range(count):
        day = START + dt.timedelta(days=number * 700 // count)
        sentences = [
            f"Report {number}, sentence {n}: the town was shelled again." for n in range(PER_DOCUMENT)
        ]
        text = " ".join(sentences)
        identity = hashlib.sha256(text.encode()).hexdigest()
        document = Document(
            id=identity, key=f"https://example.org/{number}", text=text, title=f"Report {number}",
            outlet=f"Outlet {number % 37}", published=day.isoformat(),
        )  # fmt: skip
        kinds = rng.choices(KINDS, KIND_WEIGHTS, k=PER_DOCUMENT)
        sides = rng.choices(SIDES, SIDE_WEIGHTS, k=PER_DOCUMENT)
        voices = rng.choices(SPEAKERS, speakers, k=PER_DOCUMENT)
        where = rng.choices(PLACES, places, k=PER_DOCUMENT * 2)
        found, at = [], 0
        for n, sentence in enumerate(sentences):
            back = rng.randrange(4)
            first = day - dt.timedelta(days=back)
            last = None if rng.random() < 0.03 else first + dt.timedelta(days=rng.choice((0, 0, 0, 1, 6)))
            found.append(
                Claim(
                    id=hashlib.sha256(f"{identity} {n}".encode()).hexdigest(),
                    document=identity, quote=sentence, spans=(Span(at, at + len(sentence)),), kind=kinds[n],
                    speaker=voices[n], side=sides[n], places=tuple(dict.fromkeys(where[2 * n : 2 * n + 2])),
                    time=Period(first, last),
                )
            )  # fmt: skip
            at += len(sentence) + 1
        yield document, text.encode(), Reading(identity, READER, tuple(found))


def fill(ledger: Ledger, claims: int) -> float:
    """Put them in, day by day; returns the seconds that the ledger took, without those of making them."""
    return _filled(ledger, claims).wall


@dataclass(slots=True)
class Took:
    """Seconds by the clock, and of this process's processor: other work lengthens the first."""

    wall: float = 0.0
    worked: float = 0.0

    def add(self, work: Callable[[], object]) -> Took:
        """Do it, and add what it took."""
        wall, worked = time.perf_counter(), time.process_time()
        work()
        self.wall += time.perf_counter() - wall
        self.worked += time.process_time() - worked
        return self


def _filled(ledger: Ledger, claims: int) -> Took:
    took = Took()
    count = claims // PER_DOCUMENT
    made = documents(count)
    for start in range(0, count, PER_DAY):
        some = [one for _, one in zip(range(min(PER_DAY, count - start)), made, strict=False)]
        moment = dt.datetime(2024, 2, 1, tzinfo=dt.UTC) + dt.timedelta(days=start // PER_DAY)
        took.add(lambda some=some, moment=moment: list(ledger.add_many(some, moment)))  # type: ignore[misc]
    return took


def filters() -> dict[str, ClaimFilter]:
    """What people ask, and what an index alone would be slow at."""
    early, late = dt.date(2022, 3, 10), dt.date(2024, 1, 10)
    return {
        "nothing asked": ClaimFilter(),
        "a common kind": ClaimFilter(kind="strike"),
        "a rare kind": ClaimFilter(kind="area"),
        "kind and side": ClaimFilter(kind="area", side="CC"),
        "a common speaker": ClaimFilter(speaker="speaker 0"),
        "a rare speaker": ClaimFilter(speaker="Speaker 3777"),
        "nobody": ClaimFilter(speaker="nobody at all"),
        "a letter of all speakers": ClaimFilter(speaker="e"),
        "a common place": ClaimFilter(places=(PLACES[0],)),
        "a rare place": ClaimFilter(places=(PLACES[-1],)),
        "three early days": ClaimFilter(since=early, until=early + dt.timedelta(days=2)),
        "three late days": ClaimFilter(since=late, until=late + dt.timedelta(days=2)),
        "the last year": ClaimFilter(since=dt.date(2023, 1, 25)),
        "a late month of a kind": ClaimFilter(since=late - dt.timedelta(days=30), until=late, kind="harm"),
        "place, kind and month": ClaimFilter(
            places=(PLACES[3],), kind="control", since=late - dt.timedelta(days=30), until=late
        ),
        "speaker, side and place": ClaimFilter(speaker="Speaker 1", side="BB", places=(PLACES[1],)),
        "superseded readings too": ClaimFilter(kind="forecast", latest=False),
        "page 5,001": ClaimFilter(kind="strike", after=500_000),
    }


def slowest(ledger: Ledger, day: dt.date | None) -> tuple[Took, str]:
    """The slowest listing of 100, the best of three of each, and what it asked."""
    found = []
    for name, wanted in filters().items():
        asked = replace(wanted, limit=100, as_known_on=day)
        taken = [Took().add(lambda asked=asked: ledger.claims(asked)) for _ in range(3)]  # type: ignore[misc]
        best = Took(min(one.wall for one in taken), min(one.worked for one in taken))
        found.append((best, name))
        then = f"  as known on {day}" if day else ""
        print(f"  {name:<28}{best.wall * 1000:8.1f} ms{best.worked * 1000:8.1f}{then}", file=sys.stderr)
    return max(found, key=lambda one: one[0].wall)


def measured(name: str, where: str | Path, claims: int) -> list[Figure]:
    """The figures of one database."""
    with open_ledger(where) as ledger:
        # The work of a server is not this process's.
        alone = isinstance(where, Path)
        took = _filled(ledger, claims)
        beside = f"{claims / took.worked:,.0f} a second of processor" if alone else ""
        rows = [
            Figure(f"{name}: claims put in each second", round(claims / took.wall), "", ">= 10,000", beside)
        ]
        rows.append(
            _listing(f"{name}: slowest of {len(filters())} listings of 100", "< 50 ms", alone, ledger, None)
        )
        for label, day in (("early", dt.date(2024, 2, 2)), ("late", dt.date(2024, 2, 8))):
            rows.append(_listing(f"{name}: the same as known {label}", "< 100 ms", alone, ledger, day))
        reports: list[VerifyReport] = []
        took = Took().add(lambda: reports.append(ledger.verify()))
        assert (reports[0].problems, reports[0].claims) == ((), claims // PER_DOCUMENT * PER_DOCUMENT)
        beside = f"{took.worked:.0f} s of processor" if alone else ""
        rows.append(Figure(f"{name}: proving all of it", took.wall, "s", "< 180 s", beside))
    return rows


def _listing(name: str, goal: str, alone: bool, ledger: Ledger, day: dt.date | None) -> Figure:
    took, asked = slowest(ledger, day)
    beside = f"{asked}; {took.worked * 1000:.0f} ms of processor" if alone else asked
    return Figure(name, took.wall * 1000, "ms", goal, beside)


def figures(claims: int = CLAIMS, only: str | None = None) -> list[Figure]:
    """Both databases, or one of them."""
    rows: list[Figure] = []
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="oskil-ledger-")))
        if only != "postgresql":
            rows += measured("SQLite", folder / "ledger.db", claims)
            size = (folder / "ledger.db").stat().st_size / 1e6
            rows.append(Figure("SQLite: size of the database", size, "MB"))
        if only != "sqlite" and not missing():
            server = held.enter_context(Server())
            rows += measured("PostgreSQL", f"{server.address}&raw={folder}/raw", claims)
    return rows


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    given = parser.parse_args()
    table = as_table(figures(given.claims, given.only))
    print(table)
    if given.write:
        load = f"the load was {os.getloadavg()[1]:.1f}"
        write("ledger", f"{given.claims:,} claims. {machine()}; {load}.\n\n{table}")


if __name__ == "__main__":
    main()

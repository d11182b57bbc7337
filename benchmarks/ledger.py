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
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.postgresql import Server, missing
from benchmarks.report import figures as as_table
from benchmarks.report import machine, write
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import Ledger, open_ledger
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
    seconds = 0.0
    count = claims // PER_DOCUMENT
    made = documents(count)
    for start in range(0, count, PER_DAY):
        some = [one for _, one in zip(range(min(PER_DAY, count - start)), made, strict=False)]
        moment = dt.datetime(2024, 2, 1, tzinfo=dt.UTC) + dt.timedelta(days=start // PER_DAY)
        began = time.perf_counter()
        for _ in ledger.add_many(some, moment):
            pass
        seconds += time.perf_counter() - began
    return seconds


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


def slowest(ledger: Ledger, day: dt.date | None) -> tuple[float, str]:
    """The slowest listing of 100, the best of three of each, in milliseconds, and what it asked."""
    found = []
    for name, wanted in filters().items():
        asked = replace(wanted, limit=100, as_known_on=day)
        best = min(_timed(ledger, asked) for _ in range(3))
        found.append((best * 1000, name))
        print(
            f"  {name:<28}{best * 1000:8.1f} ms{'  as known on ' + str(day) if day else ''}", file=sys.stderr
        )
    return max(found)


def _timed(ledger: Ledger, wanted: ClaimFilter) -> float:
    began = time.perf_counter()
    ledger.claims(wanted)
    return time.perf_counter() - began


def measured(name: str, where: str | Path, claims: int) -> list[Figure]:
    """The figures of one database."""
    with open_ledger(where) as ledger:
        seconds = fill(ledger, claims)
        rows = [Figure(f"{name}: claims put in each second", round(claims / seconds), "", ">= 10,000")]
        listing, asked = slowest(ledger, None)
        rows.append(
            Figure(f"{name}: slowest of {len(filters())} listings of 100", listing, "ms", "< 50 ms", asked)
        )
        for label, day in (("early", dt.date(2024, 2, 2)), ("late", dt.date(2024, 2, 8))):
            listing, asked = slowest(ledger, day)
            rows.append(Figure(f"{name}: the same as known {label}", listing, "ms", "< 100 ms", asked))
        began = time.perf_counter()
        report = ledger.verify()
        assert (report.problems, report.claims) == ((), claims // PER_DOCUMENT * PER_DOCUMENT)
        rows.append(Figure(f"{name}: proving all of it", time.perf_counter() - began, "s", "< 180 s"))
    return rows


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
        write("ledger", f"{given.claims:,} claims. {machine()}.\n\n{table}")


if __name__ == "__main__":
    main()

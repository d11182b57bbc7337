"""Kills an import at random moments, again and again, and proves the ledger each time.

    python -m benchmarks.crash [--kills N] [--only sqlite|postgresql] [--write]

A child puts documents in and says of each that it was acknowledged. It dies by SIGKILL; on PostgreSQL every
tenth time the server dies with it. Then what was acknowledged must be there, the whole must prove right, and
the next child goes on from the first document, until the import is through and another begins.
`--write` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.ledger import documents
from benchmarks.postgresql import Server, missing
from benchmarks.report import figures as as_table
from benchmarks.report import machine, write
from oskil.ledger.store import open_ledger

FORK = multiprocessing.get_context("fork")
DOCUMENTS = 400
NOW = dt.datetime(2024, 2, 1, tzinfo=dt.UTC)


@dataclass(slots=True)
class Outcome:
    """What came of so many kills. Lost entries and broken chains must be none."""

    kills: int = 0
    while_writing: int = 0
    imports: int = 0
    lost: int = 0
    broken: int = 0


def run(kills: int, places: Callable[[int], str | Path], seed: int, server: Server | None = None) -> Outcome:
    """Kill `kills` imports; `places(n)` is where the n-th ledger goes."""
    rng, outcome = random.Random(seed), Outcome()
    ledgers = itertools.count()
    where, acknowledged = places(next(ledgers)), set[str]()
    while outcome.kills < kills:
        told, finished = _killed(where, rng.uniform(0.0, 0.9))
        acknowledged |= told
        if not finished:
            outcome.kills += 1
            outcome.while_writing += bool(told)
            if server is not None and outcome.kills % 10 == 0:
                server.restart()
        outcome.lost += len(acknowledged - _there(where, outcome))
        if finished:
            assert len(acknowledged) == DOCUMENTS, "an import that is through must have put in everything"
            outcome.imports += 1
            where, acknowledged = places(next(ledgers)), set()
    return outcome


def _killed(where: str | Path, after: float) -> tuple[set[str], bool]:
    receive, send = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_put_in, args=(where, send))
    child.start()
    send.close()
    until, told = time.monotonic() + 0.3 + after, set[str]()
    while (left := until - time.monotonic()) > 0:
        try:
            if receive.poll(left):
                told.add(receive.recv())
        except EOFError:
            break
    child.kill()
    child.join()
    while True:
        try:
            told.add(receive.recv())
        except EOFError:
            break
    receive.close()
    return told, child.exitcode == 0


def _put_in(where: str | Path, acknowledge: Connection) -> None:
    with open_ledger(where) as ledger:
        # Few at a time, so that many transactions can be hit; and enough for the way that large ones go.
        made, sizes = documents(DOCUMENTS), itertools.cycle((7, 30))
        while some := list(itertools.islice(made, next(sizes))):
            for added in ledger.add_many(some, NOW):
                acknowledge.send(added.document_id)


def _there(where: str | Path, outcome: Outcome) -> set[str]:
    with open_ledger(where) as ledger:
        outcome.broken += bool(ledger.verify().problems)
        return {stored.document.id for stored in ledger.documents(latest=False)}


def rows(name: str, found: Outcome) -> list[Figure]:
    """What came of it on one database, as figures."""
    through = f"{found.imports} imports came through between the kills"
    return [
        Figure(
            f"{name}: imports killed",
            found.kills,
            "",
            ">= 200",
            f"{found.while_writing} after a first answer",
        ),
        Figure(f"{name}: acknowledged documents lost", found.lost, "", "0", through),
        Figure(f"{name}: ledgers that did not prove right", found.broken, "", "0"),
    ]


def figures(kills: int, only: str | None = None) -> list[Figure]:
    """Both databases, or one of them."""
    told: list[Figure] = []
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="oskil-crash-")))
        if only != "postgresql":
            told += rows("SQLite", run(kills, lambda n: folder / f"{n}.db", 1))
        if only != "sqlite" and not missing():
            server = held.enter_context(Server())
            address = f"{server.address}&raw={folder}/raw"
            told += rows("PostgreSQL", run(kills, lambda n: f"{address}&schema=crash_{n}", 2, server))
    return told


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    given = parser.parse_args()
    table = as_table(figures(given.kills, given.only))
    print(table)
    if given.write:
        write("crash", f"{given.kills} kills on each. {machine()}.\n\n{table}")


if __name__ == "__main__":
    main()

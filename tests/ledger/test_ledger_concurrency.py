"""Several processes at one ledger, and processes that die while they write."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ledger_samples import NOON, claim, document

from oskil.ledger.store import Ledger, open_ledger
from oskil.records import Reading

FORK = multiprocessing.get_context("fork")


def add(ledger: Ledger, name: str) -> str:
    text = document(f"Brod fell, said {name}. " + "And so on. " * 50, key=name)
    found = tuple(claim(text, "Brod fell", number) for number in range(20))
    raw = name.encode() * 1000
    return ledger.add(text, raw, Reading(text.id, "rules 1", found), NOON).document_id


def add_many(path: str | Path, name: str, count: int) -> None:
    with open_ledger(path) as ledger:
        for number in range(count):
            add(ledger, f"{name} {number}")


def add_for_ever(path: str | Path, name: str, acknowledge: Connection) -> None:
    with open_ledger(path) as ledger:
        for number in range(1_000_000):
            acknowledge.send(add(ledger, f"{name} {number}"))


def together(count: int, target: Callable[..., None], *arguments: Any) -> None:
    """Run it in several processes at once, each with its number as last argument; all must end well."""
    processes = [FORK.Process(target=target, args=(*arguments, number)) for number in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * count


def _add_as(path: str | Path, number: int) -> None:
    add_many(path, f"writer {number}", 25)


def test_writers_at_the_same_time_wait_for_one_another(where: str | Path) -> None:
    # The ledger is not there yet, so they lay it out at the same time too.
    path = where
    together(4, _add_as, path)
    with open_ledger(path) as ledger:
        report = ledger.verify()
        assert (report.documents, report.claims, report.problems) == (100, 2000, ())


def _add_the_same(path: str | Path, number: int) -> None:
    add_many(path, "the same", 10)


def test_the_same_texts_from_two_processes_are_kept_once(where: str | Path) -> None:
    path = where
    together(2, _add_the_same, path)
    with open_ledger(path) as ledger:
        report = ledger.verify()
        assert (report.documents, report.claims, report.problems) == (10, 200, ())


def test_a_reader_is_not_held_up_by_a_writer(where: str | Path) -> None:
    path = where
    with open_ledger(path) as writer, writer._engine.connect().execution_options(writes=True) as held:
        held.begin()
        began = time.monotonic()
        with open_ledger(path) as reader:
            assert reader.claims() == []
        assert time.monotonic() - began < 5


def test_killed_while_writing_the_ledger_is_whole_and_keeps_what_it_acknowledged(where: str | Path) -> None:
    path = where
    chance = random.Random(7)
    acknowledged: list[str] = []
    for turn in range(12):
        receive, send = FORK.Pipe(duplex=False)
        process = FORK.Process(target=add_for_ever, args=(path, f"turn {turn}", send))
        process.start()
        send.close()
        # Every other process is surely writing when it dies; the rest may be opening or laying out.
        if turn % 2:
            assert receive.poll(30)
        time.sleep(chance.uniform(0.0, 0.08))
        process.kill()
        process.join(30)
        assert process.exitcode == -9
        while True:
            try:
                acknowledged.append(receive.recv())
            except EOFError:
                break
        receive.close()
        with open_ledger(path) as ledger:
            assert ledger.verify().problems == ()
            kept = {stored.document.id for stored in ledger.documents()}
            assert kept >= set(acknowledged)
            acknowledged.append(add(ledger, f"after turn {turn}"))
    assert len(acknowledged) >= 12 + 6, "every other process must have written before it died"

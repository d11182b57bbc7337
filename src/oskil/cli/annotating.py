"""The work behind `oskil annotate`: lines answered in this process, or in several at once, in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from oskil.cli import exits, rooms
from oskil.cli.tables import line_of
from oskil.errors import InputError
from oskil.settings import settings

if TYPE_CHECKING:
    from oskil.reading.interface import Reader

LONGEST_LINE = 64 * 1024 * 1024
SHORT = 128 * 1024  # bytes that one process has read before several have started
AHEAD = 4  # lines that wait for each process


@dataclass(frozen=True, slots=True)
class Answer:
    """The line that answers a document, or why there is none, with the exit code that stands for it."""

    line: str = ""
    complaint: str = ""
    code: int = exits.FINE


def jobs_for(stream: BinaryIO) -> int:
    """As many processes as there are cores for a long file; one for a short one, and for what is no file,
    of which nobody knows how much will come, and when.
    """
    try:
        about = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return 1
    long = stat.S_ISREG(about.st_mode) and about.st_size > SHORT
    return (os.cpu_count() or 1) if long else 1


def answers(
    numbered: Iterable[tuple[int, bytes]], profile: str | None, jobs: int
) -> Generator[Answer, None, None]:
    """An answer for each line, in the order of the lines. Raises InputError where a process is lost."""
    if jobs == 1:
        reader = rooms.reader_for(profile)
        return (answer(number, line, reader) for number, line in numbered)
    return _side_by_side(numbered, profile, jobs)


def answer(number: int, line: bytes, reader: Reader) -> Answer:
    """The answer to one line; whatever goes wrong with it is said of it alone."""
    from oskil import wire

    try:
        return Answer(line_of(wire.annotate(parsed(line), reader)))
    except InputError as error:
        return Answer(complaint=f"line {number}: {error.message}", code=exits.INPUT)
    except Exception as error:  # a fault met in one document must not cost the others
        if settings().debug:
            raise
        said = f"line {number}: unexpected: {type(error).__name__}: {error} (OSKIL_DEBUG=1 shows where)"
        return Answer(complaint=said, code=exits.UNEXPECTED)


def _side_by_side(
    numbered: Iterable[tuple[int, bytes]], profile: str | None, jobs: int
) -> Generator[Answer, None, None]:
    # What is wrong with the data is said once and here; the gazetteer is compiled before all want it.
    rooms.gazetteer()
    if profile:
        rooms.profile_of(profile)
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))
    waiting: deque[Future[Answer]] = deque()
    try:
        with _deaf():
            for _ in range(jobs):  # all are started now: one that died while another started could be missed
                pool.submit(int)
        for number, line in numbered:
            with _deaf():
                waiting.append(pool.submit(_answer_there, number, line, profile))
            while waiting and (len(waiting) > AHEAD * jobs or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise InputError("a process that read was killed; fewer --jobs need less memory") from error
    finally:
        _ended(pool, at_once=bool(waiting))


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C, which is for this one to act upon, when this is over.

    The mask is handed on at birth: a handler set by the child would come too late for a key pressed early.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ended(pool: ProcessPoolExecutor, *, at_once: bool) -> None:
    pool.shutdown(wait=not at_once, cancel_futures=True)
    if at_once:
        for process in multiprocessing.active_children():
            process.terminate()


def _answer_there(number: int, line: bytes, profile: str | None) -> Answer:
    return answer(number, line, _reader_there(profile))


@cache
def _reader_there(profile: str | None) -> Reader:
    return rooms.reader_for(profile, threads=1)


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1; a line too long is cut, and read past."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        if line.strip():
            yield number, line


def parsed(line: bytes) -> dict[str, Any]:
    """One record. Raises InputError that says what is wrong with the line."""
    import json

    if len(line) > LONGEST_LINE:
        raise InputError(f"longer than {LONGEST_LINE // 1024 // 1024} MB")
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise InputError("not JSON that can be used: nested too deep") from error
    if not isinstance(record, dict):
        raise InputError('not an object such as {"id": ..., "text": ...}')
    return record

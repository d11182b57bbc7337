"""Running a long calculation beside another, on the second core."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Begun(Generic[T]):
    """A task that was begun; calling it waits for the result. Without a process it begins then."""

    task: Callable[[], T]
    process: BaseProcess | None = None
    answers: Connection | None = None

    def __call__(self) -> T:
        if self.process is None or self.answers is None:
            return self.task()
        try:
            found: T = pickle.loads(self.answers.recv_bytes())
        except EOFError:
            return self.task()
        finally:
            self.answers.close()
            self.process.join()
        return found

    def stop(self) -> None:
        """End it without a result, where nobody will ask for it any more."""
        if self.process is not None:
            self.process.kill()
            self.process.join()


def alongside(task: Callable[[], T], *, enough: bool = True) -> Begun[T]:
    """Begin a task in a process of its own; what is returned waits for its result.

    Where it is not `enough` to pay, or a process cannot be forked safely (other systems, one core, threads
    at work), the task runs when its result is asked for. An error in the other process makes the task run
    here again, so that the error is met where it can be told.
    """
    if not (enough and _can_fork()):
        return Begun(task)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        # What fails here is met again there, and told there.
        with suppress(Exception):
            theirs.send_bytes(pickle.dumps(task(), pickle.HIGHEST_PROTOCOL))

    process = context.Process(target=run, daemon=True)
    process.start()
    theirs.close()
    return Begun(task, process, ours)


def _can_fork() -> bool:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return "fork" in multiprocessing.get_all_start_methods() and cores > 1 and threading.active_count() == 1

"""Running a long calculation beside another, on the second core."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def alongside(task: Callable[[], T], *, enough: bool = True) -> Callable[[], T]:
    """Begin a task in a process of its own; what is returned waits for its result.

    Where it is not `enough` to pay, or a process cannot be forked safely (other systems, one core, threads
    at work), the task runs when its result is asked for. An error in the other process makes the task run
    here again, so that the error is met where it can be told.
    """
    if not (enough and _can_fork()):
        return task
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        theirs.send_bytes(pickle.dumps(task(), pickle.HIGHEST_PROTOCOL))

    process = context.Process(target=run, daemon=True)
    process.start()
    theirs.close()

    def result() -> T:
        try:
            found: T = pickle.loads(ours.recv_bytes())
        except EOFError:
            return task()
        finally:
            ours.close()
            process.join()
        return found

    return result


def _can_fork() -> bool:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return "fork" in multiprocessing.get_all_start_methods() and cores > 1 and threading.active_count() == 1

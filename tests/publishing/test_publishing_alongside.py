"""A calculation in a process of its own gives what it gives in this one."""

from __future__ import annotations

import os
import time

import pytest

from oskil.publishing.alongside import alongside


@pytest.mark.parametrize("enough", [True, False])
def test_the_result_is_that_of_the_task(enough: bool) -> None:
    assert alongside(lambda: list(range(200_000)), enough=enough)() == list(range(200_000))


def test_a_task_that_fails_there_fails_here_with_its_own_error() -> None:
    def task() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        alongside(task)()


def test_what_nobody_asks_for_any_more_is_ended() -> None:
    began = time.monotonic()
    begun = alongside(lambda: time.sleep(60))
    begun.stop()
    assert time.monotonic() - began < 30
    assert begun.process is None or not begun.process.is_alive()


def test_a_process_that_is_killed_is_made_up_for() -> None:
    here = os.getpid()

    def task() -> str:
        if os.getpid() != here:
            os._exit(9)
        return "done"

    assert alongside(task)() == "done"

"""What is said to people on standard error: complaints in one line, and progress on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oskil.cli.tables import safe
from oskil.errors import OskilError


def complain(message: str, where: str = "") -> None:
    """One line on standard error: `oskil: where: message`."""
    line = f"oskil: {where}: {message}" if where else f"oskil: {message}"
    print(safe(" ".join(line.split())), file=sys.stderr)


def note(words: str) -> None:
    """A remark on standard error, where the output is for another program."""
    print(safe(words), file=sys.stderr)


def complain_of(error: OskilError) -> None:
    """The line of one of our own errors."""
    complain(error.message, error.where)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """Shows `what` and how far it has come, and yields a function that counts one more and names it.

    Nothing is written where standard error is not a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
    from rich.text import Text

    columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
    if total is not None:
        columns += [BarColumn(bar_width=20), MofNCompleteColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=Text(f"{what} {safe(name)}").plain[:50])

        yield step

"""`oskil import`: takes a whole ledger in that `oskil export` wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oskil.cli.options import LedgerOption


def take(
    source: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="What `oskil export` wrote: a file, or a folder of Parquet."),
    ],
    ledger: LedgerOption = None,
) -> None:
    """Take in a whole ledger that `oskil export` wrote.

    Into an empty ledger, or one that holds the beginning of it: an import that was broken off goes on. Every
    entry is proved by its hash as it comes. A ledger with another history is left as it is.
    """
    from oskil.cli import rooms
    from oskil.cli.console import progress
    from oskil.cli.wording import number
    from oskil.ledger import exchange

    with rooms.open_to_write(ledger) as store, progress("Taking the ledger in"):
        taken = exchange.take_in(store, source)
    print(
        f"{number(taken.new)} of {number(taken.entries)} entries were new. `oskil verify` proves the whole."
    )

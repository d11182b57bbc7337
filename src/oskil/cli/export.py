"""`oskil export`: the whole ledger into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oskil.cli.options import LedgerOption


def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="What to write; it must not be there yet.")],
    form: Annotated[
        str,
        typer.Option("--as", metavar="FORM", help="ledger-jsonl, ledger-parquet (a folder), or ro-crate."),
    ] = "ledger-jsonl",
    seal: Annotated[
        bool,
        typer.Option("--seal/--no-seal", help="Put a seal, signed with the user's key, into an RO-Crate."),
    ] = True,
    ledger: LedgerOption = None,
) -> None:
    """Write the whole ledger, to hand on or to keep.

    Every revision, claim, correction and hash, and all raw bytes, as they are: nothing is redacted. What may be
    shown to everyone is `oskil publish`'s. `oskil import` makes the same ledger of it, on either database.
    """
    from oskil.cli import rooms
    from oskil.cli.console import progress
    from oskil.cli.wording import number
    from oskil.ledger import exchange, sealing
    from oskil.ledger.exchange.crate import Crate

    how = exchange.form(form)
    with rooms.open_to_look(ledger) as store, progress("Writing the ledger"):
        if isinstance(how, Crate) and seal:
            how = Crate(sealing.make(store, sealing.key_file()).text())
        header = exchange.export(store, how, target)
    print(f"{target}: {number(header.entries)} entries; the last one's hash is {header.head}.")

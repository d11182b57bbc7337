"""`oskil seal`: a signed statement of where the ledger ends, and the proof of one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oskil.cli.options import LedgerOption

if TYPE_CHECKING:
    from oskil.ledger.seal import Seal


def seal(
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Where to write it; else it is printed.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Prove this seal against the ledger.")
    ] = None,
    signer: Annotated[
        str | None,
        typer.Option(
            "--signer", metavar="KEY", help="With --check: the fingerprint that it must be signed by."
        ),
    ] = None,
    authority: Annotated[
        str | None,
        typer.Option("--timestamp", metavar="URL", help="Have it stamped by this authority (RFC 3161)."),
    ] = None,
    roots: Annotated[
        list[Path] | None,
        typer.Option(
            "--trust",
            metavar="FILE",
            help="With --check: certificates (PEM) to trust; repeatable.",
        ),
    ] = None,
    calendars: Annotated[
        list[str] | None,
        typer.Option(
            "--calendar",
            metavar="URL",
            help="Have an OpenTimestamps calendar stamp the file; with --check: ask for the block.",
        ),
    ] = None,
    blocks: Annotated[
        list[str] | None,
        typer.Option("--block", metavar="HEX", help="With --check: a Bitcoin block's header to trust."),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Sign the hash of the ledger's last entry, or prove such a seal.

    Give the seal to someone else: whoever then cuts off the end of the ledger, or rewrites it, cannot hide
    it. The key is made on the first use, in seal-key.pem of the user's configuration folder, for its owner
    alone.
    Proving works offline; the exit code is 5 where the ledger is not the one that was sealed.
    """
    from oskil.cli import rooms
    from oskil.ledger import sealing

    if calendars and output is None and check is None:
        raise typer.BadParameter("it stamps a file: name one with --output", param_hint="--calendar")
    with rooms.open_to_look(ledger) as store:
        if check is not None:
            if calendars:
                sealing.complete(check, calendars)
            proved = sealing.check(store, check, signer, roots or [], blocks or [])
            print(_in_words(proved.seal))
            for line in proved.notes:
                print(line)
            return
        made = sealing.make(store, sealing.key_file(), authority)
    if output is None:
        print(made.text(), end="")
    else:
        sealing.write(made, output, calendars or [])
        print(f"{output}: {_in_words(made)}")


def _in_words(seal: Seal) -> str:
    return (
        f"Entry {seal.entries} of {seal.recorded_at[:19]}Z, sealed at {seal.sealed_at[:19]}Z by key "
        f"{seal.fingerprint}; its hash is {seal.head}."
    )

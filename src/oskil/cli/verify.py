"""`oskil verify`: proves the ledger."""

from __future__ import annotations

import typer

from oskil.cli import exits
from oskil.cli.console import complain
from oskil.cli.options import LedgerOption
from oskil.cli.wording import count


def verify(ledger: LedgerOption = None) -> None:
    """Prove the ledger: every hash, every quotation.

    Recomputes every hash and finds every quotation at its place. Says so in one line where all is well;
    else each problem is a line on standard error, and the exit code is 5.
    """
    from oskil.cli import rooms

    with rooms.open_to_look(ledger) as store:
        report = store.verify()
    for problem in report.problems:
        complain(problem, store.where)
    if report.problems:
        complain(f"{count(len(report.problems), 'problem')} in {count(report.entries, 'entry', 'entries')}")
        raise typer.Exit(exits.BROKEN)
    print(
        f"Every hash and quotation is right: {count(report.entries, 'entry', 'entries')}, "
        f"{count(report.documents, 'document')}, {count(report.claims, 'claim')}."
    )

"""`oskil withdraw`: records that a claim or a document is not to be relied on any more."""

from __future__ import annotations

from typing import Annotated

import typer

from oskil.cli.correct import ByOption, ReasonOption
from oskil.cli.options import LedgerOption


def withdraw(
    id: Annotated[str, typer.Argument(metavar="ID", help="The claim or document: its id or its beginning.")],
    reason: ReasonOption,
    by: ByOption,
    ledger: LedgerOption = None,
) -> None:
    """Record a withdrawal: what does not stand any more, why, and who says so.

    It stays in the ledger, with its reason; listings and pages pass over it from now on. A withdrawn document
    takes its claims with it. A later correction brings either back, corrected.
    """
    from datetime import UTC, datetime

    from oskil import pipeline
    from oskil.cli import rooms
    from oskil.cli.wording import short

    with rooms.open_to_look(ledger) as store:
        made = pipeline.withdraw(store, id, reason, by, datetime.now(UTC))
    print(f"Withdrawn: {made.noun} {short(made.target)}.")

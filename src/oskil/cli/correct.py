"""`oskil correct`: records that a claim or a document says something else than was read."""

from __future__ import annotations

from typing import Annotated

import typer

from oskil.cli.options import LedgerOption

ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]


def correct(
    id: Annotated[str, typer.Argument(metavar="ID", help="The claim or document: its id or its beginning.")],
    changes: Annotated[
        list[str],
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="What is right; an empty VALUE takes one away; repeatable."
        ),
    ],
    reason: ReasonOption,
    by: ByOption,
    ledger: LedgerOption = None,
) -> None:
    """Record a correction: what was read wrong, why, and who says so.

    The old stays in the ledger; listings show what is right from now on, and --as-known-on what was known
    before. Of a claim: kind, speaker, side, holder, evidence, certainty, polarity, relays, places and areas
    (by id, with commas between), time (a day, or FIRST..LAST). Of a document: title, outlet, published, url,
    language.
    """
    from datetime import UTC, datetime

    from oskil import pipeline
    from oskil.cli import rooms
    from oskil.cli.wording import short

    given = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise typer.BadParameter(f"{change!r} is not FIELD=VALUE", param_hint="--set")
        given[name.strip()] = value.strip()
    rooms.known_kind(given.get("kind"))
    with rooms.open_to_look(ledger) as store:
        claim, _ = pipeline.claim_or_document(store, id)
        for name in ("side", "holder") if claim else ():
            if given.get(name):
                given[name] = rooms.known_side(given[name], store) or ""
        made = pipeline.correct(store, id, given, reason, by, datetime.now(UTC), rooms.gazetteer())
    print(f"Corrected: {made.noun} {short(made.target)}.")

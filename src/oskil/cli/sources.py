"""`oskil sources`: how far each source's word came true, by its own testimony and not by its echo."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from oskil.cli.options import (
    AsKnownOption,
    Format,
    FormatOption,
    LedgerOption,
    LimitOption,
    ProfileOption,
    day,
)
from oskil.cli.tables import Column, Listing, safe, write
from oskil.records import Tally, TrackRecord

FIELDS = (
    "source",
    "side",
    "role",
    "claims",
    "gains",
    "losses",
    "denials",
    "states",
    "others",
    "admits",
    "delay",
    "cases",
)


def sources(
    as_known_on: AsKnownOption = None,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE", help="A bare stream of reports instead of the ledger."),
    ] = None,
    start: Annotated[
        Path | None, typer.Option("--start", metavar="FILE", help="Who held what before: a CSV.")
    ] = None,
    first: Annotated[
        dt.date | None, typer.Option("--from", metavar="DATE", parser=day, help="The first day.")
    ] = None,
    last: Annotated[
        dt.date | None, typer.Option("--to", metavar="DATE", parser=day, help="The last day.")
    ] = None,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """List the track records: how often gains, losses and denials came true.

    Judged by what is believed of control with hindsight. Shares are of what came true, with the interval
    that holds 90 in 100 and the number of cases; --format json lists the cases by their ids.
    """
    from oskil.cli import rooms
    from oskil.ledger.filters import ClaimFilter
    from oskil.pipeline.control import Span, control_of_ledger, control_of_stream
    from oskil.weighing.control.track import track_records

    places = rooms.gazetteer()
    span = Span(first, as_known_on or last, start)
    if claims is not None:
        inferred = control_of_stream(claims, places, span)
    else:
        with rooms.open_to_look(ledger) as store:
            rooms.tell_if_unknown(store, as_known_on, "--to goes by the days that are spoken of")
            wanted = ClaimFilter(as_known_on=as_known_on)
            inferred = control_of_ledger(store, places, wanted, rooms.profile_of(profile), span).inferred
    made = track_records(inferred)[:limit]
    write(LISTING, made, form)
    if form is Format.table and made:
        print(
            "\nThe share that came true of so many cases, and between what it lies with 90 in 100.\n"
            "ADMITS: of its side's losses, those it told of. LATE: median days from a change to its\n"
            "word of it. --format json has the cases, and what each said of who holds a place."
        )


def shown(tally: Tally) -> str:
    """A share with its interval and number of cases; a dash where there is no case."""
    if not tally.cases:
        return "-"
    share = 100 * tally.true / tally.cases
    return f"{share:.0f} % of {tally.cases:.0f}\n({100 * tally.low:.0f}-{100 * tally.high:.0f})"


def _gains(record: TrackRecord) -> str:
    return shown(record.gains if record.gains.cases else record.others)


def _late(record: TrackRecord) -> str:
    return "-" if record.delay is None else f"{record.delay:+.0f} d"


def _record(record: TrackRecord) -> dict[str, Any]:
    from dataclasses import asdict

    made = asdict(record)
    return {**made, "cases": {name: list(ids) for name, ids in record.cases}}


def _who(record: TrackRecord) -> str:
    about = ", ".join(word for word in (record.side, record.role, f"{record.claims} said") if word)
    return f"{safe(record.source)}\n{about}"


LISTING: Listing[TrackRecord] = Listing(
    columns=(
        Column("SOURCE", _who),
        Column("GAINS", _gains, 10),
        Column("LOSSES", lambda r: shown(r.losses), 10),
        Column("DENIALS", lambda r: shown(r.denials), 10),
        Column("ADMITS", lambda r: shown(r.admits), 10),
        Column("LATE", _late, 5),
    ),
    fields=FIELDS,
    record=_record,
    empty="No source said who holds what.",
    airy=True,
)

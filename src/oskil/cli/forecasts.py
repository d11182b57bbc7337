"""`oskil forecasts`: what was foretold, and what became of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli.options import (
    AsKnownOption,
    Format,
    FormatOption,
    LedgerOption,
    LimitOption,
    PlaceOption,
    ProfileOption,
    SideOption,
    SpeakerOption,
    day,
)
from oskil.cli.tables import Column, Listing, write
from oskil.cli.wording import Names, count, in_words, short, who

if TYPE_CHECKING:
    from oskil.pipeline.control import Foretold

FIELDS = ("claim", "outcome", "because", "resolved", "probability", "score", "evidence", "quote", "speaker")


class Outcome(StrEnum):
    """What can become of a forecast."""

    open = "open"
    true = "came true"
    false = "did not"
    expired = "expired"
    untold = "cannot be told"


def forecasts(
    outcome: Annotated[
        Outcome | None,
        typer.Option(
            "--outcome", metavar="OUTCOME", help="Only these: open, came true, did not, expired ..."
        ),
    ] = None,
    on: Annotated[
        dt.date | None,
        typer.Option("--on", metavar="DATE", parser=day, help="As it stands on this day; by default today."),
    ] = None,
    start: Annotated[
        Path | None, typer.Option("--start", metavar="FILE", help="Who held what before: a CSV.")
    ] = None,
    place: PlaceOption = None,
    speaker: SpeakerOption = None,
    side: SideOption = None,
    as_known_on: AsKnownOption = None,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """List forecasts and stated intentions with what became of them.

    Settled where a party is said to come to hold a settlement, by what is believed of control; with the date
    and the evidence, and the Brier score where the wording maps to a probability.
    """
    from oskil.cli import rooms
    from oskil.pipeline.control import Span
    from oskil.pipeline.control import forecasts as found_by

    today = on or as_known_on or dt.datetime.now(dt.UTC).date()
    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wish = rooms.Wish(place=place, speaker=speaker, side=side, as_known_on=as_known_on)
        wanted = rooms.wanted(wish, store, places, profile)
        made = found_by(
            store, places, wanted, rooms.profile_of(profile), today, Span(start=start) if start else None
        )
    chosen = [f for f in made if outcome is None or f.outcome.outcome == outcome.value][:limit]
    write(listing(rooms.names_of(places)), chosen, form)
    if form is Format.table and chosen:
        print(f"\n{summary(chosen)}")


def summary(made: list[Foretold]) -> str:
    """How many of each outcome, and the mean score, in words."""
    from oskil.weighing.forecasts import by_outcome, mean_score

    outcomes = [f.outcome for f in made]
    counts = ", ".join(f"{name}: {number}" for name, number in sorted(by_outcome(outcomes).items()))
    score = mean_score(outcomes)
    said = "" if score is None else f"; mean Brier score of the settled: {score:.2f}"
    return f"{count(len(made), 'forecast')}; {counts}{said}"


def listing(names: Names) -> Listing[Foretold]:
    """How forecasts are listed."""
    return Listing(
        columns=(
            Column("OUTCOME", _outcome, 14),
            Column("WHO", lambda f: who(f.told.claim, f.told.document), 22),
            Column("FORECAST", lambda f: f"{in_words(f.told.claim, names)}\n{f.outcome.because}"),
            Column("ID", lambda f: short(f.told.claim.id), 8, lambda f: "dim"),
        ),
        fields=FIELDS,
        record=_record,
        empty="No forecast of this description.",
        airy=True,
    )


def _outcome(one: Foretold) -> str:
    outcome = one.outcome
    lines: list[str] = [outcome.outcome]
    if outcome.resolved:
        lines.append(outcome.resolved.isoformat())
    if outcome.probability is not None:
        lines.append(f"said {100 * outcome.probability:.0f} %")
    if outcome.score is not None:
        lines.append(f"Brier {outcome.score:.2f}")
    return "\n".join(lines)


def _record(one: Foretold) -> dict[str, Any]:
    from dataclasses import asdict

    made = asdict(one.outcome)
    made["resolved"] = one.outcome.resolved.isoformat() if one.outcome.resolved else None
    made["evidence"] = list(one.outcome.evidence)
    return {**made, "quote": one.told.claim.quote, "speaker": one.told.claim.speaker}

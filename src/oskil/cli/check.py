"""`oskil check`: the verdicts on every number and direction that can be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from oskil.cli.options import (
    AsKnownOption,
    Format,
    FormatOption,
    KindOption,
    LedgerOption,
    LimitOption,
    PlaceOption,
    ProfileOption,
    SideOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
)
from oskil.cli.tables import Column, Listing, write
from oskil.cli.wording import count, outlet_of, quoted, short
from oskil.publishing.json_records import VERDICT_FIELDS, verdict_record

if TYPE_CHECKING:
    from oskil.pipeline import Checked


class Wanted(StrEnum):
    """The outcomes, in the order in which they deserve a look."""

    contradicted = "contradicted"
    differs = "differs"
    unchecked = "cannot be checked"
    agrees = "agrees"


ORDER = [w.value for w in Wanted]
STYLES = {"contradicted": "bold red", "differs": "yellow", "agrees": "green", "cannot be checked": "dim"}


def check(
    outcome: Annotated[
        Wanted | None, typer.Option("--outcome", metavar="OUTCOME", help=f"Only these: {', '.join(ORDER)}.")
    ] = None,
    place: PlaceOption = None,
    speaker: SpeakerOption = None,
    kind: KindOption = None,
    side: SideOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_known_on: AsKnownOption = None,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """List the verdicts on the figures that the claims state.

    Distances, directions, populations, ranks and conversions are looked at. Each verdict is a calculation
    that anyone can run again; --format json shows data, method and tolerance. A verdict against a claim is
    no error: the exit code stays 0.
    """
    from oskil.cli import rooms
    from oskil.pipeline import verdicts

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wish = rooms.Wish(place, speaker, kind, side, since, until, as_known_on)
        found = verdicts(store, places, rooms.wanted(wish, store, places, profile))
    chosen = [c for c in found if outcome is None or c.verdict.outcome == outcome.value]
    chosen.sort(key=lambda c: ORDER.index(c.verdict.outcome))
    write(LISTING, chosen[:limit], form)
    if form is Format.table and chosen:
        print(f"\n{summary(chosen)}")


def summary(found: Sequence[Checked]) -> str:
    """How many of each outcome, in words."""
    counts = Counter[str](c.verdict.outcome for c in found)
    return f"{count(len(found), 'verdict')}; {', '.join(f'{o}: {counts[o]}' for o in ORDER if counts[o])}"


def _finding(one: Checked) -> str:
    verdict = one.verdict
    found = [f"found: {verdict.found}"] if verdict.found else []
    return "\n".join((f"stated: {verdict.stated}", *found, verdict.reason))


def _source(one: Checked) -> str:
    return f"{quoted(one.told.claim)}\nin {outlet_of(one.told.document)}"


def _style(one: Checked) -> str:
    return STYLES[one.verdict.outcome]


LISTING: Listing[Checked] = Listing(
    columns=(
        Column("CHECK", lambda c: f"{c.verdict.check}\n{c.verdict.outcome}", 12, _style),
        Column("FINDING", _finding),
        Column("CLAIM, IN", _source, 24),
        Column("ID", lambda c: short(c.verdict.claim), 8, lambda c: "dim"),
    ),
    fields=VERDICT_FIELDS,
    record=lambda c: verdict_record(c.verdict, c.told),
    empty="There is no verdict of this description.",
    airy=True,
)

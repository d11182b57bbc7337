"""`oskil propositions`: what the claims say alike, and how many witnesses stand behind each."""

from __future__ import annotations

import math
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
from oskil.cli.wording import Names, count, held, number, quoted, short, unit, when

if TYPE_CHECKING:
    from oskil.pipeline.witnesses import Witnesses
    from oskil.records import Proposition

HabitsOption = Annotated[
    bool,
    typer.Option(
        "--habits",
        help="Also call likely copies that show nothing, by who copies whom and how late; needs many claims.",
    ),
]


def propositions(
    place: PlaceOption = None,
    speaker: SpeakerOption = None,
    kind: KindOption = None,
    side: SideOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_known_on: AsKnownOption = None,
    repeated: Annotated[
        bool, typer.Option("--repeated", help="Only what two outlets or more have published.")
    ] = False,
    habits: HabitsOption = False,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """List what claims say alike, with the number of outlets and of origins.

    The filters choose propositions by one of their claims; everybody who says the same is counted.
    """
    from oskil.cli import rooms
    from oskil.pipeline.witnesses import witnesses

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wish = rooms.Wish(place, speaker, kind, side, since, until, as_known_on)
        wanted = rooms.wanted(wish, store, places, profile)
        found = witnesses(store, wanted, rooms.profile_of(profile), habits=habits)
    shown = [p for p in found.propositions if len(p.outlets) > repeated]
    write(listing(found, rooms.names_of(places)), shown[:limit], form)


def listing(found: Witnesses, names: Names) -> Listing[Proposition]:
    """How propositions are listed."""
    from oskil.publishing.origin_records import PROPOSITION_FIELDS, proposition_record
    from oskil.weighing.origins import summary

    quotes = {key: one.claim.quote for key, one in found.told.items()}
    return Listing(
        columns=(
            Column("WHEN, KIND", lambda p: f"{when(p.period)}\n{p.kind}", 12),
            Column("WHAT", lambda p: f"{quoted(found.claims_of(p)[0].claim)}\n{about(p, names)}".strip()),
            Column("OUTLETS, ORIGINS", lambda p: "\n".join((summary(p), *_against(p, found))), 26),
            Column("CLAIM", lambda p: short(p.claims[0]), 8, lambda p: "dim"),
        ),
        fields=PROPOSITION_FIELDS,
        record=lambda p: proposition_record(p, names, quotes, found.against(p)),
        empty="No proposition of this description in the ledger.",
        airy=True,
    )


def _against(proposition: Proposition, found: Witnesses) -> list[str]:
    pairs = found.against(proposition)
    return [f"contradicted by {count(len(pairs), 'other')}"] if pairs else []


def about(proposition: Proposition, names: Names) -> str:
    """Places, holder, doubts and the number that all of its claims allow."""
    said = [", ".join(names(place) for place in proposition.places or proposition.areas)]
    said += [held(proposition.kind, proposition.holder)] if proposition.holder else []
    said += ["denied"] if proposition.polarity == "denied" else []
    said += ["conditional"] if proposition.conditional else []
    if proposition.low is not None:
        said.append(_range(proposition.low, proposition.high, proposition.unit))
    return "; ".join(part for part in said if part)


def _range(low: float, high: float | None, name: str) -> str:
    if name in ("item", "people"):  # there is no tenth of one
        low, high = math.ceil(low), None if high is None else math.floor(high)
    low, high = round(low, 1), None if high is None else round(high, 1)
    if high is None:
        return f"{number(low)} {unit(name, low)} or more"
    ends = number(low) if low >= high else f"{number(low)} to {number(high)}"
    return f"{ends} {unit(name, high)}"

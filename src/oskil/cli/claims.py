"""`oskil claims`: lists what the ledger holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from oskil.cli.wording import Names, in_words, short, when, who
from oskil.publishing.json_records import CLAIM_FIELDS, claim_record

if TYPE_CHECKING:
    from oskil.pipeline import Told


def claims(
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
    """List the claims: who said what, of which place and day.

    Only the latest state of each document counts, unless --as-known-on asks for an earlier one.
    """
    from oskil.cli import rooms
    from oskil.pipeline import told

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wanted = rooms.wanted(
            rooms.Wish(place, speaker, kind, side, since, until, as_known_on, limit), store, places, profile
        )
        write(listing(rooms.names_of(places)), told(store, wanted), form)


def listing(names: Names) -> Listing[Told]:
    """How claims are listed."""

    return Listing(
        columns=(
            Column("WHEN, KIND", lambda t: f"{when(t.claim.time)}\n{t.claim.kind}", 12),
            Column("WHO, THROUGH, IN", lambda t: who(t.claim, t.document), 24),
            Column("CLAIM, ABOUT", lambda t: in_words(t.claim, names)),
            Column("ID", lambda t: short(t.claim.id), 8, lambda t: "dim"),
        ),
        fields=CLAIM_FIELDS,
        record=lambda t: claim_record(t, names),
        empty="No claim of this description in the ledger.",
        airy=True,
    )

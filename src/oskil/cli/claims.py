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
from oskil.cli.wording import CLAIM_FIELDS, Names, claim_record, marks, outlet_of, quoted, short, when, who

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

    def words(one: Told) -> str:
        about = marks(one.claim, names)
        said = f"{quoted(one.claim)}\n{about}" if about else quoted(one.claim)
        return f"{said}\n{short(one.claim.id)}"

    return Listing(
        columns=(
            Column("WHEN", lambda t: when(t.claim.time), 13),
            Column("KIND", lambda t: t.claim.kind, 12),
            Column("WHO, THROUGH, IN", lambda t: f"{who(t.claim)}\n{outlet_of(t.document)}", 20),
            Column("CLAIM, ABOUT, ID", words),
        ),
        fields=CLAIM_FIELDS,
        record=lambda t: claim_record(t, names),
        empty="No claim of this description in the ledger.",
    )

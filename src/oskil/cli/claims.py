"""`oskil claims`: lists what the ledger holds."""

from __future__ import annotations

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
from oskil.cli.wording import Names, in_words, short, when, who
from oskil.publishing.json_records import CLAIM_FIELDS, claim_record

if TYPE_CHECKING:
    from oskil.pipeline import Told


def claims(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[CLAIM|DOCUMENT]", help="The id of a claim or a document, or its beginning."),
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
    """List the claims: who said what, of which place and day.

    All, those of one document, or one. Only the latest state of each document counts, unless --as-known-on
    asks for an earlier one, or an earlier document is asked for by its id.
    """
    from dataclasses import replace

    from oskil.cli import rooms
    from oskil.pipeline import claim_or_document, told, told_of

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wish = rooms.Wish(place, speaker, kind, side, since, until, as_known_on, limit)
        wanted = rooms.wanted(wish, store, places, profile)
        then = store.as_known_on(as_known_on)
        claim, document = (None, None) if what is None else claim_or_document(then, what)
        if document is not None:
            wanted = replace(wanted, document=document, latest=then.document(document).latest)
        found = [told_of(then, claim)] if claim is not None else told(store, wanted)
        write(listing(rooms.names_of(places)), found, form)


def listing(names: Names) -> Listing[Told]:
    """How claims are listed."""

    return Listing(
        columns=(
            Column("WHEN, KIND", lambda t: f"{when(t.claim.time)}\n{t.claim.kind}", 12),
            Column("WHO, THROUGH, IN", lambda t: who(t.claim, t.document), 24),
            Column("CLAIM, ABOUT", lambda t: in_words(t.claim, names, corrected=t.corrected)),
            Column("ID", lambda t: short(t.claim.id), 8, lambda t: "dim"),
        ),
        fields=CLAIM_FIELDS,
        record=lambda t: claim_record(t, names),
        empty="No claim of this description in the ledger.",
        airy=True,
    )

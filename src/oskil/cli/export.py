"""`oskil export`: the whole ledger into a file, or claims into a file that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oskil.cli.options import (
    AsKnownOption,
    DelayOption,
    FinalOption,
    KeepOption,
    KindOption,
    LedgerOption,
    LimitOption,
    PlaceOption,
    ProfileOption,
    ProtectOption,
    SideOption,
    SinceOption,
    SpeakerOption,
    TitleOption,
    UntilOption,
    WithholdOption,
)
from oskil.cli.rooms import Wish

_TABLES = ("csv", "acled", "viina")  # the formats with a line of columns that hashtags can stand below


def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="What to write; it must not be there yet.")],
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORM",
            help="The whole ledger: ledger-jsonl, ledger-parquet (a folder), ro-crate. Claims: geojson, kml, "
            "geopackage, csv, acled, viina, parquet, timemap, claimreview, webannotation, prov.",
        ),
    ] = "ledger-jsonl",
    seal: Annotated[
        bool,
        typer.Option("--seal/--no-seal", help="Put a seal, signed with the user's key, into an RO-Crate."),
    ] = True,
    hxl: Annotated[
        bool, typer.Option("--hxl", help="A row of HXL hashtags below the column names of a table.")
    ] = False,
    place: PlaceOption = None,
    speaker: SpeakerOption = None,
    kind: KindOption = None,
    side: SideOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_known_on: AsKnownOption = None,
    limit: LimitOption = None,
    final: FinalOption = False,
    title: TitleOption = None,
    delay_hours: DelayOption = None,
    protect: ProtectOption = None,
    withhold: WithholdOption = None,
    keep: KeepOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write the whole ledger, to hand on or to keep; or claims, in the formats of others.

    The whole ledger has every revision, claim, correction and hash, and all raw bytes, as they are: nothing
    is redacted, and `oskil import` makes the same ledger of it, on either database. Claims are given away by
    the rules of publication: private names replaced, positions on the grid, and young documents held back
    from what is --final.
    """
    from oskil.errors import InputError
    from oskil.ledger import exchange
    from oskil.publishing.safety import Safety

    wish = Wish(place, speaker, kind, side, since, until, as_known_on, limit)
    if hxl and form not in _TABLES:
        raise InputError(f"only tables have HXL hashtags: {', '.join(_TABLES)}", form)
    if form not in [one.name for one in exchange.forms()]:
        rules = Safety(
            final=final,
            delay_hours=delay_hours,
            protect=tuple(protect or ()),
            withhold=tuple(withhold or ()),
            keep=tuple(keep or ()),
        )
        _claims(target, form, wish, rules, title, hxl, profile, ledger)
    elif wish != Wish():
        raise InputError("a whole ledger takes no filters", form)
    else:
        _whole(target, form, seal, ledger)


def _whole(target: Path, form: str, seal: bool, ledger: str | None) -> None:
    from oskil.cli import rooms
    from oskil.cli.console import progress
    from oskil.cli.wording import count
    from oskil.ledger import exchange, sealing
    from oskil.ledger.exchange.crate import Crate

    how = exchange.form(form)
    with rooms.open_to_look(ledger) as store, progress("Writing the ledger"):
        if isinstance(how, Crate) and seal:
            how = Crate(sealing.make(store, sealing.key_file()).text())
        header = exchange.export(store, how, target)
    print(f"{target}: {count(header.entries, 'entry', 'entries')}; the last one's hash is {header.head}.")


def _claims(
    target: Path,
    form: str,
    wish: Wish,
    rules: object,
    title: str | None,
    hxl: bool,
    profile: str | None,
    ledger: str | None,
) -> None:
    from oskil import pipeline
    from oskil.cli import rooms
    from oskil.cli.console import progress
    from oskil.cli.wording import count
    from oskil.publishing.exports.collecting import Asked

    with rooms.open_to_look(ledger, wish.as_known_on) as store, progress("Writing the claims"):
        places = rooms.gazetteer()
        wanted = rooms.wanted(wish, store, places, profile)
        asked = Asked(claims=wanted, options=rules, title=title, hxl=hxl)  # type: ignore[arg-type]
        told = pipeline.export(store, places, rooms.profile_of(profile), form, asked, target)
    print(f"{target}: {count(told, 'claim')}.")

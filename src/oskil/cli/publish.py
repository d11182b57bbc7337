"""`oskil publish`: writes the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oskil.cli.options import (
    AsKnownOption,
    BasemapOption,
    CheckDataOption,
    DelayOption,
    FinalOption,
    KeepOption,
    LedgerOption,
    ProfileOption,
    ProtectOption,
    TitleOption,
    WithholdOption,
)


def publish(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to write; made if it is not there.")
    ],
    final: FinalOption = False,
    title: TitleOption = None,
    delay_hours: DelayOption = None,
    protect: ProtectOption = None,
    withhold: WithholdOption = None,
    keep: KeepOption = None,
    data: CheckDataOption = None,
    basemap: BasemapOption = None,
    as_known_on: AsKnownOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write the page: one folder that opens without a network.

    Prints the address of the file to open. Handles and names of private persons are redacted, positions
    coarsened, and young documents held back, as docs/safety.md tells. Each figure that was checked has a
    mark that leads to the working; --data gives the checks more to go by. Of a --basemap the tiles around
    the places are written into the folder.
    """
    from oskil import pipeline
    from oskil.cli import rooms
    from oskil.cli.console import note, progress

    with rooms.open_to_look(ledger, as_known_on) as store, progress("Writing the page"):
        opened = rooms.profile_of(profile)
        manner = pipeline.Manner(
            final=final,
            title=title,
            delay_hours=delay_hours,
            protect=tuple(protect or ()),
            withhold=tuple(withhold or ()),
            keep=tuple(keep or ()),
            basemap=basemap,
        )
        at_hand, found = pipeline.data_for(store, data or ())
        page = pipeline.publish(store, rooms.gazetteer(), folder, opened, manner, at_hand, found, note)
    print(page.resolve().as_uri())

"""`oskil gazetteer outlets`: where the outlets of the ledger are at home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oskil.cli.options import DataOption, Format, FormatOption, LedgerOption
from oskil.cli.tables import Column, Listing, write
from oskil.cli.wording import number

if TYPE_CHECKING:
    from oskil.places.home_file import Entry


def outlets(ledger: LedgerOption = None, data: DataOption = None, form: FormatOption = Format.table) -> None:
    """Learn where outlets are at home from their texts in the ledger, and list it.

    A local paper that never names its state means the towns around it. What is learned is written to
    outlets.yaml in the data folder, and texts that are read from then on are placed by it; an entry that you
    put there yourself stays as it is.
    """
    from oskil.cli import rooms
    from oskil.pipeline.outlets import learn_homes
    from oskil.places.home_file import FILE
    from oskil.settings import settings

    path = (data or settings().data) / FILE
    with rooms.open_to_look(ledger) as store:
        found = learn_homes(store, rooms.gazetteer(data), path)
    write(OUTLETS, found, form)


def _record(entry: Entry) -> dict[str, Any]:
    home = entry.home
    return {
        "outlet": entry.outlet,
        "country": home.country,
        "region": home.region,
        "lat": home.lat,
        "lon": home.lon,
        "texts": entry.texts,
    }


def _point(entry: Entry) -> str:
    home = entry.home
    return "" if home.lat is None or home.lon is None else f"{home.lat:.2f}, {home.lon:.2f}"


OUTLETS: Listing[Any] = Listing(
    columns=[
        Column("outlet", lambda e: e.outlet),
        Column("in", lambda e: "/".join(filter(None, (e.home.country, e.home.region)))),
        Column("lat, lon", _point),
        Column("from", lambda e: f"{number(e.texts)} texts" if e.texts else "the file"),
    ],
    fields=("outlet", "country", "region", "lat", "lon", "texts"),
    record=_record,
    empty="No outlet has two texts or more that name places of one part of the world.",
)

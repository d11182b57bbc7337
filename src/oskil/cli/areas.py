"""What `oskil control --areas` shows: square kilometres held, by inference and by control maps, side by
side.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oskil.cli.console import complain
from oskil.cli.options import Format
from oskil.cli.tables import Column, Listing, write, write_json

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer
    from oskil.weighing.control.areas import Areas, Held
    from oskil.weighing.control.model import Inferred

FIELDS = ("date", "basis", "status", "km2", "low", "high")


def show(
    inferred: Inferred,
    places: Gazetteer,
    on: dt.date | None,
    hindsight: bool,
    maps: Path | None,
    form: Format,
) -> None:
    """Print the areas of one day, and those of the newest control map up to it."""
    made = _all(inferred, places, on or inferred.beliefs.last, hindsight, maps)
    if form in (Format.json, Format.jsonl):
        write_json([_whole(one) for one in made])
        return
    rows = [(one, held) for one in made for held in one.held]
    write(LISTING, rows, form)
    if form is Format.table:
        for one in made:
            if one.front_km is not None:
                print(
                    f"\n{one.day}, {one.basis}: a front of about {one.front_km:,.0f} km; on "
                    f"{one.doubtful_km2:,.0f} km2 nobody is believed to hold with 90 in 100."
                )


def _all(
    inferred: Inferred, places: Gazetteer, date: dt.date, hindsight: bool, folder: Path | None
) -> list[Areas]:
    from oskil.pipeline.control import areas_on, maps_up_to

    made = [areas_on(inferred, places, date, hindsight)]
    if folder is None:
        return made
    drawn = maps_up_to(folder, date)
    if not drawn:
        complain(f"no control map here that tells who drew it is of {date} or before", str(folder))
    return made + drawn


def _whole(one: Areas) -> dict[str, Any]:
    from dataclasses import asdict

    record = {**asdict(one), "day": one.day.isoformat()}
    lines = [[list(a), list(b)] for a, b in record.pop("front")]
    return {**record, "front": {"type": "MultiLineString", "coordinates": lines}}


def _km2(pair: tuple[Areas, Held]) -> str:
    held = pair[1]
    if held.low == held.high:
        return f"{held.km2:,.0f}"
    return f"{held.km2:,.0f}  ({held.low:,.0f} to {held.high:,.0f})"


def _record(pair: tuple[Areas, Held]) -> dict[str, Any]:
    one, held = pair
    numbers = {"km2": round(held.km2, 1), "low": round(held.low, 1), "high": round(held.high, 1)}
    return {"date": one.day.isoformat(), "basis": one.basis, "status": held.status, **numbers}


LISTING: Listing[tuple[Any, Any]] = Listing(
    columns=(
        Column("DAY", lambda p: p[0].day.isoformat(), 10),
        Column("BY", lambda p: p[0].basis, 28),
        Column("STATUS", lambda p: p[1].status, 12),
        Column("KM2 (90 IN 100)", _km2),
    ),
    fields=FIELDS,
    record=_record,
    empty="There is no place to measure from.",
)

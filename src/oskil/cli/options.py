"""The options that several commands share, so that they mean and are called the same everywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a listing is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def day(text: str) -> dt.date:
    """An ISO day. Raises a usage error otherwise."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2022-09-08") from None


@dataclass(frozen=True, slots=True)
class LatLon:
    """A point in degrees."""

    lat: float
    lon: float


def point(text: str) -> LatLon:
    """Latitude and longitude, parted by a comma. Raises a usage error otherwise."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not LAT,LON such as 49.71,37.61") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise typer.BadParameter(f"{text!r} is not on the Earth: LAT is -90..90, LON -180..180")
    return LatLon(lat, lon)


FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", metavar="table|json|jsonl|csv", help="How to write the listing."),
]
LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        envvar="OSKIL_LEDGER",
        metavar="FILE|ADDRESS",
        help="The ledger: a file, or postgresql://...; by default ledger.db in the user's data folder.",
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        envvar="OSKIL_PROFILE",
        metavar="NAME|FILE",
        help="The conflict profile: a shipped one's name, or a YAML file; reading fits one to each text.",
    ),
]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place", metavar="NAME", help="Only claims about this place; any spelling, or a GeoNames id."
    ),
]
SpeakerOption = Annotated[
    str | None,
    typer.Option(
        "--speaker", metavar="TEXT", help="Only claims spoken or relayed by a name with TEXT in it."
    ),
]
KindOption = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="Only claims of this kind: control, area, strike ..."),
]
SideOption = Annotated[
    str | None,
    typer.Option(
        "--side", metavar="ID", help="Only claims by speakers of this side: UA, RU, independent ..."
    ),
]
SinceOption = Annotated[
    dt.date | None,
    typer.Option("--since", metavar="DATE", parser=day, help="Only what is claimed of this day or later."),
]
UntilOption = Annotated[
    dt.date | None,
    typer.Option("--until", metavar="DATE", parser=day, help="Only what is claimed of this day or earlier."),
]
AsKnownOption = Annotated[
    dt.date | None,
    typer.Option(
        "--as-known-on", metavar="DATE", parser=day, help="The ledger as it stood at this day's end."
    ),
]
LimitOption = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most N of them.")]
WhyOption = Annotated[
    bool, typer.Option("--why", help="Show the places of this name and what speaks for each.")
]
WithinTextOption = Annotated[
    Path | None,
    typer.Option("--text", metavar="FILE", help="With --why: as the name stands in this text (UTF-8)."),
]
OutletOption = Annotated[
    str | None,
    typer.Option(
        "--outlet", metavar="NAME|URL", help="With --text: the outlet of the text, or the text's address."
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="OSKIL_DATA",
        metavar="DIR",
        help="The folder of added gazetteers and layers; by default the user's data folder.",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="ROLE=COLUMN",
        help="Which column holds what: name=NAME_UK, names=alt1,alt2, kind=type, lat=y, lon=x, wkt=geom ...",
    ),
]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Put it in the place of one of the same name.")
]
NearOption = Annotated[
    LatLon | None,
    typer.Option(
        "--near", metavar="LAT,LON", parser=point, help="Only what is near this point, nearest first."
    ),
]
WithinOption = Annotated[
    float, typer.Option("--km", metavar="KM", min=0.0, max=20_000.0, help="How near counts, in km.")
]
CheckDataOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="A folder with control maps, loss lists and layers, in any arrangement; repeatable.",
    ),
]
BasemapOption = Annotated[
    Path | None,
    typer.Option(
        "--basemap",
        metavar="FILE.pmtiles",
        help="A base map; its tiles around the places are taken.",
    ),
]
FinalOption = Annotated[
    bool,
    typer.Option("--final", help="Publish for good: no draft's mark, and the delay of what is final."),
]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title.")]
DelayOption = Annotated[
    float | None,
    typer.Option("--delay-hours", metavar="HOURS", min=0, help="Hold younger documents back; 0 holds none."),
]
ProtectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--protect", metavar="ID", help="A party whose places are shown on a coarser grid; repeatable."
    ),
]
WithholdOption = Annotated[
    list[str] | None,
    typer.Option("--withhold", metavar="NAME", help="A name to redact as well; repeatable."),
]
KeepOption = Annotated[
    list[str] | None, typer.Option("--keep", metavar="NAME", help="A name to leave standing; repeatable.")
]

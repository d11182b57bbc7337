"""Tables: our own columns, and columns like those of ACLED and VIINA, which analysts' scripts expect."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry, Spot
from oskil.publishing.exports.properties import COLUMNS, PLACE_COLUMNS, Value, rows

# A cell that begins so is a formula to a spreadsheet; an apostrophe before it keeps it text (OWASP).
_FORMULA = tuple("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Table:
    """A format of rows. `columns` maps each column to its HXL hashtag; `rows` makes an entry's rows."""

    name: str
    description: str
    columns: Mapping[str, str]
    rows: Callable[[Entry], Iterable[Mapping[str, Value]]]
    suffix: str = ".csv"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write a table with a row of names, and with a row of hashtags where that is asked for."""
        text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
        writer = csv.DictWriter(text, list(self.columns), lineterminator="\r\n")
        writer.writeheader()
        if collection.hxl:
            writer.writerow(dict(self.columns))
        for entry in collection.entries:
            for row in self.rows(entry):
                writer.writerow({name: _cell(row.get(name)) for name in self.columns})
        text.detach()


def tables() -> Iterator[Table]:
    """The tables that can be written."""
    yield Table("csv", "CSV, a row for each claim and place", COLUMNS | PLACE_COLUMNS, rows)
    acled, viina = _shapes()["acled"]["columns"], _shapes()["viina"]["columns"]
    yield Table("acled", "CSV in columns like ACLED's, a row for each claim and settlement", acled, _acled)
    yield Table("viina", "CSV in columns like VIINA's, a row for each claim and settlement", viina, _viina)


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


@cache
def _shapes() -> Mapping[str, Any]:
    import yaml

    text = (files("oskil.publishing.exports") / "tables.yaml").read_text("utf-8")
    shapes: Mapping[str, Any] = yaml.safe_load(text)
    return shapes


def _dated(entry: Entry) -> tuple[dt.date | None, int]:
    """The day of the event and how well it is known: 1 to the day, 2 to the week, 3 to the month."""
    first, last = entry.days
    day = last or first
    if first is None or last is None:
        return day, 3
    spread = (last - first).days
    return day, 1 if spread == 0 else 2 if spread < 8 else 3


def _acled(entry: Entry) -> Iterator[dict[str, Value]]:
    claim = entry.claim
    shape = _shapes()["acled"]["kinds"].get(claim.kind)
    if shape is None:
        return
    day, precision = _dated(entry)
    for number, spot in enumerate(entry.settlements):
        yield {
            "event_id_cnty": f"{claim.id[:16]}-{number}",
            "event_date": day.isoformat() if day else None,
            "year": day.year if day else None,
            "time_precision": precision,
            "event_type": shape["event"],
            "sub_event_type": shape["sub_event"],
            "actor1": claim.holder,
            "country": spot.country or None,
            "admin1": spot.region or None,
            "location": spot.name,
            "latitude": spot.lat,
            "longitude": spot.lon,
            "geo_precision": 2 if spot.around or spot.coarse else 1,
            "source": _source(entry),
            "notes": claim.quote,
            "tags": "; ".join(_tags(entry)),
            "timestamp": int(entry.text.recorded_at.timestamp()),
        }


def _tags(entry: Entry) -> Sequence[str]:
    claim = entry.claim
    given = (claim.kind, claim.certainty, claim.polarity, f"side={claim.side}" if claim.side else "")
    return [tag for tag in given if tag]


def _source(entry: Entry) -> str | None:
    chain = (entry.claim.speaker, *entry.claim.relays, entry.text.outlet)
    return "; ".join(dict.fromkeys(name for name in chain if name)) or None


def _viina(entry: Entry) -> Iterator[dict[str, Value]]:
    claim = entry.claim
    labels: Mapping[str, Sequence[str]] = _shapes()["viina"]["labels"]
    day, _ = _dated(entry)
    for number, spot in enumerate(entry.settlements):
        yield _viina_row(entry, spot, number, day) | {
            label: int(claim.kind in kinds) for label, kinds in labels.items()
        }


def _viina_row(entry: Entry, spot: Spot, number: int, day: dt.date | None) -> dict[str, Value]:
    return {
        "event_id": f"{entry.claim.id[:16]}-{number}",
        "report_id": entry.text.id[:16],
        "date": day.strftime("%Y%m%d") if day else None,
        "source": entry.text.outlet,
        "url": entry.text.url,
        "text": entry.claim.quote,
        "lang": entry.text.language,
        "location": spot.name,
        "geonameid": spot.id,
        "ADM1_CODE": spot.region or None,
        "latitude": spot.lat,
        "longitude": spot.lon,
        "GEO_PRECISION": "ADM3" if spot.around or spot.coarse else "SETTLEMENT",
    }

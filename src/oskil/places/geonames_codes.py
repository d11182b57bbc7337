"""admin1CodesASCII, admin2Codes and countryInfo: regions and countries by name and id, without coordinates.

A place of theirs that another source knows gets their names; any other gets the centre of its settlements,
weighted by people, as its point. One without settlements is left out: coordinates are never invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from oskil.errors import GazetteerError
from oskil.places.geonames import checked, fields, lines
from oskil.places.kinds import NAMES_ONLY
from oskil.places.rows import COUNTRY, DISTRICT, REGION, Row

Centre = Callable[[str, str, str], tuple[float, float] | None]


def regions(path: Path, known: Callable[[int], bool], centre: Centre) -> Iterator[Row]:
    """The rows of admin1CodesASCII (codes such as UA.07) or admin2Codes (UA.07.6303)."""
    for number, line in lines(path):
        try:
            row = _region(fields(line))
        except ValueError as error:
            raise GazetteerError(str(error), f"{path}, line {number}") from error
        if (placed := _placed(row, known, centre)) is not None:
            yield placed


def _region(parts: list[str]) -> Row:
    if len(parts) != 4:
        raise ValueError(f"{len(parts)} columns, and a file of regions has 4")
    code, name, ascii_name, number = parts
    codes = code.split(".", 2)
    if len(codes) < 2 or not number.isdecimal() or not name:
        raise ValueError(f"not a region's code, name and geonameid: {code[:20]!r}, {number[:20]!r}")
    names = tuple(dict.fromkeys(checked(one) for one in (name, ascii_name) if one))
    district = codes[2] if len(codes) == 3 else ""
    kind = DISTRICT if district else REGION
    return Row(
        int(number), kind, 0.0, 0.0, codes[0], codes[1], 0, names, district, "ADM2" if district else "ADM1"
    )


def countries(path: Path, known: Callable[[int], bool], centre: Centre) -> Iterator[Row]:
    """The rows of countryInfo.txt."""
    for number, line in lines(path):
        if line.startswith("#"):
            continue
        where = f"{path}, line {number}"
        parts = line.split("\t")
        if len(parts) != 19:
            raise GazetteerError(f"{len(parts)} columns, and countryInfo has 19", where)
        iso, name, people, geonameid = parts[0], parts[4], parts[7], parts[16]
        if not geonameid or geonameid == "0":
            continue
        if not (geonameid.isdecimal() and name and len(iso) == 2 and (people or "0").isdecimal()):
            raise GazetteerError(f"not a country: {iso[:9]!r}, {name[:40]!r}, {geonameid[:20]!r}", where)
        row = Row(int(geonameid), COUNTRY, 0.0, 0.0, iso, "", int(people or 0), (checked(name),), "", "PCLI")
        if (placed := _placed(row, known, centre)) is not None:
            yield placed


def _placed(row: Row, known: Callable[[int], bool], centre: Centre) -> Row | None:
    if known(row.id):
        row.kind = NAMES_ONLY
        return row
    point = centre(row.country, row.region, row.district)
    if point is None:
        return None
    row.lat, row.lon = point
    return row

"""Files of a user's own as rows of a gazetteer: points or shapes with names, matched to the places known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError
from oskil.places.interface import Gazetteer
from oskil.places.kinds import KINDS, NUMBERS, kind_of
from oskil.places.normalise import key
from oskil.places.rows import Row
from oskil.places.vector import Columns, RawFeature, read_features
from oskil.places.vector.columns import names, text
from oskil.records import Place

FILE = Path(__file__).parent / "kind_words.yaml"
SAME_KM = 5.0  # two settlements of one name so near to one another are one; see docs/gazetteer.md
_HOST_KM = 50.0  # as far as a settlement lends its country and region to a place that states none
_GEONAMES = ("geonameid", "geonames_id", "geoname_id")


@dataclass(slots=True)
class Matching:
    """How many places of a file got the id of a place that was known."""

    matched: int = 0


def rows(
    path: Path,
    columns: Columns,
    known: Gazetteer,
    *,
    source: str,
    kind: str = "",
    tally: Matching | None = None,
) -> Iterator[Row]:
    """The named features of a file. `kind` holds for all of them; else a column says it, else the shape.

    A feature gets the id of its GeoNames column; else that of a known place of its name and kind that is
    within `SAME_KM` or, for a region, inside its shape; else a negative one of its own, which stays the same
    for the same source and id or name and place. Features that turn out to be one place are joined. Raises
    GazetteerError with file and line, also for an id that stands there twice.
    """
    count = tally or Matching()
    found: dict[int, Row] = {}
    stated: dict[str, str] = {}
    for raw in read_features(path, columns):
        called = names(columns, raw.properties, raw.where)
        if not called:
            continue
        row = _row(raw, called, columns, kind)
        _prove_once(raw, columns, stated)
        row.id = _geonameid(raw, columns) or _same(row, raw, known)
        count.matched += bool(row.id)
        row.id = row.id or _own_id(source, row, columns, raw)
        if (before := found.get(row.id)) is not None:
            before.names = tuple(dict.fromkeys((*before.names, *row.names)))
            continue
        if not row.country:
            _settle(row, known)
        found[row.id] = row
    yield from found.values()


def _prove_once(raw: RawFeature, columns: Columns, stated: dict[str, str]) -> None:
    own = str(_geonameid(raw, columns) or "") or (text("id", columns, raw.properties) if columns.id else "")
    if own and own in stated:
        raise GazetteerError(f"the id {own[:40]} a second time; the first is {stated[own]}", raw.where)
    stated[own] = raw.where.rpartition(", ")[2]


def _row(raw: RawFeature, called: tuple[str, ...], columns: Columns, kind: str) -> Row:
    lat, lon = _point(raw.geometry)
    word = text("kind", columns, raw.properties)
    country = text("country", columns, raw.properties).upper()
    if country and (len(country) != 2 or not country.isalpha()):
        if columns.country:
            raise GazetteerError(f"not a country by its two letters (ISO 3166-1): {country[:20]}", raw.where)
        country = ""
    return Row(
        0,
        NUMBERS[kind or kind_of_word(word) or _kind_of_shape(raw.geometry, word)],
        lat,
        lon,
        country,
        text("region", columns, raw.properties)[:20],
        _people(text("population", columns, raw.properties), raw.where),
        called,
        feature=word[:40],
        shape=_wkb(raw.geometry),
    )


@cache
def _words() -> dict[str, str]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(FILE.read_text(encoding="utf8"), Loader=loader)
    listed = {word: kind for kind, words in data.items() for word in words.split()}
    return {**listed, **{kind: kind for kind in KINDS}}


def kind_of_word(word: str) -> str:
    """The kind that a user's word means: one of ours, a GeoNames code ("P.PPL"), a usual word; else empty."""
    group, dot, code = word.partition(".")
    if dot and len(group) == 1 and group.isupper():
        return kind_of(group, code)
    low = word.casefold()
    parts = [low, *low.replace("_", " ").split()]
    return next((_words()[part] for part in parts if part in _words()), "")


def _kind_of_shape(geometry: Any, word: str) -> str:
    """Without a word for it: lists of points are mostly of settlements. An unknown word is of none."""
    if geometry.geom_type == "Point":
        return "spot" if word else "settlement"
    return "area" if geometry.geom_type.endswith("Polygon") else "spot"


def _people(number: str, where: str) -> int:
    try:
        people = int(float(number.replace(",", "").replace(" ", ""))) if number else 0
    except (ValueError, OverflowError):
        raise GazetteerError(f"not a number of people: {number[:20]}", where) from None
    if people < 0:
        raise GazetteerError(f"not a number of people: {number[:20]}", where)
    return people


def _point(geometry: Any) -> tuple[float, float]:
    """A point, of a line its middle, of an area one inside."""
    kind = geometry.geom_type
    if kind == "LineString":
        point = geometry.interpolate(0.5, normalized=True)
    else:
        point = geometry if kind == "Point" else geometry.representative_point()
    return point.y, point.x


def _wkb(geometry: Any) -> bytes:
    import shapely

    return b"" if geometry.geom_type == "Point" else bytes(shapely.to_wkb(geometry))


def _geonameid(raw: RawFeature, columns: Columns) -> int:
    """The GeoNames id, where a column is called so or was stated as one."""
    for name, content in raw.properties.items():
        named = name.casefold() in _GEONAMES or (name == columns.id and columns.id.casefold() in _GEONAMES)
        if named and content not in (None, ""):
            if not str(content).isdecimal() or not 0 < int(content) < 2**62:
                raise GazetteerError(f"not a geonameid: {str(content)[:20]}", raw.where)
            return int(content)
    return 0


def _same(row: Row, raw: RawFeature, known: Gazetteer) -> int:
    kind = KINDS[row.kind]
    found = {place.id: place for name in row.names for place in known.search(name) if place.kind == kind}
    fitting = [place for place in found.values() if _one(place, row, raw)]
    return min(fitting, key=lambda place: _km(place, row)).id if fitting else 0


def _one(place: Place, row: Row, raw: RawFeature) -> bool:
    if row.country and place.country != row.country:
        return False
    if place.kind == "settlement":
        return _km(place, row) <= SAME_KM
    import shapely

    return bool(row.shape) and bool(raw.geometry.covers(shapely.Point(place.lon, place.lat)))


def _km(place: Place, row: Row) -> float:
    from oskil.places.geometry import rough_km

    return rough_km(place.lat, place.lon, row.lat, row.lon)


def _settle(row: Row, known: Gazetteer) -> None:
    """Country and region of the nearest settlement, so that the place takes part in choosing."""
    near = known.near(row.lat, row.lon, 5.0) or known.near(row.lat, row.lon, _HOST_KM)
    if near:
        row.country, row.region = near[0][1].country, row.region or near[0][1].region


def _own_id(source: str, row: Row, columns: Columns, raw: RawFeature) -> int:
    """Negative and below 2^52 in size, so that any program can hold it exactly."""
    own = text("id", columns, raw.properties) or f"{key(row.names[0])} {row.lat:.4f} {row.lon:.4f}"
    digest = hashlib.sha256(f"{source}\n{own}".encode()).digest()
    return -(2**31) - 1 - (int.from_bytes(digest[:8], "big") >> 13)

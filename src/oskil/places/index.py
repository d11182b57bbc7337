"""A compiled gazetteer: sorted arrays in one mapped file. Nothing is loaded before it is asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from oskil.places import format as layout
from oskil.places.building import CELLS_PER_DEGREE, RECORD, SCALE, TYPE, cell
from oskil.places.geometry import MEAN_RADIUS_KM, geodesic, spans
from oskil.places.interface import PlaceName
from oskil.places.kinds import KINDS, NAMES_ONLY
from oskil.places.normalise import key, sound_key
from oskil.places.rows import TAG, Row, hash64
from oskil.places.seeking import seek
from oskil.records import DataSource, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_KM_PER_DEGREE = 111.0  # no degree of latitude is shorter than 110.5 km
_CACHED_NAMES = 20_000
_SHORT, _LONGEST = 80, 4 * 400  # bytes of a name
_SIZE = RECORD.size
_unpack = RECORD.unpack
_ID = slice(0, 8)
_KIND = _SIZE - 2
_READ = 20_000  # rows; by then a process that goes on asking has most pages before it


def id_of(record: bytes) -> int:
    """The id of a record."""
    return int.from_bytes(record[_ID], "little", signed=True)


def tells(record: bytes) -> bool:
    """Whether a record says more than names."""
    return record[_KIND] != NAMES_ONLY


class CompiledGazetteer:
    """A `FullGazetteer` over a compiled file. Raises GazetteerError where the file is absent or damaged."""

    def __init__(self, path: Path, name: str = "") -> None:
        contents = layout.read(path)
        self.meta = contents.meta
        self.name = name or self.meta["name"]
        self._data = contents.sections
        self._ids = self._data["id"]
        self._record: Any = self._data["record"]
        self._contents = contents
        self._raw, self._text = contents.piece("record"), contents.piece("names")
        self._left = _READ if contents.large else 0  # rows to go until all is taken from the map
        self._countries, self._regions = self.meta["countries"], self.meta["regions"]
        self._districts, self._features = self.meta["districts"], self.meta["features"]
        self._postings = {
            name: (self._data[f"{name}_hash"], self._data[f"{name}_place"])
            for name in ("key", "sound", "other")
        }
        self._find = lru_cache(maxsize=_CACHED_NAMES)(self._find_uncached)

    @property
    def source(self) -> DataSource:
        """The data it was compiled from."""
        return DataSource(self.meta["name"], self.meta["version"], self.meta["inputs"])

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, name: str) -> Sequence[Place]:
        """Every settlement, region, district and country that bears this name."""
        return self._find("key", key(name))

    def sounds_like(self, name: str) -> Sequence[Place]:
        """Those whose name has the same sound key; to be compared with `normalise.alike`."""
        return self._find("sound", sound_key(name))

    def features(self, name: str) -> Sequence[Place]:
        """Everything else of this name: rivers, mountains, bases."""
        return self._find("other", key(name))

    def get(self, place_id: int) -> Place | None:
        """The place with this id; None where there is none, or this file only has names of it."""
        at = self.row_of(place_id)
        return None if at is None or not tells(record := self.record(at)) else self.place_of(record)

    def names(self, place_id: int) -> Sequence[str]:
        """All names of a place, the main one first; empty for an unknown id."""
        return tuple(dict.fromkeys(name.partition(TAG)[0] for name in self._names_of(place_id)))

    def name_records(self, place_id: int) -> Sequence[PlaceName]:
        """All names of a place with their languages, the main one first."""
        found = []
        for name in self._names_of(place_id):
            text, _, tag = name.partition(TAG)
            found.append(PlaceName(text, (self.name,), tag.lstrip("!~"), tag.startswith("!")))
        return found

    def shape(self, place_id: int) -> BaseGeometry | None:
        """The shape of a place, where the file has one."""
        at = self.row_of(place_id)
        row = self._shapes.get(-1 if at is None else at)
        if row is None:
            return None
        import shapely

        ends = self._data["shape_end"]
        return shapely.from_wkb(self._data["shapes"][int(ends[row]) : int(ends[row + 1])].tobytes())

    def sources_of(self, place_id: int) -> Sequence[str]:
        """This file's own name, if it knows the place."""
        return (self.name,) if self.row_of(place_id) is not None else ()

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, Place]]:
        """Settlements within `km` (geodesic) of a point, nearest first."""
        rows = self._around(lat, lon, km)
        # The sphere is off by at most 0.6 %: what is farther than that cannot be within.
        close = rows[self._rough_km(lat, lon, rows) <= km * 1.01]
        found = []
        for at in close.tolist():
            y, x = self._point(at)
            if (exact := geodesic(lat, lon, y, x)[0]) <= km:
                found.append((exact, at))
        return [(distance, self.place(at)) for distance, at in sorted(found)]

    def by_population(self, country: str, limit: int) -> Sequence[Place]:
        """The settlements of a country, most populous first; places stand in that order in the file."""
        if country not in self.meta["countries"]:
            return ()
        code = self.meta["countries"].index(country)
        ends = self._data["country_end"]
        first, last = int(ends[code - 1]) if code else 0, int(ends[code])
        rows = self._data["country_place"][first : min(last, first + limit)]
        return [self.place(at) for at in rows.tolist()]

    def rows_under(self, index: str, wanted: np.uint64) -> list[int]:
        """The rows under the hash of a key, in one of the three indexes, in the order of answers."""
        hashes, places = self._postings[index]
        first = hashes.searchsorted(wanted)
        if first == len(hashes) or hashes[first] != wanted:
            return []
        rows: list[int] = places[first : hashes.searchsorted(wanted, "right")].tolist()
        self._count(len(rows))
        return rows

    def row_of(self, place_id: int) -> int | None:
        """The row of an id."""
        at = int(self._ids.searchsorted(place_id)) if -(2**63) <= place_id < 2**63 else len(self._ids)
        if at == len(self._ids) or self._ids[at] != place_id:
            return None
        return int(self._data["by_id"][at])

    def knows(self, place_id: int) -> bool:
        """Whether this file has the facts of a place."""
        at = self.row_of(place_id)
        return at is not None and tells(self.record(at))

    def record(self, at: int) -> bytes:
        """A row as it lies in the file."""
        return self._raw(at * _SIZE, _SIZE)

    def place(self, at: int) -> Place:
        """The place of a row."""
        return self.place_of(self.record(at))

    def places(self, ids: Sequence[int]) -> dict[int, Place]:
        """Those of many ids that this file has the facts of: one search for all of them."""
        self._count(len(ids))
        found = {}
        for place_id, at in zip(ids, self._rows_of(ids), strict=True):
            record = self.record(at)
            if tells(record) and id_of(record) == place_id:
                found[place_id] = self.place_of(record)
        return found

    def place_of(self, record: bytes) -> Place:
        """The place of a record."""
        number, start, lat, lon, population, length, district, country, region, feature, kind = _unpack(
            record
        )
        return Place(
            number,
            self._main_name(start, length),
            KINDS[kind],
            lat / SCALE,
            lon / SCALE,
            self._countries[country],
            self._regions[region],
            population,
            self._districts[district],
            self._features[feature],
        )

    def _rows_of(self, ids: Sequence[int]) -> list[int]:
        """The rows of many ids; any row for one that is not there."""
        if not len(self._ids):
            return [0] * len(ids)
        if self._left:
            piece, row = self._contents.piece("id"), self._contents.piece("by_id")
            found = (seek(piece, len(self._ids), one) for one in ids)
            return [int.from_bytes(row(4 * at, 4), "little") for at in found]
        where = self._ids.searchsorted(np.array(ids, self._ids.dtype))
        rows: list[int] = self._data["by_id"][np.minimum(where, len(self._ids) - 1)].tolist()
        return rows

    def _count(self, rows: int) -> None:
        """Who asks a large file for many rows has them from the map: quicker once its pages are there."""
        if self._left:
            self._left = max(0, self._left - rows)
            if not self._left:
                self._raw, self._text = (self._contents.piece(n, mapped=True) for n in ("record", "names"))

    def _main_name(self, start: int, length: int) -> str:
        """The first of a row's names. Nearly all are short, so that little is taken from the map at first."""
        head, end, _ = self._text(start, min(length, _SHORT)).partition(b"\0")
        if not end and length > _SHORT:
            head = self._text(start, min(length, _LONGEST)).partition(b"\0")[0]
        name = head.decode("utf8", "replace")
        return name.partition(TAG)[0] if TAG in name else name

    def all_rows(self) -> Iterator[Row]:
        """Every row as it was compiled, for a compilation anew."""
        meta, ends, shapes = self.meta, self._data["shape_end"], self._data["shapes"]
        for at in range(len(self)):
            number, _, lat, lon, people, _, district, country, region, feature, kind = _unpack(
                self.record(at)
            )
            shape = self._shapes.get(at)
            yield Row(
                number,
                kind,
                lat / SCALE,
                lon / SCALE,
                meta["countries"][country],
                meta["regions"][region],
                people,
                tuple(self._names(at)),
                meta["districts"][district],
                meta["features"][feature],
                b"" if shape is None else shapes[int(ends[shape]) : int(ends[shape + 1])].tobytes(),
            )

    def kinds(self) -> dict[str, int]:
        """How many places there are of each kind, the most frequent first."""
        counts = np.bincount(self._record.view(TYPE)["kind"], minlength=len(KINDS))
        found = {kind: int(counts[number]) for number, kind in enumerate(KINDS) if counts[number]}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def settled(self) -> np.ndarray[Any, Any]:
        """The records of all settlements, as an array of `building.TYPE`."""
        records: np.ndarray[Any, Any] = self._record.view(TYPE)[self._data["country_place"]]
        return records

    def _find_uncached(self, index: str, text: str) -> tuple[Place, ...]:
        if not text:
            return ()
        rows = self.rows_under(index, np.uint64(hash64(text)))
        return tuple([self.place_of(record) for at in rows if tells(record := self.record(at))])

    def _point(self, at: int) -> tuple[float, float]:
        _, _, lat, lon, *_ = _unpack(self.record(at))
        return lat / SCALE, lon / SCALE

    def _names(self, at: int) -> list[str]:
        _, start, _, _, _, length, *_ = _unpack(self.record(at))
        return self._text(start, length).decode("utf8", "replace").split("\0")

    def _names_of(self, place_id: int) -> list[str]:
        at = self.row_of(place_id)
        return [] if at is None else self._names(at)

    @cached_property
    def _shapes(self) -> dict[int, int]:
        return {at: row for row, at in enumerate(self._data["shape_place"].tolist())}

    def _rough_km(self, lat: float, lon: float, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Great-circle distances on the mean sphere, as `geometry.rough_km`, for many rows at once."""
        records = self._record.view(TYPE)
        y, x = (np.radians(records[name][rows] / SCALE) for name in ("lat", "lon"))
        p, q = math.radians(lat), math.radians(lon)
        h = np.sin((y - p) / 2) ** 2 + math.cos(p) * np.cos(y) * np.sin((x - q) / 2) ** 2
        distances: np.ndarray[Any, Any] = 2 * MEAN_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
        return distances

    def _around(self, lat: float, lon: float, km: float) -> np.ndarray[Any, Any]:
        reach = km / _KM_PER_DEGREE + 1e-9
        south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
        narrowest = math.cos(math.radians(max(abs(south), abs(north))))
        width = 180.0 if narrowest * 180 <= reach else reach / narrowest
        found = []
        step = 1 / CELLS_PER_DEGREE
        for row in range(int((south + 90) / step), min(int((north + 90) / step), int(180 / step) - 1) + 1):
            for west, east in spans(lon - width, lon + width):
                middle = -90 + (row + 0.5) * step
                found.append(self._cells(cell(middle, west), cell(middle, east)))
        return np.concatenate(found) if found else np.empty(0, "<u4")

    def _cells(self, first: int, last: int) -> np.ndarray[Any, Any]:
        cells = self._data["cell"]
        start, end = cells.searchsorted(np.uint32(first)), cells.searchsorted(np.uint32(last), "right")
        part: np.ndarray[Any, Any] = self._data["cell_place"][start:end]
        return part

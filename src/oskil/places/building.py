"""Writes an index from rows of any number, in memory that stays bounded.

Names and records go to temporary files as they come; in memory stay the postings, 12 bytes a name. Twelve
million places take some 2 GB.
"""

from __future__ import annotations

import struct
import tempfile
from array import array
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from oskil.errors import GazetteerError
from oskil.places import format as layout
from oskil.places import normalise
from oskil.places.kinds import INHABITED, NAMES_ONLY, NUMBERS
from oskil.places.rows import DISTRICT, REGION, SETTLEMENT, TAG, Row, hash64

SCALE = 100_000  # GeoNames gives five decimals, about a metre
CELLS_PER_DEGREE = 4
# id, where its names begin, latitude, longitude, population, length of its names, district, country, region,
# feature, kind
RECORD = struct.Struct("<qQiiIIIHHHBx")
TYPE = np.dtype(
    [
        ("id", "<i8"),
        ("names_at", "<u8"),
        ("lat", "<i4"),
        ("lon", "<i4"),
        ("population", "<u4"),
        ("names_length", "<u4"),
        ("district", "<u4"),
        ("country", "<u2"),
        ("region", "<u2"),
        ("feature", "<u2"),
        ("kind", "u1"),
        ("rest", "V1"),
    ]
)
MOST_PEOPLE = 2**32 - 1
_MEMORY = 300_000  # keys remembered: names of saints and rivers come again and again
_INHABITED = frozenset(NUMBERS[kind] for kind in INHABITED)
_Array = np.ndarray[Any, Any]


class Builder:
    """Takes rows in any order and writes one index. Use as a context: it removes its temporary files.

    Two rows of one id are an error that names `where(row number)`. With `bare_regions` a region may be found
    by a name that a settlement of its country bears; otherwise "Kharkiv" stays the city's.
    """

    def __init__(
        self,
        folder: Path,
        *,
        bare_regions: bool = False,
        where: Callable[[int], str] = lambda number: f"row {number + 1}",
    ) -> None:
        self._bare_regions = bare_regions
        self._where = where
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._folder = tempfile.TemporaryDirectory(dir=folder, prefix=".building-")
            base = self.folder
            self._names = (base / "names").open("wb", buffering=1 << 20)
            self._shapes = (base / "shapes").open("wb", buffering=1 << 20)
            self._records = (base / "records").open("wb", buffering=1 << 20)
        except OSError as error:
            raise GazetteerError(f"cannot be written: {error.strerror}", str(folder)) from error
        self._codes: dict[str, dict[str, int]] = {
            name: {"": 0} for name in ("countries", "regions", "districts", "features")
        }
        self._count = 0
        self._names_at = 0
        self._shape_of = array("I")
        self._shape_end = array("Q", [0])
        self._postings = {name: (array("Q"), array("I")) for name in ("key", "sound", "other")}
        self._memory: dict[str, tuple[int, str]] = {}
        self._sounds: dict[str, int] = {}

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._names, self._shapes, self._records):
            file.close()
        self._folder.cleanup()

    def __len__(self) -> int:
        return self._count

    @property
    def folder(self) -> Path:
        """Where temporary files go; it goes when the builder does."""
        return Path(self._folder.name)

    def add(self, row: Row) -> None:
        """Take a row. Raises GazetteerError where the disk is full."""
        names = "\0".join(row.names).encode("utf8", "replace")
        if not row.names or names.count(b"\0") >= len(row.names):
            raise GazetteerError("no name, or one with a control character", self._where(self._count))
        codes = self._codes
        try:
            self._names.write(names)
            self._records.write(
                RECORD.pack(
                    row.id,
                    self._names_at,
                    round(row.lat * SCALE),
                    round(row.lon * SCALE),
                    min(row.population, MOST_PEOPLE),
                    len(names),
                    _code(codes["districts"], row.district),
                    _code(codes["countries"], row.country),
                    _code(codes["regions"], row.region),
                    _code(codes["features"], row.feature),
                    row.kind,
                )
            )
        except OSError as error:
            raise GazetteerError(f"cannot be written: {error.strerror}", self._folder.name) from error
        except struct.error as error:
            raise GazetteerError(f"cannot be kept: {error}", self._where(self._count)) from error
        self._names_at += len(names)
        if row.shape:
            self._keep_shape(row.shape)
        self._post(row)
        self._count += 1

    def _keep_shape(self, shape: bytes) -> None:
        self._shapes.write(shape)
        self._shape_of.append(self._count)
        self._shape_end.append(self._shape_end[-1] + len(shape))

    def _post(self, row: Row) -> None:
        memory = self._memory
        if len(memory) > _MEMORY:
            memory.clear()
            self._sounds.clear()
        found = {}
        for name in row.names:
            entry = memory.get(name)
            if entry is None:
                text, _, tag = name.partition(TAG)
                key = "" if tag == "~" else normalise.key(text)
                entry = memory[name] = (hash64(key), key) if key else (0, "")
            found[entry[1]] = entry[0]
        found.pop("", None)
        spoken = row.kind in _INHABITED or row.kind == NAMES_ONLY
        hashes, places = self._postings["key" if spoken else "other"]
        hashes.extend(found.values())
        places.extend([self._count] * len(found))
        if spoken:
            self._post_sounds(found)

    def _post_sounds(self, keys: Iterable[str]) -> None:
        sounds = set()
        for key in keys:
            if not key.isascii():
                continue
            entry = self._sounds.get(key)
            if entry is None:
                sound = normalise.sound_key(key)
                entry = self._sounds[key] = hash64(sound) if sound else 0
            sounds.add(entry)
        sounds.discard(0)
        hashes, places = self._postings["sound"]
        hashes.extend(sounds)
        places.extend([self._count] * len(sounds))

    def write(self, path: Path, meta: Mapping[str, Any]) -> None:
        """Write the index into `path`, atomically. Raises GazetteerError."""
        for file in (self._names, self._shapes, self._records):
            file.flush()
        base = self.folder
        records = _mapped(base / "records").view(TYPE)
        order = _order(records)
        self._prove_ids(records)
        place = np.empty(len(order), "<u4")
        place[order] = np.arange(len(order), dtype="<u4")
        sections = self._sorted_postings(records, order, place)
        ordered = _permuted(records, order, base / "ordered")
        sections |= {
            "record": ordered.view(np.uint8),
            "names": _mapped(base / "names"),
            "shapes": _mapped(base / "shapes"),
            "shape_place": place[np.array(self._shape_of, "<u4")],
            "shape_end": np.array(self._shape_end, "<u8"),
            **_by_id(ordered),
            **_settled(ordered, len(self._codes["countries"])),
        }
        codes = {name: list(table) for name, table in self._codes.items()}
        layout.write(path, {**meta, **codes, "count": self._count, "keys": edition_of_keys()}, sections)

    def _prove_ids(self, records: _Array) -> None:
        ids = np.array(records["id"])
        order = np.argsort(ids, kind="stable")
        twice = np.flatnonzero(ids[order][1:] == ids[order][:-1])
        if len(twice):
            second = int(order[twice + 1].min())
            first = int(np.flatnonzero(ids == ids[second])[0])
            raise GazetteerError(
                f"the id {ids[second]} a second time; the first is {self._where(first)}", self._where(second)
            )

    def _sorted_postings(self, records: _Array, order: _Array, place: _Array) -> dict[str, _Array]:
        sections = {}
        for name, (hashes, rows) in self._postings.items():
            one, raw = np.array(hashes, "<u8"), np.array(rows, "<u4")
            if name == "key" and not self._bare_regions:
                kept = ~_settlements_own(records, one, raw)
                one, raw = one[kept], raw[kept]
            at = place[raw]
            # By hash, then in the order of answers.
            sorting = np.lexsort((at, one))
            sections[f"{name}_hash"], sections[f"{name}_place"] = one[sorting], at[sorting]
            hashes, rows = array("Q"), array("I")
            self._postings[name] = (hashes, rows)
        return sections


def edition_of_keys() -> str:
    """What the keys of an index depend on: it must be made anew where this changes."""
    import hashlib

    return hashlib.sha256(Path(normalise.__file__).read_bytes()).hexdigest()[:16]


def _code(table: dict[str, int], code: str) -> int:
    return table.setdefault(code, len(table))


def _mapped(path: Path) -> _Array:
    if path.stat().st_size == 0:
        return np.empty(0, np.uint8)
    return np.asarray(np.memmap(path, mode="r", dtype=np.uint8))


def _order(records: _Array) -> _Array:
    """Most populous first, then by id: the order of every answer."""
    return np.lexsort((np.array(records["id"]), -np.array(records["population"], "<i8")))


def _permuted(records: _Array, order: _Array, path: Path) -> _Array:
    if not len(order):
        return records
    out = np.memmap(path, mode="w+", dtype=TYPE, shape=len(order))
    step = 1 << 18
    for at in range(0, len(order), step):
        out[at : at + step] = records[order[at : at + step]]
    return np.asarray(out)


def _by_id(records: _Array) -> dict[str, _Array]:
    ids = np.array(records["id"])
    order = np.argsort(ids, kind="stable").astype("<u4")
    return {"id": ids[order], "by_id": order}


def _settlements_own(records: _Array, hashes: _Array, rows: _Array) -> _Array:
    """Which postings are of a region or district under a name that a settlement of its country has."""
    kinds = np.array(records["kind"])[rows]
    # The country goes into the hash, so that one sorted list answers for all of them.
    mixed = hashes ^ (np.array(records["country"])[rows].astype("<u8") * np.uint64(0x9E3779B97F4A7C15))
    regions = (kinds == REGION) | (kinds == DISTRICT)
    own = np.zeros(len(rows), bool)
    own[regions] = np.isin(mixed[regions], mixed[kinds == SETTLEMENT])
    return own


def cell(lat: float, lon: float) -> int:
    """The number of the grid cell that holds a point: rows from the south pole up."""
    row = min(int((lat + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)
    column = int((lon + 180) % 360 * CELLS_PER_DEGREE)
    return row * 360 * CELLS_PER_DEGREE + column


def _settled(records: _Array, countries: int) -> dict[str, _Array]:
    """The settlements by cell of the grid, and by country."""
    settled = np.flatnonzero(records["kind"] == SETTLEMENT).astype("<u4")
    lat, lon = (records[name][settled] / SCALE for name in ("lat", "lon"))
    row = np.minimum((lat + 90) * CELLS_PER_DEGREE, 180 * CELLS_PER_DEGREE - 1).astype("<u4")
    cells = row * np.uint32(360 * CELLS_PER_DEGREE) + ((lon + 180) % 360 * CELLS_PER_DEGREE).astype("<u4")
    order = np.argsort(cells, kind="stable")
    country = records["country"][settled]
    by_country = np.argsort(country, kind="stable")
    ends = np.searchsorted(country[by_country], np.arange(countries), "right").astype("<u4")
    return {
        "cell": cells[order],
        "cell_place": settled[order],
        "country_place": settled[by_country],
        "country_end": ends,
    }

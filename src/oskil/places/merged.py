"""Several compiled sources as one gazetteer: one id a place, the facts of the first source that has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from oskil.places.index import CompiledGazetteer, id_of, tells
from oskil.places.interface import PlaceName
from oskil.places.normalise import key, sound_key
from oskil.places.rows import hash64
from oskil.records import DataSource, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_CACHED_NAMES = 20_000


class MergedGazetteer:
    """A `FullGazetteer` over several: what two have under one id is one place, with the names of both."""

    def __init__(self, parts: Sequence[CompiledGazetteer]) -> None:
        self.parts = tuple(parts)
        self._find = lru_cache(maxsize=_CACHED_NAMES)(self._find_uncached)

    @property
    def source(self) -> DataSource:
        """All sources by name, and the SHA-256 over their hashes."""
        every = [part.source for part in self.parts]
        joined = sha256("\n".join(one.sha256 for one in every).encode()).hexdigest()
        names = " + ".join(one.name for one in every)
        return DataSource(names, " + ".join(one.version for one in every), joined)

    def search(self, name: str) -> Sequence[Place]:
        """Every settlement, region, district and country that bears this name, in any source."""
        return self._find("key", key(name))

    def sounds_like(self, name: str) -> Sequence[Place]:
        """Those whose name has the same sound key; to be compared with `normalise.alike`."""
        return self._find("sound", sound_key(name))

    def features(self, name: str) -> Sequence[Place]:
        """Everything else of this name: rivers, mountains, bases."""
        return self._find("other", key(name))

    def get(self, place_id: int) -> Place | None:
        """The place with this id, as the first source that has its facts gives it."""
        return next((place for part in self.parts if (place := part.get(place_id)) is not None), None)

    def names(self, place_id: int) -> Sequence[str]:
        """All names of a place in all sources, the main one first, none twice."""
        return tuple(dict.fromkeys(name for part in self._knowing(place_id) for name in part.names(place_id)))

    def name_records(self, place_id: int) -> Sequence[PlaceName]:
        """All names of a place, each with every source that has it and what the first says of it."""
        found: dict[str, PlaceName] = {}
        for part in self._knowing(place_id):
            for one in part.name_records(place_id):
                before = found.get(one.text, one)
                sources = tuple(dict.fromkeys((*before.sources, *one.sources)))
                found[one.text] = PlaceName(
                    one.text, sources, before.language or one.language, before.historic or one.historic
                )
        return tuple(found.values())

    def shape(self, place_id: int) -> BaseGeometry | None:
        """The shape of a place, of the first source that has one."""
        shapes = (part.shape(place_id) for part in self.parts)
        return next((shape for shape in shapes if shape is not None), None)

    def sources_of(self, place_id: int) -> Sequence[str]:
        """The sources that know a place."""
        return tuple(part.name for part in self.parts if part.row_of(place_id) is not None)

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, Place]]:
        """Settlements within `km` (geodesic) of a point, nearest first."""
        found = []
        for number, part in enumerate(self.parts):
            # What an earlier source has is where that one puts it, which may be elsewhere.
            found += [one for one in part.near(lat, lon, km) if not self._decided(number, one[1].id)]
        return sorted(found, key=lambda one: (one[0], one[1].id))

    def by_population(self, country: str, limit: int) -> Sequence[Place]:
        """The settlements of a country, most populous first."""
        found = [
            place
            for number, part in enumerate(self.parts)
            for place in part.by_population(country, limit)
            if not self._decided(number, place.id)
        ]
        return _in_order(found)[:limit]

    def _decided(self, number: int, place_id: int) -> bool:
        """Whether a source before this one has the facts of a place."""
        return any(part.knows(place_id) for part in self.parts[:number])

    def _knowing(self, place_id: int) -> list[CompiledGazetteer]:
        """The sources that know a place, the one that has its facts first."""
        knowing = [part for part in self.parts if part.row_of(place_id) is not None]
        return sorted(knowing, key=lambda part: part.get(place_id) is None)

    def _find_uncached(self, index: str, text: str) -> Sequence[Place]:
        if not text:
            return ()
        wanted = np.uint64(hash64(text))
        found: dict[int, Place] = {}
        several = False
        for number, part in enumerate(self.parts):
            rows = part.rows_under(index, wanted)
            if fresh := {one: r for r in map(part.record, rows) if (one := id_of(r)) not in found}:
                known = self._canonical(number, fresh)
                found |= {place_id: known[place_id] for place_id in fresh if place_id in known}
                several = several or (number > 0 and bool(known))
        return tuple(_in_order(list(found.values())) if several else found.values())

    def _canonical(self, number: int, records: Mapping[int, bytes]) -> dict[int, Place]:
        """The places of records of a source by id, with the facts of the first source that has them."""
        part = self.parts[number]
        found = self._known(self.parts[:number], records)
        left = [place_id for place_id in records if place_id not in found]
        found |= {one: part.place_of(records[one]) for one in left if tells(records[one])}
        return found | self._known(self.parts[number + 1 :], [one for one in left if one not in found])

    def _known(self, parts: Sequence[CompiledGazetteer], ids: Iterable[int]) -> dict[int, Place]:
        """The places of some ids, each by the first of some sources that has its facts."""
        found: dict[int, Place] = {}
        for part in parts:
            if left := [one for one in ids if one not in found]:
                found |= part.places(left)
        return found


def _in_order(places: list[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (-place.population, place.id))

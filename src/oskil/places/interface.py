"""What a gazetteer answers. Implementations: the compiled index (`index.py`) and fakes in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from oskil.records import DataSource, Place


class Gazetteer(Protocol):
    """Places by name and by id. Answers are deterministic: most populous first, then by id."""

    @property
    def source(self) -> DataSource:
        """The data it was compiled from, with version and hash."""

    def search(self, name: str) -> Sequence[Place]:
        """Every place that bears this name, in any script or spelling the gazetteer knows; may be empty."""

    def sounds_like(self, name: str) -> Sequence[Place]:
        """Places with a name that is probably another romanisation of this one; coarse, may be empty."""

    def get(self, place_id: int) -> Place | None:
        """The place with this id."""

    def names(self, place_id: int) -> Sequence[str]:
        """All names of a place, the main one first."""

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, Place]]:
        """Settlements within `km` of a point, as (distance in km, place), nearest first."""

    def by_population(self, country: str, limit: int) -> Sequence[Place]:
        """The settlements of a country (ISO alpha-2), most populous first."""

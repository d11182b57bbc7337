"""What a gazetteer answers. Implementations: the compiled index (`index.py`) and fakes in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oskil.records import DataSource, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a place and where it came from.

    `language` is as the source gives it ("uk", "ru"), empty where it does not; `historic` is a name of the
    past. `sources` are the gazetteers that have it, in their order.
    """

    text: str
    sources: tuple[str, ...]
    language: str = ""
    historic: bool = False


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


class FullGazetteer(Gazetteer, Protocol):
    """What the gazetteer of several sources answers besides."""

    def features(self, name: str) -> Sequence[Place]:
        """What else bears this name and is no settlement, region, district or country: rivers, mountains."""

    def name_records(self, place_id: int) -> Sequence[PlaceName]:
        """All names of a place with where each came from, the main one first."""

    def shape(self, place_id: int) -> BaseGeometry | None:
        """The shape of a place in degrees, longitude first; None where it is known as a point only."""

    def sources_of(self, place_id: int) -> Sequence[str]:
        """The names of the sources that know a place, in their order."""

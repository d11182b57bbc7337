"""A feature as a file gives it: its properties, its shape, and where in the file it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from oskil.places.vector.columns import Columns


@dataclass(frozen=True, slots=True)
class RawFeature:
    """`geometry` is in degrees of WGS 84, longitude first; `where` names the file and the line or feature."""

    properties: Mapping[str, Any]
    geometry: BaseGeometry
    where: str


class FeatureFile(Protocol):
    """Reads one format. Features without a shape are left out; anything malformed is a GazetteerError."""

    def __call__(self, path: Path, columns: Columns) -> Iterator[RawFeature]:
        """The features of a file, in its order."""

"""The features of a control map's file, whatever its format: properties, a shape, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Feature:
    """`shape` is as the file has it, longitude first; `where` names the file and the feature or line."""

    properties: Mapping[str, Any]
    shape: BaseGeometry
    where: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All features of a file, with what the file says of itself as a whole.

    `refused` says of features without a usable shape what was wrong, one line each.
    """

    features: tuple[Feature, ...]
    properties: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def first(names: tuple[str, ...], *sources: Mapping[str, Any]) -> str:
    """The value of the first of these properties that is filled, as text; empty without."""
    found = (source[name] for source in sources for name in names if source.get(name) not in (None, ""))
    return next((" ".join(str(value).split()) for value in found if not isinstance(value, dict | list)), "")


def walk(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """The items of a list with where each stands."""
    yield from ((f"{where}, feature {number}", item) for number, item in enumerate(value, 1))

"""The kinds of places, and which GeoNames feature code is of which kind."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import get_args

from oskil.records import PlaceKind

FILE = Path(__file__).parent / "feature_codes.yaml"
# Their order is that of the numbers in compiled files.
KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
NUMBERS: Mapping[str, int] = {kind: number for number, kind in enumerate(KINDS)}
# What people and reports call a place to be in; `search` answers with these. The others are `features`.
INHABITED: tuple[PlaceKind, ...] = ("settlement", "region", "country", "district")
NAMES_ONLY = 255


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(FILE.read_text(encoding="utf8"), Loader=loader)
    return tuple((pattern, kind) for kind, patterns in data.items() for pattern in patterns.split())


@cache
def kind_of(feature_class: str, feature_code: str) -> PlaceKind:
    """The kind of a GeoNames class and code: "P", "PPLA2" is a settlement. What is unknown is a spot."""
    code = f"{feature_class}.{feature_code}"
    found = next((kind for pattern, kind in _patterns() if fnmatchcase(code, pattern)), "spot")
    return KINDS[NUMBERS[found]]

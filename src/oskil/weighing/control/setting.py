"""The numbers that the model of control starts from: `control.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The whole file; it explains each field."""

    ages: int
    linger: float
    talk_days: int
    kinds: Mapping[str, tuple[str, ...]]
    echoes: Mapping[str, float]
    neighbours: Mapping[str, float]
    shares: tuple[float, ...]
    stirs: tuple[float, ...]
    hazards: Mapping[str, Any]
    ratios: Mapping[str, Any]
    strengths: Mapping[str, float]
    misplaced: float
    silence: float
    hush: float
    interest: float
    drift: Mapping[str, float]
    passes: int
    deaf: int
    learn_places: int
    learn_from: int
    start_doubt: float
    contested_unknown: float
    start_fresh: float
    told: Mapping[str, Any]

    # Parts that can be switched off, to see what they bring.
    learn: bool = True
    coupled: bool = True
    collapse: bool = True
    aged: bool = True
    talked: bool = True
    sided: bool = True
    by_source: bool = True

    @property
    def all_kinds(self) -> tuple[str, ...]:
        """The kinds of reports that say something of control."""
        return (*self.kinds["news"], *self.kinds["state"])


@cache
def setting() -> Setting:
    """The one that ships with the package."""
    import yaml  # here, so that start-up does not pay for it

    given = yaml.safe_load(files("oskil.weighing.control").joinpath("control.yaml").read_text("utf-8"))
    tuples = {name: tuple(given[name]) for name in ("shares", "stirs")}
    kinds = {name: tuple(words) for name, words in given["kinds"].items()}
    return Setting(**{**given, **tuples, "kinds": kinds})

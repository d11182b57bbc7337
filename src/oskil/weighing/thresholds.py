"""The numbers and words that decide what contradicts what: `contradictions.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How numbers of one kind and unit are set side by side; the file explains each field."""

    kind: str
    unit: str
    share: float
    timed: bool = False
    grows: bool = False
    same: Literal["noun", "words", ""] = ""
    whose: Literal["holder", "side", "nobody"] = "nobody"
    places: int = 0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The whole file. `hedges` gives the lowest and highest multiple of a figure, None where open."""

    certainties: frozenset[str]
    holding: frozenset[str]
    leaving: frozenset[str]
    denied_by_holder: frozenset[str]
    denied_by_words: frozenset[str]
    shared: float
    amounts: tuple[Amount, ...]
    most_ratio: float
    days_apart: int
    hedges: Mapping[str, tuple[float, float | None]]
    shortest: int
    stem: int
    empty: frozenset[str]


@cache
def thresholds() -> Thresholds:
    """Those that ship with the package."""
    import yaml  # here, so that start-up does not pay for it

    given = yaml.safe_load(files("oskil.weighing").joinpath("contradictions.yaml").read_text("utf-8"))
    return Thresholds(
        certainties=frozenset(given["certainties"]),
        holding=frozenset(given["holding"]),
        leaving=frozenset(given["leaving"]),
        denied_by_holder=frozenset(given["denials"]["by_holder"]),
        denied_by_words=frozenset(given["denials"]["by_words"]),
        shared=given["denials"]["shared"],
        amounts=tuple(Amount(**fields) for fields in given["amounts"]),
        most_ratio=given["most_ratio"],
        days_apart=given["days_apart"],
        hedges=_hedges(given["hedges"]),
        shortest=given["words"]["shortest"],
        stem=given["words"]["stem"],
        empty=frozenset(given["words"]["empty"].split()),
    )


def _hedges(given: Mapping[str, Any]) -> dict[str, tuple[float, float | None]]:
    found = {}
    for hedge in given.values():
        low, high = hedge["range"]
        for words in hedge["words"].split("|"):
            found[" ".join(words.split())] = (low, high)
    return found

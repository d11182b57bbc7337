"""The numbers, words and families that tracing goes by: `origins.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How reused wording is found; the file explains each field."""

    shingle: int
    window: int
    least_words: int
    gap_words: int
    covers: float
    near_duplicate: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The whole file.

    `outlets` gives the name to show by any name or host of an outlet, in lower case; `families` the publisher
    by the outlet's shown name.
    """

    wording: Wording
    link_reach: int
    unnamed: frozenset[str]
    bodies: frozenset[str]
    titles: frozenset[str]
    outlets: Mapping[str, str]
    families: Mapping[str, str]


@cache
def thresholds() -> Thresholds:
    """Those that ship with the package."""
    import yaml  # here, so that start-up does not pay for it

    given = yaml.safe_load(files("oskil.weighing.origins").joinpath("origins.yaml").read_text("utf-8"))
    outlets = {name.casefold(): names[0] for names in _names(given["outlets"]) for name in names}
    families = {name: names[0] for names in _names(given["families"]) for name in names[1:]}
    return Thresholds(
        wording=Wording(**given["wording"]),
        link_reach=given["link_reach"],
        unnamed=_words(given["unnamed"]),
        bodies=_words(given["bodies"]),
        titles=_words(given["titles"]),
        outlets=outlets,
        families=families,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def _names(lines: list[str]) -> list[list[str]]:
    return [[name.strip() for name in line.split("|")] for line in lines]

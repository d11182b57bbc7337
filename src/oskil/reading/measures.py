"""The units of measure and the currencies, with the words before and after a figure, as patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from oskil.reading.counted import data
from oskil.reading.numerals import alternation


@dataclass(frozen=True, slots=True)
class Measure:
    """What a word of measure stands for.

    `factor` turns it into `unit`, that of claims; `pint` is its own unit as pint names it; `kind` is what it
    measures.
    """

    unit: str
    factor: float
    pint: str
    kind: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """What `data/units.yaml` says of measures. `measures` is by lower-case word, `signs` by currency sign.

    `measure` finds a unit behind a figure, `sign` a currency before it, `comparator` and `trailing` the
    words that widen it; `no_over` finds words after which "over" does not.
    """

    measures: Mapping[str, Measure]
    signs: Mapping[str, str]
    measure: re.Pattern[str]
    sign: re.Pattern[str]
    comparator: re.Pattern[str]
    trailing: re.Pattern[str]
    no_over: re.Pattern[str]


@lru_cache
def patterns() -> Patterns:
    """The patterns, built once."""
    raw = data()
    measures: dict[str, Measure] = {}
    for entry in raw["measures"]:
        measure = Measure(entry["unit"], float(entry.get("factor", 1)), entry["pint"], entry["kind"])
        measures |= {word.lower(): measure for word in entry["words"].split("|")}
    signs: dict[str, str] = {}
    for code, entry in raw["currencies"].items():
        measures |= {word.lower(): Measure(code, 1.0, code, "currency") for word in entry["words"].split("|")}
        signs |= {sign: code for sign in entry["signs"].split("|") if sign} | {code: code}
    listed = [" ".join(c.split()) for c in raw["comparators"].split("|")]
    # Bounded white space, so that no run of it is searched over and over.
    marks = "".join(re.escape(c) for c in raw["comparator_signs"].split())
    comparators = alternation(listed)
    return Patterns(
        measures,
        signs,
        re.compile(
            rf"(?P<gap>[ \t\u00a0\u2009\u202f]{{0,3}}\n?[-‑]?)(?:(?:{raw['between']})\s+)?"
            rf"(?P<word>{alternation(measures)})(?![^\W\d_]|\d)",
            re.I,
        ),
        re.compile(rf"(?<![A-Za-z])(?:{alternation(signs)})\s?$"),
        re.compile(rf"(?:(?<!\w)(?:{comparators})(?:\s+(?:{comparators}))*\s+|[{marks}]\s?)$", re.I),
        re.compile(rf"\s+(?:{alternation(c.strip() for c in raw['trailing'].split('|'))})\b", re.I),
        re.compile(rf"(?<!\w)(?:{alternation(raw['over_not_after'].split('|'))})\s*$", re.I),
    )

"""Words of time that need the day of publication: weekdays, "last month", "recent weeks", "two days later".

The patterns are data (`data/spells.yaml`), and so are the words in them (`data/times.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from oskil.errors import ProfileError
from oskil.reading.needles import Sieve
from oskil.reading.numerals import alternation
from oskil.reading.times.dates import Ahead, Expression, cased, data, read_data
from oskil.reading.times.resolving import RECKON, Found, Setting, Spell, tables

LISTS = "this last next past ahead ago war war_adjectives invaded hostilities nights last_year this_year"
LOOSE = "present lately to_date soon pre_war"
FILE = "spells.yaml"


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    reckon: Callable[[Spell], Found | None]
    weak: bool


@lru_cache
def _rules() -> tuple[_Rule, ...]:
    raw = read_data(FILE)
    words = {name: f"(?:{alternation(table)})" for name, table in tables().items()}
    words |= {name: f"(?:{alternation(data()[name].split('|'))})" for name in f"{LISTS} {LOOSE}".split()}
    words["Weekday"] = f"(?:{cased(f for listed in data()['weekdays'].values() for f in listed.split('|'))})"
    return tuple(
        _Rule(_compiled(rule, raw["parts"], words), RECKON[rule["reckon"]], bool(rule.get("weak")))
        for rule in raw["rules"]
    )


@lru_cache
def _sieve() -> Sieve:
    return Sieve(rule.pattern for rule in _rules())


def _compiled(rule: Mapping[str, Any], parts: Mapping[str, str], words: Mapping[str, str]) -> re.Pattern[str]:
    """Fills in parts, then words, and bounds white space, so that no run of it is searched over and over."""
    pattern = str(rule["words"])
    try:
        for _ in range(3):
            pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda m: parts.get(m[1]) or f"<<{m[1]}>>", pattern)
        pattern = re.sub(r"<<+(\w+)>+>", lambda m: words[m[1]], pattern.replace(" ", r"\s{1,4}"))
        return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", 0 if rule.get("case") else re.I)
    except (KeyError, re.error) as error:
        raise ProfileError(f"the pattern “{rule['words']}” is wrong: {error}", FILE) from error


def spells(text: str, start: int, end: int, at: Setting, ahead: Ahead) -> Iterator[Expression]:
    """Everything of this kind in text[start:end]; these may overlap."""
    for rule in (_rules()[k] for k in _sieve().may_match(text[start:end])):
        for match in rule.pattern.finditer(text, start, end):
            found = rule.reckon(Spell(match, at, ahead))
            if found is not None:
                shown = match.start("shown") if "shown" in rule.pattern.groupindex else match.start()
                yield Expression(shown, match.end(), found[0], found[1], found[2], rule.weak)

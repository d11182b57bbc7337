"""What a figure counts: people or items, by the noun that it stands with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from oskil.reading.lexicon import HERE, read_yaml
from oskil.reading.numerals import alternation

WORD = re.compile(r"(?:\s+|(?<=\])\s*)(?:\[[^\]\n]{0,40}\]\s+)?[\"“‘«'(]?(?P<word>[^\W\d_][\w’'.-]*)[\"”’»]?")
MOST_WORDS = 7


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of `data/units.yaml`, as sets of lower-case words and patterns."""

    sets: Mapping[str, frozenset[str]]
    people_before: re.Pattern[str]
    people_after: re.Pattern[str]
    bare_after: re.Pattern[str]
    ratio_after: re.Pattern[str]


SETS = (
    "people",
    "thing_modifiers",
    "attributive",
    "designators",
    "year_before",
    "year_before_weak",
    "not_counted_one",
    "not_counted",
    "ordinal_not",
    "ordinal_verbs",
    "after_verb",
    "boundaries",
)


@lru_cache
def data() -> Any:
    """`data/units.yaml`, parsed once."""
    return read_yaml(HERE / "data" / "units.yaml")


@lru_cache
def lists() -> Lists:
    """The lists of counted things."""
    raw = data()
    adverbs = r"(?:\s+(?:were|was|are|have|had|has|been|more|others|reported|reportedly|also|people))*\s+"
    return Lists(
        {name: frozenset(raw[name].split()) for name in SETS},
        re.compile(rf"\b(?:{alternation(raw['people_before'].split('|'))})", re.I),
        re.compile(rf"{adverbs}(?:{alternation(raw['people_after'].split('|'))})\b", re.I),
        re.compile(rf"\s+(?:{alternation(raw['bare_after'].split('|'))})\b", re.I),
        re.compile(rf"\s+(?:{alternation(raw['ratio_after'].split('|'))})\b", re.I),
    )


def noun_phrase(text: str, at: int, end: int) -> list[str]:
    """The words from a figure to the next preposition, verb of the closed kind, or mark of punctuation."""
    boundaries = lists().sets["boundaries"]
    out: list[str] = []
    while len(out) < MOST_WORDS and (match := WORD.match(text, at, end)):
        word = match["word"].rstrip(".'’")
        if word.lower() in boundaries:
            break
        out.append(word)
        at = match.end()
        if match["word"].endswith("."):
            break
    return out


def of_people(words: list[str]) -> bool:
    """Whether a noun phrase is of people: "confirmed enemy losses" is, "equipment losses" is not."""
    sets = lists().sets
    for i, word in enumerate(words):
        low = word.lower()
        if low in sets["thing_modifiers"]:
            return False
        if low in sets["people"]:
            rest = words[i + 1 :]
            headed = low in sets["attributive"] and any(plural(w) and not of_people([w]) for w in rest)
            return not headed
    return False


def plural(word: str) -> bool:
    """Whether an English word looks like a plural noun."""
    return len(word) > 3 and word[-1] == "s" and not word.endswith(("ss", "us", "is", "'s", "’s"))


def is_year(text: str, start: int, stop: int, end: int) -> bool:
    """Whether four digits at text[start:stop] are a year and not a count.

    "The 2022 elections" and "in 2022 soldiers ..." hold a year; "to 2000 soldiers" a count.
    """
    before = re.search(r"([^\W\d_]+)[\s\u00a0-]*$", text[max(0, start - 20) : start])
    word = before[1].lower() if before else ""
    if word in lists().sets["year_before"]:
        return True
    words = noun_phrase(text, stop, end)
    if not word or word in lists().sets["year_before_weak"]:
        return not (words and (plural(words[0]) or of_people(words)))
    return not any(plural(w) or of_people([w]) for w in words)


def people_around(text: str, start: int, at: int, end: int) -> bool:
    """Whether a figure without a noun is of people, by its sentence before it or the words next to it."""
    before = re.split(r"[.!?;\n](?=\s|$)", text[max(0, start - 80) : start])[-1]
    known = lists()
    return bool(known.people_before.search(before) or known.people_after.match(text, at, end))

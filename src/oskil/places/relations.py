"""Distances and directions that a text itself states between two named places.

"Kupiansk, a town 76 kilometers northeast of Balakliya": the subject is Kupiansk, the object Balakliya.
The words are read backwards from the object: the measure and the direction stand before it, and the
subject before these, or after the object in "north of Lyman near Stavky and Drobysheve".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oskil.places.cues import WIND, wind
from oskil.records import Toponym

KM_PER_MILE = 1.609344  # international mile, exact
_NUMBERS = {
    word: float(value)
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ],
        1,
    )
} | {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "a dozen": 12.0}
_COMPARATOR = (
    r"about|around|some|roughly|approximately|nearly|almost|just|only|over|under|within|barely|up\s+to|more\s+than|"
    r"less\s+than|fewer\s+than|at\s+least|as\s+far\s+as|as\s+close\s+as|not\s+more\s+than|no\s+more\s+than"
)
_VALUE = r"\d[\d,]*(?:\.\d+)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_UNIT = r"kilomet(?:er|re)s?|kms?|miles?|mi"
_MEASURE = re.compile(
    rf"(?:(?P<comparator>{_COMPARATOR})\s+)?"
    rf"(?:(?<![\w.])(?P<value>{_VALUE})[\s\u00a0-]*(?P<unit>{_UNIT})\.?\b\s*(?:\([^()]*\)\s*)?)?"
    rf"(?:(?:to\s+the\s+|due\s+)?(?P<wind>{WIND})(?:ern\s+\w+)?\s+)?"
    r"(?P<word>of|from|outside|away\s+from)\s+(?:the\s+)?(?:\w+\s+)?(?:(?:city|town|village|settlement|capital)\s+of\s+)?$",
    re.I,
)
_APPOSITION = re.compile(
    r"^\s*(?:[,(–—-]|\s-\s)\s*"
    r"(?:(?!(?:including|such|with|where|while|as|but|and|in|on|at|from|to)\b)[a-z'’-]+\s*,?\s*){0,12}$"
)
_PREDICATE = re.compile(
    r"^\s+(?:(?:which|that)\s+)?(?:is|was|lies|lay|sits|stands|are|lie|located|situated)\s+(?:[a-z'’-]+\s+){0,6}$"
)
_NEXT = re.compile(r"^(?:\s+itself)?\s+(?:(?:and\s+)?(?:near|towards?|in|around)\s+)+(?:the\s+)?$")
_LIST = re.compile(r"^\s*(?:,|,?\s+and|,?\s+or)\s+(?:(?:near|towards?|in|around)\s+)?(?:both\s+)?$")
_LIST_OF_ALL = re.compile(
    rf"^\s*(?:,|,?\s+and|,?\s+or)\s+(?:(?:near|towards?|in|around|(?:{WIND})\s+of)\s+)?$", re.I
)
_KIND = r"(?:the\s+)?(?:(?:cities|towns|villages|settlements|city|town|village|settlement)\s+of\s+)?"
_BETWEEN = re.compile(
    rf"(?:\b(?P<both>(?:half-?\s?way\s+|midway\s+)?between|(?:road|route|highway|way|line)s?\s+(?:\w+\s+)?from)\s+)"
    rf"{_KIND}$",
    re.I,
)
_AND = re.compile(rf"^\s+and\s+{_KIND}$", re.I)
_TO = re.compile(rf"^\s+to\s+{_KIND}$", re.I)
_ON_THE_WAY = re.compile(r"(?:\bon|\balong|\bby|\boff)\s+(?:the\s+)?(?:\w+\s+)?$", re.I)
_LOOK_BACK = 90
_SENTENCE_BREAK = re.compile(r"[.!?;]\s|\n")


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """What a text states between two of its names.

    `subject` and `object` are numbers in the sequence of toponyms; `subject` is None where something unnamed
    lies there. `km` is None where only a direction is stated, and `direction`, one of the eight winds, None
    where only a distance is. `start` and `end` are the offsets of the words that state it; `comparator` keeps
    the words before the number. `other` is the second name of "between X and Y", whose `object` is the first.
    """

    start: int
    end: int
    subject: int | None
    object: int
    km: float | None
    direction: str | None
    comparator: str
    other: int | None = None


def stated_relations(text: str, toponyms: Sequence[Toponym]) -> tuple[StatedRelation, ...]:
    """All that a text states between the toponyms given, which are in order. Miles are converted."""
    found: list[StatedRelation] = []
    for at, toponym in enumerate(toponyms):
        if toponym.relation in ("demonym", "metonym", "embedded"):
            continue
        if (match := _measure(text, toponym, toponyms[:at])) is not None:
            found += _with_subjects(text, toponyms, at, match)
    return tuple(found)


def _measure(text: str, toponym: Toponym, before: Sequence[Toponym]) -> re.Match[str] | None:
    floor = max([toponym.start - _LOOK_BACK, 0, *(t.end for t in before[-1:])])
    match = _MEASURE.search(text, floor, toponym.start)
    if match is None or not (match["value"] or match["wind"]):
        return None
    return match


def _with_subjects(
    text: str, toponyms: Sequence[Toponym], at: int, match: re.Match[str]
) -> Iterator[StatedRelation]:
    km = _km(match["value"], match["unit"])
    direction = wind(match["wind"]) if match["wind"] else None
    comparator = " ".join((match["comparator"] or "").lower().split())
    subjects: list[int | None] = [*_before(text, toponyms, at, match.start())] or [
        *_after(text, toponyms, at)
    ]
    for subject in subjects or [None]:
        yield StatedRelation(match.start(), toponyms[at].end, subject, at, km, direction, comparator)


def _km(value: str | None, unit: str | None) -> float | None:
    if not value or not unit:
        return None
    number = _NUMBERS.get(" ".join(value.lower().split()))
    if number is None:
        number = float(value.replace(",", ""))
    return number * KM_PER_MILE if unit.lower().startswith("mi") else number


def _before(text: str, toponyms: Sequence[Toponym], at: int, start: int) -> Iterator[int]:
    """The subjects in front: the nearest name beside the measure; two for "both", a list for "all"."""
    subject = at - 1
    while subject >= 0 and _wide(toponyms[subject]):
        subject -= 1
    if subject < 0:
        return
    between = text[toponyms[subject].end : start]
    if (
        toponyms[subject].relation.endswith(" of")
        and "(" not in between
        and not re.search(r"\d", text[start : toponyms[at].start])
    ):
        # "south of Lyman, west of Yampil" is a list of two spots, and Lyman does not lie west of Yampil.
        return
    if _SENTENCE_BREAK.search(between) or not (_APPOSITION.match(between) or _PREDICATE.match(between)):
        return
    yield subject
    many = re.search(r"\b(both|all|each)\b", between)
    limit = 2 if many and many.group(1) == "both" else 20
    taken = 1
    while (
        many
        and taken < limit
        and subject
        and _LIST.match(text[toponyms[subject - 1].end : toponyms[subject].start])
    ):
        subject -= 1
        taken += 1
        yield subject


def _wide(toponym: Toponym) -> bool:
    """Whether a name is no spot that could lie so far from another: a demonym, a country, a region."""
    return toponym.relation == "demonym" or (toponym.place is not None and toponym.place.kind != "settlement")


def _after(text: str, toponyms: Sequence[Toponym], at: int) -> Iterator[int]:
    """The subjects behind: "north of Lyman near Stavky, Yarova and toward Drobysheve"."""
    for subject in range(at + 1, len(toponyms)):
        between = text[toponyms[subject - 1].end : toponyms[subject].start]
        pattern = _NEXT if subject == at + 1 else _LIST
        if not pattern.match(between):
            return
        yield subject


def between_relations(text: str, toponyms: Sequence[Toponym]) -> tuple[StatedRelation, ...]:
    """The names that a text puts between two others: "Vodiane, a village between Avdiivka and Pisky", "Hulin,
    on the road from Lublin to Zamosc".
    """
    found = []
    for at in range(1, len(toponyms) - 1):
        first, second = toponyms[at], toponyms[at + 1]
        floor = max(first.start - _LOOK_BACK, toponyms[at - 1].end)
        match = _BETWEEN.search(text, floor, first.start)
        if match is None or _wide(first) or _wide(second):
            continue
        road = match["both"].lower().endswith("from")
        if not (_TO if road else _AND).match(text[first.end : second.start]):
            continue
        start = match.start()
        if road:
            if (way := _ON_THE_WAY.search(text, floor, start)) is None:
                continue
            start = way.start()
        for subject in _before(text, toponyms, at, start):
            found.append(StatedRelation(start, second.end, subject, at, None, None, "", at + 1))
    return tuple(found)

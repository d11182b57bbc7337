"""What the rules look at in a claim, worked out once: certain days, plain words, voice, figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from oskil.records import Claim, Quantity
from oskil.weighing.thresholds import Thresholds

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim with its place in the order given, and what the rules compare.

    `first` and `last` are days that the claim covers for certain; both None where none is known.
    `words` are the stems of its plain words: no names, no numbers, no words without matter.
    """

    order: int
    claim: Claim
    first: dt.date | None
    last: dt.date | None
    words: frozenset[str]
    voice: frozenset[str]


def facts_of(claims: Iterable[Claim], known: Thresholds, published: Mapping[str, dt.date]) -> list[Fact]:
    """One fact for each claim that asserts something; those that repeat one word by word have none."""
    found: dict[object, Fact] = {}
    for order, claim in enumerate(claims):
        if claim.certainty in known.certainties:
            first, last = certain_days(claim, published.get(claim.document))
            voice = frozenset((claim.speaker or "").casefold().split())
            fact = Fact(order, claim, first, last, frozenset(stems(claim.quote, known)), voice)
            found.setdefault(_statement(claim), fact)
    return list(found.values())


def _statement(claim: Claim) -> object:
    voice = claim.speaker or claim.document
    figures = tuple((q.comparator, q.value, q.unit) for q in claim.quantities)
    words = claim.quote.casefold()
    return words, voice, claim.kind, claim.polarity, claim.holder, claim.places, claim.time, figures


def certain_days(claim: Claim, published_on: dt.date | None = None) -> tuple[dt.date | None, dt.date | None]:
    """The days a claim covers for certain.

    Where the text leaves an end open, only the other end is certain; a state without an end is taken
    to last until the day of publication, and a claim without a time to hold on that day.
    """
    first, last = (claim.time.first, claim.time.last) if claim.time else (None, None)
    if first is None and last is None:
        return published_on, published_on
    if last is None and first is not None:
        last = max(first, published_on or first)
    if first and last and last < first:
        # A reader may have got the ends the wrong way round; the days between them are the same.
        first, last = last, first
    return first or last, last


def stems(text: str, known: Thresholds) -> Iterator[str]:
    """The plain words of a text, in order, cut to their stems. The first word counts whatever its case."""
    for match in WORD.finditer(text):
        word = match.group()
        low = word.casefold()
        if len(low) >= known.shortest and low not in known.empty and (match.start() == 0 or word == low):
            yield low[: known.stem]


def proper(text: str, known: Thresholds) -> Iterator[str]:
    """The names in a text, cut to their stems: words in capitals but for the first, which may be any word."""
    for match in WORD.finditer(text):
        word = match.group()
        if match.start() > 0 and word != word.casefold():
            yield word.casefold()[: known.stem]


def alike(one: Fact, other: Fact, known: Thresholds) -> bool:
    """Whether enough of the plain words of the shorter quotation stand in the other one too."""
    shorter = min(len(one.words), len(other.words))
    return shorter > 0 and len(one.words & other.words) >= known.shared * shorter


def same_voice(one: Fact, other: Fact) -> bool:
    """Whether one speaker made both claims; "Ganchev" and "Vitaly Ganchev" are one where the side is too.

    The outlet's own voice is known to be the same only within a document.
    """
    if not one.voice and not other.voice:
        return one.claim.document == other.claim.document
    if not one.voice or not other.voice or one.claim.side != other.claim.side:
        return False
    return one.voice <= other.voice or other.voice <= one.voice


def the_figure(claim: Claim, unit: str) -> Quantity | None:
    """The claim's figure in this unit, where it has just one; of several, none can be told to be meant."""
    figures = [quantity for quantity in claim.quantities if quantity.unit == unit]
    return figures[0] if len(figures) == 1 else None


def counted(claim: Claim, figure: Quantity, known: Thresholds) -> frozenset[str]:
    """The stems of the two plain words after a figure: what it counts ("12 armored vehicles")."""
    before = 0
    for span in claim.spans:
        if span.start <= figure.start < span.end:
            after = stems(" " + claim.quote[before + figure.start - span.start :], known)
            return frozenset(stem for stem, _ in zip(after, range(2), strict=False))
        before += span.end - span.start + 1
    return frozenset()


def opposed_in_time(facts: Sequence[Fact], sides: Mapping[int, object]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts on different sides that share a certain day, or that lack days in one document.

    `sides` gives the side of each fact by its order. Facts are swept by their first day, so that
    those of different times never meet.
    """
    untimed: dict[str, list[Fact]] = {}
    running: dict[object, list[Fact]] = {}
    for fact in sorted(facts, key=lambda f: (f.first or dt.date.min, f.order)):
        if fact.first is None:
            same = untimed.setdefault(fact.claim.document, [])
            yield from ((other, fact) for other in same if sides[other.order] != sides[fact.order])
            same.append(fact)
            continue
        for side, others in running.items():
            others[:] = [other for other in others if other.last and other.last >= fact.first]
            if side != sides[fact.order]:
                yield from ((other, fact) for other in others)
        running.setdefault(sides[fact.order], []).append(fact)


def when(one: Fact, other: Fact) -> str:
    """The certain days that two facts share, as the end of a sentence; empty where either has none."""
    if not (one.first and one.last and other.first and other.last):
        return ""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return f", on {first}" if first == last else f", from {first} to {last}"

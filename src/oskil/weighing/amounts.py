"""Numbers of one thing that differ by more than their wording and a tolerance allow."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from oskil.records import Claim, Quantity
from oskil.weighing.facts import Fact, alike, counted, the_figure, when
from oskil.weighing.thresholds import Amount, Thresholds

Range = tuple[float, float]
Figures = tuple[Quantity, Quantity]


@dataclass(frozen=True, slots=True)
class Differing:
    """Claims of one kind with one figure each in one unit, of the same places and of one party's."""

    amount: Amount
    known: Thresholds

    @property
    def timed(self) -> bool:
        """Whether only facts that share a day are to be compared."""
        return self.amount.timed

    def matters(self, fact: Fact) -> Iterator[Hashable]:
        """The places that it is the number of, where the claim has one figure in the unit."""
        claim = fact.claim
        if claim.kind != self.amount.kind or claim.polarity == "denied" or not self._figure(claim):
            return
        if len(set(claim.places)) >= self.amount.places:
            yield frozenset(claim.places), frozenset(claim.areas)

    def side(self, fact: Fact) -> Hashable:
        """The number with the words before it."""
        figure = self._figure(fact.claim)
        return figure and (figure.comparator, figure.value)

    def reason(self, one: Fact, other: Fact) -> str | None:
        """Numbers whose ranges do not meet, over the same days; or the lesser one over the longer time."""
        first, second = self._figure(one.claim), self._figure(other.claim)
        if not first or not second or not self._same_matter(one, other, (first, second)):
            return None
        ranges = self._range(first), self._range(second)
        told = f"one says {_spoken(first)}, the other {_spoken(second)}"
        if not self.amount.timed:
            return told if _apart(*ranges) and not _ended_before(one, other) else None
        if self._same_days(one, other):
            return f"{told}{when(one, other)}" if _apart(*ranges) else None
        if self.amount.grows and _longer_has_less(one, other, ranges):
            return f"{told}, and the lesser number is for the longer time"
        return None

    def _figure(self, claim: Claim) -> Quantity | None:
        return the_figure(claim, self.amount.unit)

    def _same_matter(self, one: Fact, other: Fact, figures: Figures) -> bool:
        low, high = sorted(abs(figure.value) for figure in figures)
        if (low and high > self.known.most_ratio * low) or not self._one_partys(one, other):
            return False
        if self.amount.same == "words":
            return alike(one, other, self.known)
        if self.amount.same == "noun":
            nouns = (counted(f.claim, q, self.known) for f, q in zip((one, other), figures, strict=True))
            return bool(frozenset.intersection(*nouns))
        return True

    def _one_partys(self, one: Fact, other: Fact) -> bool:
        named = {one.claim.holder, other.claim.holder}
        if None not in named or self.amount.whose == "nobody":
            return len(named - {None}) < 2
        if len(named) > 1 and self.amount.whose == "side":
            return False
        if self.amount.whose == "side":
            return one.claim.side is not None and one.claim.side == other.claim.side
        return alike(one, other, self.known)

    def _range(self, figure: Quantity) -> Range:
        return allowed(figure, self.amount.share, self.known)

    def _same_days(self, one: Fact, other: Fact) -> bool:
        if not (one.first and one.last and other.first and other.last):
            return True
        ends = (one.first - other.first).days, (one.last - other.last).days
        return all(abs(days) <= self.known.days_apart for days in ends)


def allowed(figure: Quantity, share: float, known: Thresholds) -> Range:
    """The lowest and the highest value that a figure stands for, by the words before it and a tolerance."""
    words = " ".join(figure.comparator.casefold().split())
    low, high = known.hedges.get(words, (1.0, 1.0))
    top = float("inf") if high is None else figure.value * high * (1 + share)
    return figure.value * low * (1 - share), top


def _apart(one: Range, other: Range) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _ended_before(one: Fact, other: Fact) -> bool:
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.last < other.first or other.last < one.first


def _longer_has_less(one: Fact, other: Fact, ranges: tuple[Range, Range]) -> bool:
    first, second = ranges
    return (_covers(one, other) and first[1] < second[0]) or (_covers(other, one) and second[1] < first[0])


def _covers(one: Fact, other: Fact) -> bool:
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.first <= other.first and other.last <= one.last


def _spoken(figure: Quantity) -> str:
    return " ".join(part for part in (figure.comparator, f"{figure.value:,.10g}", figure.unit) if part)

"""Forecasts and stated intentions: kept open until control of the place settles them, or their time runs out.

Only those that say which party will hold which settlement can be settled so. The others are listed with the
reason why not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from oskil.records import Claim, Document, ForecastOutcome
from oskil.weighing.control.layout import FloatArray
from oskil.weighing.control.model import Inferred
from oskil.weighing.control.told import claim_of

FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Wordings:
    """`forecasts.yaml`, which explains each."""

    words: tuple[tuple[float, re.Pattern[str]], ...]
    horizon: int
    sure: float


@cache
def wordings() -> Wordings:
    """Those that ship with the package."""
    import yaml  # here, so that start-up does not pay for it

    given = yaml.safe_load(files("oskil.weighing").joinpath("forecasts.yaml").read_text("utf-8"))
    words = tuple((chance, _pattern(stems)) for chance, stems in given["words"])
    return Wordings(words, int(given["horizon"]), float(given["sure"]))


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    starts = (rf"\b{re.escape(s)}" if s[0].isalpha() else re.escape(s) for s in stems)
    return re.compile("|".join(starts), re.IGNORECASE)


def probability_of(claim: Claim, known: Wordings | None = None) -> float | None:
    """What the words of a forecast are worth, or None where they tell no probability."""
    for chance, pattern in (known or wordings()).words:
        if pattern.search(claim.quote):
            return 1 - chance if claim.polarity == "denied" else chance
    return None


def resolve(
    forecasts: Sequence[tuple[Claim, Document]], inferred: Inferred | None, today: dt.date
) -> tuple[ForecastOutcome, ...]:
    """What became of each forecast by a day, in the order given. Claims of other kinds are passed over."""
    known = wordings()
    return tuple(_resolved(c, d, inferred, today, known) for c, d in forecasts if c.kind == FORECAST)


def _resolved(
    claim: Claim, document: Document, inferred: Inferred | None, today: dt.date, known: Wordings
) -> ForecastOutcome:
    chance = probability_of(claim, known)
    made = document.published_on
    reason = _unfit(claim, made)
    if reason or made is None:
        return ForecastOutcome(claim=claim.id, outcome="cannot be told", because=reason, probability=chance)
    due = (claim.time.last if claim.time else None) or made + dt.timedelta(days=known.horizon)
    due = max(due, made)
    course = _course(inferred, claim.at[0], claim.holder or "")
    seen = _seen(course, inferred, claim, made, min(due, today), known.sure) if course is not None else None
    if seen == "held":
        because = f"{claim.holder} held the place already when it was said"
        return ForecastOutcome(claim=claim.id, outcome="cannot be told", because=because, probability=chance)
    if isinstance(seen, dt.date) and inferred is not None:
        return _settled(
            claim, True, seen, chance, inferred, f"{claim.holder} is believed to hold the place from {seen}"
        )
    if today <= due:
        return ForecastOutcome(
            claim=claim.id, outcome="open", because=f"it has until {due}", probability=chance
        )
    if (
        course is not None
        and inferred is not None
        and _failed(inferred, course, claim.at[0], made, due, known)
    ):
        because = f"by {due}, {claim.holder} was not believed to hold the place"
        return _settled(claim, False, due, chance, inferred, because)
    because = f"its time ended on {due}, and no report tells whether it came about"
    return ForecastOutcome(
        claim=claim.id, outcome="expired", because=because, resolved=due, probability=chance
    )


def _unfit(claim: Claim, made: dt.date | None) -> str:
    if len(claim.at) != 1:
        return (
            "it speaks of no settlement, or of several"
            if not claim.at
            else "it speaks of several settlements"
        )
    if not claim.holder:
        return "it names no party that would hold the place"
    return "" if made else "nobody knows when it was said"


def _course(inferred: Inferred | None, place: int, holder: str) -> FloatArray | None:
    if inferred is None:
        return None
    names = [status.casefold() for status in inferred.beliefs.statuses]
    if holder.casefold() not in names or place not in set(map(int, inferred.beliefs.places)):
        return None
    return np.asarray(inferred.beliefs.of(place)[:, names.index(holder.casefold())])


def _seen(
    course: FloatArray | None,
    inferred: Inferred | None,
    claim: Claim,
    made: dt.date,
    until: dt.date,
    sure: float,
) -> dt.date | str | None:
    """The first day on which it was so; "held" where it was so before."""
    if course is None or inferred is None or until < inferred.beliefs.first:
        return None
    begin, end = inferred.beliefs.day(made), inferred.beliefs.day(until)
    if course[begin] >= sure and made >= inferred.beliefs.first:
        return "held"
    later = np.flatnonzero(course[begin : end + 1] >= sure)
    return inferred.beliefs.first + dt.timedelta(days=int(begin + later[0])) if len(later) else None


def _reports(inferred: Inferred, place: int) -> list[int]:
    beliefs, kept = inferred.beliefs, inferred.kept
    return [int(n) for n in np.flatnonzero(beliefs.places[beliefs.moved[kept.place]] == place)]


def _failed(
    inferred: Inferred, course: FloatArray, place: int, made: dt.date, due: dt.date, known: Wordings
) -> bool:
    """Whether reports after the forecast tell that the party does not hold the place at the end of its
    time.
    """
    first = (made - inferred.beliefs.first).days
    told = any(first < inferred.kept.day[n] for n in _reports(inferred, place))
    return told and bool(course[inferred.beliefs.day(due)] <= 1 - known.sure)


def _settled(
    claim: Claim, true: bool, on: dt.date, chance: float | None, inferred: Inferred, because: str
) -> ForecastOutcome:
    day = inferred.beliefs.day(on)
    near = sorted(_reports(inferred, claim.at[0]), key=lambda n: abs(int(inferred.kept.day[n]) - day))
    evidence = tuple(dict.fromkeys(claim_of(inferred.kept.ids[n]) for n in near[:3]))
    happened = true != (claim.polarity == "denied")
    # The probability is that of the party holding the place, whether the words affirm or deny it.
    score = None if chance is None else (chance - float(true)) ** 2
    return ForecastOutcome(
        claim=claim.id,
        outcome="came true" if happened else "did not",
        because=because,
        resolved=on,
        probability=chance,
        score=score,
        evidence=evidence,
    )


def mean_score(outcomes: Sequence[ForecastOutcome]) -> float | None:
    """The mean Brier score of those that have one."""
    scores = [o.score for o in outcomes if o.score is not None]
    return sum(scores) / len(scores) if scores else None


def by_outcome(outcomes: Sequence[ForecastOutcome]) -> Mapping[str, int]:
    """How many of each."""
    counts: dict[str, int] = {}
    for one in outcomes:
        counts[one.outcome] = counts.get(one.outcome, 0) + 1
    return counts

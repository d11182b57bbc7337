"""Does a loss list hold as many entries of that day as the text says?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from oskil.checking.counts import Counts
from oskil.checking.figures import meant, number, spoken
from oskil.checking.interface import Case
from oskil.checking.making import day, party, verdict
from oskil.checking.parties import named
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, figure_of, sentence_of, written
from oskil.records import Bar, Outcome, Quantity, Span, Verdict, Working


class Losses:
    """The stated losses against the entries that were listed on those days, and on the days beside them."""

    name = "losses"
    description = "Losses said to have been suffered, against a list of confirmed ones."
    method = (
        "The entries of that side that were listed on the claim's days, counted; those of the days "
        "beside, because "
        "lists are brought up to date with some delay. A list of what was seen is a lower bound of what "
        "was lost."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each number of losses that the claim's words say a party suffered."""
        if case.claim.kind != "losses":
            return
        for quantity in case.claim.quantities:
            if quantity.unit in ("item", "people") and (side := _suffers(case, quantity)) is not None:
                yield self._verdict(case, quantity, side)

    def _verdict(self, case: Case, quantity: Quantity, side: str) -> Verdict:
        at = Span(quantity.start, quantity.end)
        stated = f"{party(case, side)} lost {figure_of(case, quantity)} {_unit(quantity)}"
        stated = stated.replace("people people", "people")
        time = case.claim.time
        last = (time.last if time else None) or case.document.published_on
        first = (time.first if time else None) or last
        counts = _list(case, side)
        if reason := _missing(quantity, first, last, counts, case.data.losses):
            return cannot_be_checked(self, case, stated, reason, at)
        assert first is not None and last is not None and counts is not None  # nothing is missing
        return self._counted(case, quantity, stated, side, (first, last), counts)

    def _counted(
        self,
        case: Case,
        quantity: Quantity,
        stated: str,
        side: str,
        days: tuple[dt.date, dt.date],
        counts: Counts,
    ) -> Verdict:
        first, last = days
        own = _owns(case, counts)
        entries = counts.between(side, first, last, case.data.known_on)
        meaning = meant(quantity.value, written(case, quantity), quantity.comparator, self.name)
        outcome, reason = _judge(len(entries), meaning.low, meaning.high, own, counts)
        if not entries:
            near = _neighbours(days)
            total = len(counts.between(side, near[0], near[-1], case.data.known_on))
            reason = (
                f"nothing was entered on {_span(first, last)}, so the list was brought up to date another "
                "day; "
                f"{total} from {day(near[0], near[-1])} to {day(near[-1])} together"
            )
        working = _working(case, counts, side, days, quantity)
        return verdict(
            self,
            case,
            outcome,
            stated=stated,
            found=f"{len(entries)} entries of {_span(first, last)}; {_beside(counts, side, days)}",
            reason=reason,
            tolerance=f"{spoken(meaning.low, meaning.high, 'entries')}: the figure's rounding, and "
            "entries that were "
            "withdrawn or added since.",
            data=(counts.source,),
            numbers=(float(len(entries)), meaning.low, meaning.high, "item"),
            at=Span(quantity.start, quantity.end),
            working=working,
        )


def _unit(quantity: Quantity) -> str:
    return "people" if quantity.unit == "people" else "pieces of equipment"


@cache
def _suffering() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('loss_words')})(?!\w)", re.I)


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"^[\s-]*(?:[\w-]+\s+){{0,2}}?(?:{any_of('loss_things')})(?!\w)", re.I)


def _suffers(case: Case, quantity: Quantity) -> str | None:
    """The party that is said to have lost so many: the last one named before the word for losing."""
    text, sentence = case.document.text, sentence_of(case)
    verbs = list(_suffering().finditer(text, sentence.start, quantity.start))
    if not verbs:
        return None
    if quantity.unit == "item" and not _things().match(text[quantity.end : sentence.end]):
        return None
    told = named(case, Span(sentence.start, verbs[-1].start()))
    return told[-1][1] if told else None


def _list(case: Case, side: str) -> Counts | None:
    lists = [one for one in case.data.losses if side in one.sides]
    return next((one for one in lists if _owns(case, one)), lists[0] if lists else None)


def _owns(case: Case, counts: Counts) -> bool:
    """Whether the claim is the list's own word, so that the two must say the same."""
    speaker, assessor = (case.claim.speaker or "").casefold(), counts.assessor.casefold()
    return bool(speaker) and (speaker in assessor or assessor in speaker)


def _missing(
    quantity: Quantity,
    first: dt.date | None,
    last: dt.date | None,
    counts: Counts | None,
    lists: tuple[Counts, ...],
) -> str:
    if quantity.unit == "people":
        return "the lists at hand count equipment; one of people would allow a check"
    if first is None or last is None:
        return "the text gives no day"
    if counts is None:
        return "the lists at hand do not name this side" if lists else "a list of losses would allow a check"
    if not (counts.covers(first) or counts.covers(last)):
        span = f"{day(counts.days[0])} to {day(counts.days[-1])}" if counts.days else "no day"
        return f"the list of {counts.assessor} covers {span}; one of {_span(first, last)} would allow a check"
    return ""


def _judge(count: int, low: float, high: float | None, own: bool, counts: Counts) -> tuple[Outcome, str]:
    if not count:
        return "cannot be checked", ""
    if count >= low and (high is None or count <= high):
        return "agrees", f"the list of {counts.assessor} has as many"
    if high is not None and count > high:
        return "differs", f"the list of {counts.assessor} has more"
    if own:
        return (
            "differs",
            f"the list of {counts.assessor} has fewer, and it is the list that the figure is said to be of",
        )
    return "cannot be checked", f"the list of {counts.assessor} has fewer, but it holds only what was seen"


def _span(first: dt.date, last: dt.date) -> str:
    return day(last) if first == last else f"{day(first, last)} to {day(last)}"


def _neighbours(days: tuple[dt.date, dt.date]) -> list[dt.date]:
    beside = int(tolerances()["losses.beside_days"])
    before = [days[0] - dt.timedelta(n) for n in range(beside, 0, -1)]
    return [*before, *(days[1] + dt.timedelta(n) for n in range(1, beside + 1))]


def _beside(counts: Counts, side: str, days: tuple[dt.date, dt.date]) -> str:
    told = [f"{len(counts.on(side, one)) or 'none'} of {day(one)}" for one in _neighbours(days)]
    return f"beside it {', '.join(told)}"


def _working(
    case: Case, counts: Counts, side: str, days: tuple[dt.date, dt.date], quantity: Quantity
) -> Working:
    wide = int(tolerances()["losses.shown_days"])
    first, last = days[0] - dt.timedelta(wide), days[1] + dt.timedelta(wide)
    every = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    then = case.document.published_on
    steps, bars = (
        [f"Entries of {party(case, side)} on the list of {counts.assessor}, by the day they were listed:"],
        [],
    )
    for one in every:
        now, known = counts.on(side, one, case.data.known_on), len(counts.on(side, one, then)) if then else 0
        words = f"{len(now)} entries ({counts.kinds(now)})" if now else "no entries"
        known_then = f"; {known} of them known on {day(then)}" if then and known != len(now) else ""
        steps.append(f"{day(one)}: {words}{known_then}.")
        role = "none" if not now else "found" if days[0] <= one <= days[1] else "other"
        bars.append(Bar(str(one), float(len(now)), role))
    near = [days[0] - dt.timedelta(1), days[1] + dt.timedelta(1)]
    total = len(counts.between(side, near[0], near[1], case.data.known_on))
    steps.append(f"From {day(near[0])} to {day(near[1])} together: {number(total)}.")
    steps += list(counts.notes)
    bars.insert(0, Bar("stated", quantity.value, "stated"))
    return Working(steps=tuple(steps), bars=tuple(bars), unit="entries")

"""Is the order in which a text tells events of one day that of the maps?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from oskil.checking.control import runs, state
from oskil.checking.interface import Case
from oskil.checking.making import day, party, spot, verdict
from oskil.checking.maps import Series
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, sentence_of
from oskil.records import Bar, Claim, Place, Span, Verdict, Working


class Order:
    """Two holders of one place on one day, one earlier and one later by the text, against the maps."""

    name = "order"
    description = "The order in which a text has a place change hands within a day, against control maps."
    method = (
        "Words such as earlier, later and night order the claims of one text and day; the first maps that "
        "no longer "
        "give the place to the earlier holder, and that give it to the later one, order the record."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each place that the claim gives to a holder after another claim gave it to another."""
        claim, mine = case.claim, _rank(case)
        if claim.holder is None or mine is None or claim.polarity == "denied":
            return
        for place_id in claim.at:
            place = case.gazetteer.get(place_id)
            earlier = _earlier(case, place_id, mine)
            if place is not None and place.kind == "settlement" and earlier is not None:
                yield self._verdict(case, place, earlier)

    def _verdict(self, case: Case, place: Place, earlier: Claim) -> Verdict:
        claim = case.claim
        at = Span(claim.spans[0].start, claim.spans[0].end)
        assert claim.holder and earlier.holder  # both were asked for
        one, other = party(case, earlier.holder), party(case, claim.holder)
        stated = f"{place.name}: first {one}, then {other}"
        last = claim.time.last if claim.time else None
        if not case.data.series or last is None:
            reason = f"control maps of {day(last)} would allow a check" if last else "the text gives no day"
            return cannot_be_checked(self, case, stated, reason, at)
        series = case.data.series[0]
        turned = _turned(series, place, earlier.holder, claim.holder, last)
        if turned is None:
            reason = f"within reach of {day(last)} the maps of {series.assessor} show no such change"
            return cannot_be_checked(self, case, stated, reason, at, (series.maps[-1].source,))
        left, taken = turned
        history = series.history(place)
        bars = tuple(
            Bar(str(s.day), {"holds": 1.0, "contested": 0.5}.get(state(s, claim.holder), 0.0))
            for s in history
        )
        return verdict(
            self,
            case,
            "agrees" if left <= taken else "differs",
            stated=stated,
            found=f"{one} until {day(left)}, {other} from {day(taken)}",
            reason="the maps have the same order; within a day they do not tell hours",
            tolerance=f"The change must fall within {int(tolerances()['change.reach_days'])} days of the "
            "day spoken of.",
            data=(series.sources[left], series.sources[taken]),
            places=(place.id,),
            at=at,
            working=Working(
                steps=tuple(f"{line}." for line in runs(case, history)),
                shapes=(spot(place),),
                bars=bars,
                unit=f"held by {other}",
            ),
        )


@cache
def _ranks() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:(?P<early>{any_of('earlier_words')})|(?P<late>{any_of('later_words')}))(?!\w)", re.I
    )


def _rank(case: Case) -> int | None:
    """-1 where the claim's sentence calls it earlier, 1 where later or by night; None where neither."""
    return _rank_of(case, sentence_of(case))


def _rank_of(case: Case, sentence: Span) -> int | None:
    match = _ranks().search(case.document.text, sentence.start, sentence.end)
    return None if match is None else -1 if match["early"] else 1


def _earlier(case: Case, place: int, mine: int) -> Claim | None:
    """A claim of the same text, day and place for another holder that the text puts before this one."""
    claim = case.claim
    for other in case.data.others.in_document(claim.document):
        theirs = other.claim
        if theirs.holder in (None, claim.holder) or place not in theirs.at or theirs.time != claim.time:
            continue
        there = Case(theirs, case.document, case.toponyms, case.gazetteer, case.data)
        rank = _rank_of(there, _paragraph(there))
        if rank is not None and rank < mine:
            return theirs
    return None


def _paragraph(case: Case) -> Span:
    """The claim's paragraph and the one before it: a quotation goes on from the sentence that led it in."""
    text, start = case.document.text, case.claim.spans[0].start
    begin = start
    for _ in range(2):
        begin = max(text.rfind("\n", 0, begin), 0)
        while begin > 0 and text[begin - 1] == "\n":
            begin -= 1
    return Span(begin, case.claim.spans[-1].end)


def _turned(series: Series, place: Place, old: str, new: str, on: dt.date) -> tuple[dt.date, dt.date] | None:
    """The last day that the maps give to the old holder, and the first to the new one, in reach of a day."""
    reach = dt.timedelta(tolerances()["change.reach_days"])
    near = [s for s in series.history(place) if abs(s.day - on) <= reach]
    held = [s.day for s in near if s.holder == old]
    taken = [s.day for s in near if s.holder == new]
    if not held or not taken:
        return None
    return held[-1], taken[0]

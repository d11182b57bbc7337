"""Is there a claim in the record that cannot be true beside this one, or another figure for the same?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from oskil.checking.figures import meant
from oskil.checking.interface import Case
from oskil.checking.making import day, verdict
from oskil.checking.others import Other
from oskil.checking.tolerances import tolerances
from oskil.records import Bar, Claim, Outcome, Quantity, Span, Verdict, Working


class Contradicting:
    """The other claims of the record that the rules of contradiction set against this one."""

    name = "contradiction"
    description = "Another claim of the record that cannot be true beside this one, or has another figure."
    method = (
        "Claims of the same matter and days are set side by side by the rules of contradictions.yaml: who "
        "holds "
        "a place, what is affirmed and denied, and numbers whose ranges do not meet. Areas gained are "
        "compared "
        "between speakers of one side who spoke within some days of each other, whatever first day they give."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One where there are such claims; that there are none proves nothing, and gives no verdict."""
        against = case.data.others.against(case.claim)
        if against:
            yield self._against(case, against)
        elif (figure := _gain(case.claim)) is not None:
            others = [
                (o, q)
                for o in _same_side(case)
                if (q := _gain(o.claim)) is not None and _apart(case, figure, o, q)
            ]
            if others:
                yield self._figures(case, figure, others)

    def _against(self, case: Case, against: Sequence[tuple[Other, str]]) -> Verdict:
        other, reason = against[0]
        opposed = other.claim.holder != case.claim.holder or other.claim.polarity != case.claim.polarity
        outcome: Outcome = "contradicted" if opposed else "differs"
        theirs = _gain(other.claim) if _gain(case.claim) else None
        return verdict(
            self,
            case,
            outcome,
            stated=f"“{case.claim.quote}”",
            found=f"“{other.claim.quote}”, {_who(other)}{_more(against)}",
            reason=f"{reason}; which of the two holds, this check does not say",
            data=(),
            numbers=(theirs.value, None, None, "km2") if theirs else None,
            at=_at(case),
            working=Working(steps=tuple(f"{_who(one)}: “{one.claim.quote}”: {why}." for one, why in against)),
        )

    def _figures(self, case: Case, figure: Quantity, others: Sequence[tuple[Other, Quantity]]) -> Verdict:
        other, theirs = others[0]
        return verdict(
            self,
            case,
            "differs",
            stated=f"{figure.comparator} {figure.value:,.10g} km², by {case.claim.speaker}".strip(),
            found=f"{theirs.comparator} {theirs.value:,.10g} km², {_who(other)}{_more(others)}".strip(),
            reason=f"two figures for ground gained by one side{_days_apart(case.claim, other.claim)}; the "
            "days that "
            "they count from may not be the same, and which of the two holds this check does not say",
            data=(),
            numbers=(theirs.value, None, None, "km2"),
            at=Span(figure.start, figure.end),
            working=Working(
                steps=tuple(f"{_who(one)}: “{one.claim.quote}”." for one, _ in others),
                bars=(
                    Bar("this claim", figure.value, "stated"),
                    *(Bar(str(one.claim.speaker), q.value, "other") for one, q in others),
                ),
                unit="km²",
            ),
        )


def _at(case: Case) -> Span | None:
    spans = case.claim.spans
    return Span(spans[0].start, spans[0].end) if spans else None


def _more(others: Sequence[object]) -> str:
    return f"; and {len(others) - 1} more" if len(others) > 1 else ""


def _who(other: Other) -> str:
    speaker = other.claim.speaker or "in its own voice"
    on = f", {day(other.published)}" if other.published else ""
    return f"{speaker}, {other.outlet}{on}"


def _gain(claim: Claim) -> Quantity | None:
    """The one figure in square kilometres of a claim of ground gained, by a speaker of a known side."""
    figures = [quantity for quantity in claim.quantities if quantity.unit == "km2"]
    named = claim.speaker is not None and claim.side is not None
    fits = claim.kind == "area" and claim.polarity == "affirmed" and named and len(figures) == 1
    return figures[0] if fits else None


def _same_side(case: Case) -> Iterator[Other]:
    claim = case.claim
    published = case.document.published_on
    for other in case.data.others.gains:
        theirs = other.claim
        same = theirs.speaker == claim.speaker or theirs.side != claim.side
        holders = {claim.holder, theirs.holder} - {None}
        near = _near(published, other.published)
        if not same and len(holders) < 2 and near and theirs.id != claim.id:
            yield other


def _near(one: dt.date | None, other: dt.date | None) -> bool:
    if one is None or other is None:
        return False
    return abs((one - other).days) <= tolerances()["contradiction.days"]


def _apart(case: Case, figure: Quantity, other: Other, theirs: Quantity) -> bool:
    one = meant(figure.value, f"{figure.value:g}", figure.comparator, "area")
    two = meant(theirs.value, f"{theirs.value:g}", theirs.comparator, "area")
    return (one.high is not None and one.high < two.low) or (two.high is not None and two.high < one.low)


def _days_apart(one: Claim, other: Claim) -> str:
    first, last = (one.time.first if one.time else None), (other.time.first if other.time else None)
    return f"; their first days are {day(first)} and {day(last)}" if first and last and first != last else ""

"""Does a stated population fit the gazetteer's?"""

from __future__ import annotations

from collections.abc import Iterator

from oskil.checking.figures import meant, number, spoken
from oskil.checking.interface import Case
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import before, ends_with, figure_of, goes_on, onwards, place_of, written
from oskil.records import Place, Quantity, Span, Verdict


class Population:
    """The stated number of inhabitants against the gazetteer's."""

    name = "population"
    description = "A stated population of a place, against the gazetteer's."
    method = "The gazetteer's population of the place, which it gives without a year."

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each number of people that the claim's words call a population."""
        for quantity in case.claim.quantities:
            if quantity.unit == "people" and _is_population(case, quantity):
                yield self._verdict(case, quantity, place_of(case, quantity))

    def _verdict(self, case: Case, quantity: Quantity, place: Place | None) -> Verdict:
        at = Span(quantity.start, quantity.end)
        figure = f"{figure_of(case, quantity)} people".replace("people people", "people")
        if place is None:
            reason = "the text does not say which place the number is of"
            return cannot_be_checked(self, case, figure, reason, at)
        stated = f"{place.name}: {figure}"
        if place.population <= 0:
            reason = f"the gazetteer has no population for {place.name}; a census table would allow a check"
            return cannot_be_checked(self, case, stated, reason, at)
        allowed = meant(quantity.value, written(case, quantity), quantity.comparator, self.name)
        agrees = place.population in allowed
        return Verdict(
            check=self.name,
            claim=case.claim.id,
            outcome="agrees" if agrees else "differs",
            stated=stated,
            found=f"{number(place.population)} people",
            reason=_reason(place, quantity, agrees),
            method=self.method,
            tolerance=f"{spoken(allowed.low, allowed.high, 'people')}: the figure's rounding and hedge, "
            "and the growth and boundary changes of some years.",
            data=(case.gazetteer.source,),
            value=float(place.population),
            low=allowed.low,
            high=allowed.high,
            unit="people",
            places=(place.id,),
            at=at,
        )


def _is_population(case: Case, quantity: Quantity) -> bool:
    words, head = tolerances().words, before(case, quantity)
    hedges = len(quantity.comparator.split())
    return (
        ends_with(head, words["population_before"], within=4)
        or ends_with(head, words["population_just_before"], within=hedges)
        or goes_on(onwards(case, quantity), words["population_after"])
    )


def _reason(place: Place, quantity: Quantity, agrees: bool) -> str:
    share = (quantity.value - place.population) / place.population
    than = "more" if share >= 0 else "less"
    size = (
        f"the text has {abs(share):.0%} {than} than the gazetteer"
        if abs(share) >= 0.005
        else "the same figure"
    )
    verdict = "within" if agrees else "beyond"
    return f"{size}, {verdict} the tolerance; the gazetteer gives no year, and towns at war empty quickly"

"""Is a city of the size rank that the text gives it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oskil.checking.figures import number
from oskil.checking.interface import Case
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import before, onwards, place_of, says
from oskil.conflict.countries import countries
from oskil.records import Place, Quantity, Span, Verdict

# So many settlements are counted: a text that ranks a place beyond them says little.
_DEPTH = 200
_EVERY = 1_000_000
_POSSESSIVE = re.compile(r"([^\W\d_]+)['’]s\W*$")


class Rank:
    """The stated rank by population among the settlements of the country, or of the first-order region."""

    name = "rank"
    description = "A stated rank of a settlement by population, among those of its country or region."
    method = "One more than the number of settlements with a larger population in the gazetteer."

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each rank among cities, towns or villages that the claim's words state."""
        for quantity in case.claim.quantities:
            if quantity.unit == "rank" and _is_by_population(case, quantity):
                yield self._verdict(case, quantity, place_of(case, quantity))

    def _verdict(self, case: Case, quantity: Quantity, place: Place | None) -> Verdict:
        at = Span(quantity.start, quantity.end)
        figure = f"rank {int(quantity.value)} by population"
        reason = _why_not(case, quantity, place)
        if reason or place is None:
            return cannot_be_checked(self, case, figure, reason, at)
        where, peers = _peers(case, quantity, place)
        found, low, high = _ranks(place, peers)
        agrees = low <= quantity.value <= high
        return Verdict(
            check=self.name,
            claim=case.claim.id,
            outcome="agrees" if agrees else "differs",
            stated=f"{place.name}: {figure}, {where}",
            found=f"rank {found}, with {number(place.population)} people",
            reason=_reason(place, peers, found, int(quantity.value), agrees),
            method=self.method,
            tolerance=f"Rank {low} to {high}: towns within {tolerances()['rank.share']:.0%} of the same "
            "population may change places.",
            data=(case.gazetteer.source,),
            value=float(found),
            low=float(low),
            high=float(high),
            unit="rank",
            places=(place.id,),
            at=at,
        )


def _is_by_population(case: Case, quantity: Quantity) -> bool:
    # "second-largest city", not "second-largest economy" or "second battalion".
    words = tolerances().words
    superlatives, nouns = (
        "|".join(map(re.escape, words[f"rank_{kind}"])) for kind in ("superlatives", "nouns")
    )
    pattern = rf"(?:\w+[\s-]+)?(?:{superlatives})(?:\s+[\w'’-]+){{0,3}}?\s+(?:{nouns})\b"
    return re.match(pattern, onwards(case, quantity), re.IGNORECASE) is not None


def _why_not(case: Case, quantity: Quantity, place: Place | None) -> str:
    if place is None:
        return "the text does not say which place the rank is of"
    if place.kind != "settlement":
        return f"{place.name} is not a settlement; a table of such areas would allow a check"
    if says(before(case, quantity) + onwards(case, quantity), tolerances().words["rank_wider_words"]):
        return "the rank is among the cities of more than one country; a table of those would allow a check"
    if place.population <= 0:
        return f"the gazetteer has no population for {place.name}; a census table would allow a check"
    return ""


def _peers(case: Case, quantity: Quantity, place: Place) -> tuple[str, Sequence[Place]]:
    """The settlements that the rank is among, with words for them."""
    limit = max(_DEPTH, 2 * int(quantity.value))
    if place.region and _is_of_region(case, quantity):
        # The whole country has to be read to find those of one region.
        every = case.gazetteer.by_population(place.country, _EVERY)
        return "in its region", [p for p in every if p.region == place.region][:limit]
    country = countries().get(place.country)
    return f"in {country.name if country else place.country}", case.gazetteer.by_population(
        place.country, limit
    )


def _is_of_region(case: Case, quantity: Quantity) -> bool:
    """Whether it is among a region's: "the region's second-largest city", "largest town in X Oblast"."""
    owner = _POSSESSIVE.search(case.document.text[: quantity.start][-40:])
    scope = owner[1] if owner else onwards(case, quantity)
    return says(scope, tolerances().words["rank_region_words"])


def _ranks(place: Place, peers: Sequence[Place]) -> tuple[int, int, int]:
    """The rank found, and the lowest and highest that the uncertainty of populations allows."""
    share = tolerances()["rank.share"]
    others = [p.population for p in peers if p.id != place.id]

    def rank(population: float) -> int:
        return 1 + sum(other > population for other in others)

    return rank(place.population), rank(place.population * (1 + share)), rank(place.population * (1 - share))


def _reason(place: Place, peers: Sequence[Place], found: int, stated: int, agrees: bool) -> str:
    if found == stated:
        return "the gazetteer's populations give the same rank"
    if agrees:
        return "its neighbours in the list are within the tolerance of the same population"
    holder = peers[stated - 1] if stated <= len(peers) else None
    if holder is None:
        return f"the gazetteer has fewer than {stated} such settlements"
    other = f"{holder.name} with {number(holder.population)} people"
    return f"rank {stated} is {other}; {place.name} is rank {found}"

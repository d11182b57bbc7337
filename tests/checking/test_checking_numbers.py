"""Population, rank and conversions, on towns made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oskil.checking import Case, run
from oskil.checking.conversion import Conversion
from oskil.checking.population import Population
from oskil.checking.rank import Rank
from oskil.records import Quantity, Verdict

Make = Callable[..., Case]
MakeQuantity = Callable[..., Quantity]


def only(case: Case, check: object) -> Verdict:
    verdicts = list(check.verdicts(case))  # type: ignore[attr-defined]
    assert len(verdicts) == 1
    return verdicts[0]


def test_population_within_the_tolerance_agrees(make_case: Make, quantity: MakeQuantity) -> None:
    text = "They entered Delling, a market town with a pre-war population of 21,000."
    quote = "a market town with a pre-war population of 21,000"
    case = make_case(text, quote, places=(4,), quantities=(quantity(text, "21,000", 21_000, "people"),))
    verdict = only(case, Population())
    assert verdict.outcome == "agrees"
    assert verdict.value == 20_000 and "20,000" in verdict.found
    assert "no year" in verdict.reason and "5% more" in verdict.reason
    assert verdict.low is not None and verdict.high is not None and verdict.low < 20_000 < verdict.high
    assert verdict.data == (case.gazetteer.source,)
    assert text[verdict.at.start : verdict.at.end] == "21,000" if verdict.at else False


def test_population_far_off_differs(make_case: Make, quantity: MakeQuantity) -> None:
    text = "Delling is home to 60,000 people."
    case = make_case(text, places=(4,), quantities=(quantity(text, "60,000 people", 60_000, "people"),))
    assert only(case, Population()).outcome == "differs"


def test_more_than_is_open_upwards(make_case: Make, quantity: MakeQuantity) -> None:
    text = "More than 5,000 people lived in Delling."
    stated = quantity(text, "5,000", 5000, "people", comparator="more than")
    assert only(make_case(text, places=(4,), quantities=(stated,)), Population()).outcome == "agrees"


def test_people_who_are_no_population_get_no_verdict(make_case: Make, quantity: MakeQuantity) -> None:
    text = "The population of the city of Delling hid: shelling killed 12 people and drove 3,000 out."
    people = (quantity(text, "12 people", 12, "people"), quantity(text, "3,000", 3000, "people"))
    assert not list(Population().verdicts(make_case(text, places=(4,), quantities=people)))


def test_a_place_without_population_cannot_be_checked(make_case: Make, quantity: MakeQuantity) -> None:
    text = "Elmo has a population of 900."
    case = make_case(text, places=(5,), quantities=(quantity(text, "900", 900, "people"),))
    verdict = only(case, Population())
    assert verdict.outcome == "cannot be checked"
    assert "census" in verdict.reason and verdict.value is None


def test_with_several_places_the_nearest_before_the_number_is_meant(
    make_case: Make, quantity: MakeQuantity
) -> None:
    text = "From Arnsby the road leads to Delling, a town with a population of 20,000, and to Corvin."
    case = make_case(text, places=(1, 3, 4), quantities=(quantity(text, "20,000", 20_000, "people"),))
    assert only(case, Population()).places == (4,)


def test_a_population_of_nobody_knows_what_cannot_be_checked(make_case: Make, quantity: MakeQuantity) -> None:
    text = "It has a population of 900."
    case = make_case(text, quantities=(quantity(text, "900", 900, "people"),))
    assert only(case, Population()).outcome == "cannot be checked"


def rank_case(make_case: Make, quantity: MakeQuantity, text: str, value: int, place: int, words: str) -> Case:
    return make_case(text, places=(place,), quantities=(quantity(text, words, value, "rank"),))


def test_rank_agrees(make_case: Make, quantity: MakeQuantity) -> None:
    case = rank_case(
        make_case, quantity, "Belfort, the country's second-largest city", 2, 2, "second-largest"
    )
    verdict = only(case, Rank())
    assert (verdict.outcome, verdict.value) == ("agrees", 2.0)
    assert "same rank" in verdict.reason


def test_rank_within_a_tenth_of_a_neighbour_agrees(make_case: Make, quantity: MakeQuantity) -> None:
    verdict = only(rank_case(make_case, quantity, "Corvin, the second largest city", 2, 3, "second"), Rank())
    assert (verdict.outcome, verdict.value, verdict.low, verdict.high) == ("agrees", 3.0, 2.0, 3.0)


def test_rank_that_differs_names_the_holder(make_case: Make, quantity: MakeQuantity) -> None:
    verdict = only(rank_case(make_case, quantity, "Delling is the third-biggest town", 3, 4, "third"), Rank())
    assert verdict.outcome == "differs"
    assert "Corvin" in verdict.reason and "rank 4" in verdict.reason


@pytest.mark.parametrize(
    "text", ["Corvin is the region's largest city", "Corvin is the largest city in its region"]
)
def test_rank_in_a_region(make_case: Make, quantity: MakeQuantity, text: str) -> None:
    verdict = only(rank_case(make_case, quantity, text, 1, 3, "largest"), Rank())
    assert verdict.outcome == "agrees" and "region" in verdict.stated


def test_a_possessive_country_wins_over_a_region_named_later(make_case: Make, quantity: MakeQuantity) -> None:
    text = "Corvin, the country's largest city in any region"
    assert only(rank_case(make_case, quantity, text, 1, 3, "largest"), Rank()).outcome == "differs"


def test_a_rank_among_the_world_cannot_be_checked(make_case: Make, quantity: MakeQuantity) -> None:
    verdict = only(
        rank_case(make_case, quantity, "Arnsby, the world's tenth-largest city", 10, 1, "tenth"), Rank()
    )
    assert verdict.outcome == "cannot be checked"


@pytest.mark.parametrize(
    "text", ["Arnsby has the second largest economy", "the second battalion in Arnsby city"]
)
def test_other_ranks_get_no_verdict(make_case: Make, quantity: MakeQuantity, text: str) -> None:
    assert not list(Rank().verdicts(rank_case(make_case, quantity, text, 2, 1, "second")))


def converted(quantity: MakeQuantity, value: float, unit: str, to: float, other: str) -> tuple[str, Quantity]:
    text = f"They took {value} {unit} ({to} {other})."
    return text, quantity(text, f"{value} {unit}", value, unit, converted=(to, other))


# The second column was worked out by hand from 1 mile = 1.609344 km.
@pytest.mark.parametrize(
    ("value", "unit", "to", "other", "outcome"),
    [
        (300.0, "km2", 115.0, "mile ** 2", "agrees"),  # 115.83, cut off
        (300.0, "km2", 150.0, "mile ** 2", "differs"),
        (50.0, "km", 31.0, "mile", "agrees"),  # 31.07
        (50.0, "km", 80.0, "mile", "differs"),  # the wrong way round
        (20.0, "mile", 30.0, "km", "agrees"),  # 32.19, rounded to tens
        (76.0, "km", 47.0, "mile", "agrees"),  # 47.22
        (76.0, "km", 49.0, "mile", "differs"),
    ],
)
def test_conversions(
    make_case: Make, quantity: MakeQuantity, value: float, unit: str, to: float, other: str, outcome: str
) -> None:
    text, stated = converted(quantity, value, unit, to, other)
    verdict = only(make_case(text, quantities=(stated,)), Conversion())
    assert verdict.outcome == outcome
    assert verdict.data[0].name.startswith("pint") and len(verdict.data[0].sha256) == 64


@pytest.mark.parametrize(
    ("unit", "other", "why"),
    [("EUR", "USD", "exchange rate"), ("km", "mile ** 2", "same thing"), ("km", "versts", "not known")],
)
def test_conversions_that_cannot_be_checked(
    make_case: Make, quantity: MakeQuantity, unit: str, other: str, why: str
) -> None:
    text, stated = converted(quantity, 38.0, unit, 45.0, other)
    verdict = only(make_case(text, quantities=(stated,)), Conversion())
    assert verdict.outcome == "cannot be checked" and why in verdict.reason


def test_nested_claims_share_one_verdict_and_the_shortest_has_it(
    make_case: Make, quantity: MakeQuantity
) -> None:
    text = "Troops near Belfort, the country's second-largest city, were said to retreat."
    stated = (quantity(text, "second", 2, "rank"),)
    outer = make_case(text, id="outer", places=(2,), quantities=stated)
    inner = make_case(text, "the country's second-largest city", id="inner", places=(2,), quantities=stated)
    for cases in ([outer, inner], [inner, outer]):
        assert [v.claim for v in run(cases, [Rank()])] == ["inner"]

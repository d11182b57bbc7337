"""Distance and direction between two places, against numbers worked out another way."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.checking import Case, run
from oskil.checking.direction import Direction
from oskil.checking.distance import Distance, _fit
from oskil.checking.figures import meant
from oskil.records import Place, Verdict

Make = Callable[..., Case]


def haversine(a: Place, b: Place) -> float:
    """Kilometres on a sphere: within half a percent of the ellipsoid here."""
    p, q, half = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon) / 2
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def verdict(case: Case, check: Distance | Direction) -> Verdict:
    verdicts = list(check.verdicts(case))
    assert len(verdicts) == 1, verdicts
    return verdicts[0]


# Delling lies 13.3 km northeast of Arnsby, Elmo 111.2 km south of it.
@pytest.mark.parametrize(
    ("text", "outcome", "word"),
    [
        ("Delling, a town 13 kilometers northeast of Arnsby", "agrees", "tolerance"),
        ("Elmo, about 120 kilometers from Arnsby", "agrees", "tolerance"),
        ("Elmo, a town 115 kilometers south of Delling", "agrees", "tolerance"),  # 122 km, from edge to edge
        ("Elmo, a town 70 kilometers south of Arnsby", "differs", "no road is shorter"),
        ("Elmo, a town 300 kilometers south of Arnsby", "differs", "more than a usual road"),
        ("Elmo, a town 150 kilometers south of Arnsby", "agrees", "fits a road, not a line"),
        ("Elmo, more than 100 kilometers from Arnsby", "agrees", "tolerance"),
        ("Elmo, less than 50 kilometers from Arnsby", "differs", "no road is shorter"),
    ],
)
def test_distances(make_case: Make, text: str, outcome: str, word: str) -> None:
    got = verdict(make_case(text, places=(1, 5)), Distance())
    assert (got.outcome, word in got.reason) == (outcome, True), got


def test_the_number_found_is_right_by_another_formula(make_case: Make) -> None:
    case = make_case("Elmo, a town 115 kilometers south of Delling", places=(4, 5))
    got = verdict(case, Distance())
    ends = [case.gazetteer.get(i) for i in got.places]
    assert ends[0] and ends[1] and got.value == pytest.approx(haversine(ends[0], ends[1]), rel=0.006)
    assert got.unit == "km" and got.data == (case.gazetteer.source,)


def test_miles_are_compared_in_kilometres(make_case: Make) -> None:
    got = verdict(make_case("Elmo, about 69 miles south of Arnsby", places=(1, 5)), Distance())
    assert got.outcome == "agrees" and got.value == pytest.approx(111.2, abs=0.2)


@pytest.mark.parametrize(
    ("wind", "outcome"),
    [("south", "agrees"), ("southwest", "differs"), ("east", "differs"), ("north", "contradicted")],
)
def test_directions(make_case: Make, wind: str, outcome: str) -> None:
    got = verdict(make_case(f"Elmo, a town 112 kilometers {wind} of Arnsby", places=(1, 5)), Direction())
    assert got.outcome == outcome
    assert got.value == pytest.approx(180, abs=0.1) and "south" in got.found


def test_the_bearing_is_from_the_second_place_to_the_first(make_case: Make) -> None:
    got = verdict(make_case("Corvin, a town 91 kilometers northeast of Arnsby", places=(1, 3)), Direction())
    # Half a degree north and one degree east, which is cos 49.25 of one degree of latitude.
    assert got.outcome == "agrees"
    assert got.value == pytest.approx(math.degrees(math.atan(math.cos(math.radians(49.25)) / 0.5)), abs=0.5)


def test_places_side_by_side_have_no_direction(make_case: Make) -> None:
    got = verdict(make_case("Gorsk, a village 1 kilometer east of Arnsby", places=(1, 7)), Direction())
    assert got.outcome == "cannot be checked" and "too near" in got.reason


def test_an_end_that_could_not_be_placed_gives_the_reason(make_case: Make) -> None:
    case = make_case(
        "Delling, a town 20 kilometers north of Nowhereville", unplaced=["Nowhereville"], places=(4,)
    )
    for check in (Distance(), Direction()):
        got = verdict(case, check)
        assert got.outcome == "cannot be checked"
        assert (
            "Nowhereville" in got.reason and "no such name" in got.reason and "gazetteer would" in got.reason
        )


def test_a_region_has_no_point(make_case: Make) -> None:
    got = verdict(make_case("Delling, a town 20 kilometers south of Farland", places=(4,)), Distance())
    assert got.outcome == "cannot be checked" and "borders" in got.reason


def test_the_subject_may_stand_before_the_quote(make_case: Make) -> None:
    text = "The aim could be Elmo, a town 112 kilometers south of Arnsby that has a station."
    got = verdict(make_case(text, "a town 112 kilometers south of Arnsby", places=(5, 1)), Distance())
    assert got.outcome == "agrees" and got.places == (5, 1)


def test_two_places_of_one_relation_have_a_verdict_each(make_case: Make) -> None:
    case = make_case("Fighting went on south of Belfort near Arnsby and Elmo.", places=(1, 2, 5))
    got = run([case, case])
    assert sorted(v.places for v in got) == [(1, 2), (5, 2)]


def test_something_without_a_name_has_no_distance_and_no_direction(make_case: Make) -> None:
    case = make_case("They hit a depot 30 kilometers north of Arnsby and fled from Elmo.", places=(1, 5))
    got = verdict(case, Distance())
    assert got.outcome == "cannot be checked" and "no name" in got.reason
    assert not list(Direction().verdicts(case))


def test_words_outside_the_claim_are_not_its_business(make_case: Make) -> None:
    text = "Elmo, a town 112 kilometers south of Arnsby, was shelled."
    assert not list(Distance().verdicts(make_case(text, "was shelled", places=(5,))))


def test_nested_claims_share_a_verdict(make_case: Make) -> None:
    text = "They may go for Elmo, a town 112 kilometers south of Arnsby, next."
    outer = make_case(text, id="outer", places=(5,))
    inner = make_case(text, "a town 112 kilometers south of Arnsby", id="inner", places=(5, 1))
    got = run([outer, inner])
    assert sorted((v.check, v.claim) for v in got) == [("direction", "inner"), ("distance", "inner")]


@given(st.integers(1, 400))
def test_agreement_is_exactly_the_range_that_is_shown(km: int) -> None:
    a, b = Place(1, "A", "settlement", 49, 37, "XA"), Place(2, "B", "settlement", 50, 37, "XA")
    fit = _fit(111.2, float(km), meant(float(km), "", "", "distance"), (a, b))
    assert fit.high is not None
    assert (fit.outcome == "agrees") == (fit.low <= 111.2 <= fit.high)

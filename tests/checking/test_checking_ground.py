"""Area, depth and pace of gains, on maps of squares whose sizes can be worked out in the head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import shapely
from checking_ground import EAST, PROFILE, REST, STRIP, area, box_km2, day, drawn, maps
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.checking import Case
from oskil.checking.advance import Advance
from oskil.checking.area import Area
from oskil.checking.changes import depth, gained
from oskil.checking.data import Data, prepare
from oskil.checking.maps import km2, series_of
from oskil.checking.others import Others
from oskil.checking.pace import Pace
from oskil.places.geometry import geodesic
from oskil.records import Period, Quantity, Verdict

Make = Callable[..., Case]
MakeQuantity = Callable[..., Quantity]


@pytest.fixture
def data() -> Data:
    return prepare(maps(), profile=PROFILE)


def only(case: Case, check: object) -> Verdict:
    verdicts = list(check.verdicts(case))  # type: ignore[attr-defined]
    assert len(verdicts) == 1
    return verdicts[0]


def gain(
    make_case: Make, quantity: MakeQuantity, data: Data, words: str, value: float, **fields: object
) -> Verdict:
    text = f"Ayland regained {words} of ground."
    fields = {"kind": "area", "holder": "A", "time": Period(day(5), day(7)), **fields}
    stated = quantity(text, words, value, "km2", **({"comparator": "about"} if "about" in words else {}))
    return only(make_case(text, data=data, quantities=(stated,), **fields), Area())


def test_the_area_gained_is_that_of_the_strip(make_case: Make, quantity: MakeQuantity, data: Data) -> None:
    strip = box_km2(STRIP)
    verdict = gain(make_case, quantity, data, "16,000 square kilometers", 16_000)
    assert verdict.value == pytest.approx(strip, rel=0.0005)
    # To the 6th the strip is contested: all of it, or nothing; to the 7th all of it either way.
    assert verdict.working is not None
    assert [bar.value for bar in verdict.working.bars[1:]] == [
        pytest.approx(v, rel=0.0005, abs=1) for v in (strip, 0.0, strip, strip)
    ]
    assert verdict.outcome == "agrees" and len(verdict.data) == 4


def test_a_greater_area_than_any_choice_differs(make_case: Make, quantity: MakeQuantity, data: Data) -> None:
    verdict = gain(make_case, quantity, data, "40,000 square kilometers", 40_000)
    assert verdict.outcome == "differs" and verdict.reason.startswith("the maps show less")


def test_a_smaller_area_is_within_what_contested_ground_leaves_open(
    make_case: Make, quantity: MakeQuantity, data: Data
) -> None:
    assert gain(make_case, quantity, data, "700 square kilometers", 700).outcome == "agrees"
    certain = prepare([maps()[2], maps()[4]], profile=PROFILE)
    assert gain(make_case, quantity, certain, "700 square kilometers", 700).outcome == "differs"


def test_the_other_side_gained_nothing(make_case: Make, quantity: MakeQuantity, data: Data) -> None:
    verdict = gain(make_case, quantity, data, "700 square kilometers", 700, holder="B")
    assert (verdict.outcome, verdict.value) == ("differs", 0.0)


@pytest.mark.parametrize(
    ("fields", "helps"),
    [
        ({"time": Period(day(20), day(25))}, "maps of 20 June 2030 and 25 June 2030"),
        ({"holder": "C"}, "do not say what C holds"),
        ({"holder": None, "side": None}, "whose advance"),
    ],
)
def test_what_would_help_is_said(
    make_case: Make, quantity: MakeQuantity, data: Data, fields: dict[str, object], helps: str
) -> None:
    text = "Somebody regained 700 square kilometers."
    stated = quantity(text, "700 square kilometers", 700, "km2")
    given = {"kind": "area", "holder": "A", "time": Period(day(5), day(7)), **fields}
    verdict = only(make_case(text, data=data, quantities=(stated,), **given), Area())
    assert verdict.outcome == "cannot be checked" and helps in verdict.reason


def test_a_map_is_not_checked_against_itself(make_case: Make, quantity: MakeQuantity, data: Data) -> None:
    text = "occupied: held by A, 16,000 km2 at longitude 36.00 to 38.00."
    stated = quantity(text, "16,000", 16_000, "km2")
    case = make_case(
        text, data=data, quantities=(stated,), kind="control", holder="A", time=Period(None, day(7))
    )
    assert list(Area().verdicts(case))
    drawn = replace(case.document, key="control map of Desk, 2030-06-07")
    assert not list(Area().verdicts(replace(case, document=drawn)))


def test_a_day_without_a_first_one_takes_the_speakers_own(
    make_case: Make, quantity: MakeQuantity, data: Data
) -> None:
    text = "Since Wednesday Ayland advanced, he said. Ayland regained 16,000 square kilometers."
    stated = quantity(text, "16,000 square kilometers", 16_000, "km2")
    whole = make_case(text, data=data, kind="movement", speaker="He", time=Period(day(5), day(7)))
    claim = replace(
        whole.claim, id="c2", kind="area", holder="A", time=Period(day(7), day(7)), quantities=(stated,)
    )
    others = Others([(whole.claim, whole.document), (claim, whole.document)])
    verdict = only(replace(whole, claim=claim, data=replace(data, others=others)), Area())
    assert "from 5 June" in verdict.found and verdict.working is not None
    assert "the speaker's other words" in verdict.working.steps[0]


def deep(make_case: Make, quantity: MakeQuantity, data: Data, km: float, comparator: str = "") -> Verdict:
    words = f"{km:g} kilometers"
    text = f"Ayland advanced {comparator} {words} into enemy lines."
    stated = quantity(text, words, km, "km", comparator=comparator)
    time = Period(day(5), day(7))
    return only(make_case(text, data=data, kind="movement", quantities=(stated,), time=time), Advance())


def test_the_depth_is_to_the_far_edge_of_the_strip(
    make_case: Make, quantity: MakeQuantity, data: Data
) -> None:
    # From 36.5 E to 37.5 E along about 48.9 N; the line of the 5th has corners, but none so near.
    along, _ = geodesic(49.0, 36.5, 49.0, 37.5)
    verdict = deep(make_case, quantity, data, 73)
    assert verdict.value == pytest.approx(along, rel=0.03)
    assert verdict.outcome == "agrees"
    assert deep(make_case, quantity, data, 120).outcome == "differs"
    assert deep(make_case, quantity, data, 120, "up to").outcome == "agrees"
    assert deep(make_case, quantity, data, 120, "more than").outcome == "differs"


def test_a_distance_between_places_is_no_depth(make_case: Make, quantity: MakeQuantity, data: Data) -> None:
    text = "Ayland advanced to Delling, 13 kilometers from Arnsby."
    stated = quantity(text, "13 kilometers", 13, "km")
    case = make_case(text, data=data, kind="movement", quantities=(stated,), time=Period(day(5), day(7)))
    assert not list(Advance().verdicts(case))


def moving(widths: dict[int, float]) -> list[object]:
    """Maps on which Beeland's western edge lies so many degrees east of 36.5 on each day."""
    return [drawn(n, area("occupied", (36.5 + width, 48.0, 39.0, 50.0))) for n, width in widths.items()]


def paced(make_case: Make, data: Data, text: str, attack: Period, **fields: object) -> Verdict:
    case = make_case(text, data=data, kind="assessment", published=str(attack.last), **fields)
    told = replace(
        case.claim,
        id="c0",
        kind="area",
        holder="A",
        time=attack,
        quantities=(Quantity(value=1, unit="km2", start=0, end=1),),
    )
    others = Others([(told, case.document), (case.claim, case.document)])
    return only(replace(case, data=replace(data, others=others)), Pace())


def test_the_fastest_advance(make_case: Make) -> None:
    data = prepare(moving({1: 0.0, 5: 0.1, 9: 0.2, 13: 0.6}), profile=PROFILE)  # type: ignore[arg-type]
    text = "It is the fastest advance since the spring."
    verdict = paced(make_case, data, text, Period(day(9), day(13)), time=Period(day(1), day(13)))
    assert verdict.outcome == "cannot be checked"  # twelve days are no span to look back over
    wide = paced(
        make_case, data, "The fastest advance in two weeks.", Period(day(9), day(13)), quantities=(_weeks(2),)
    )
    a_tenth, _ = geodesic(49.0, 36.5, 49.0, 36.6)
    assert wide.outcome == "agrees" and wide.value == pytest.approx(4 * a_tenth / 4, rel=0.02)
    assert wide.high == pytest.approx(a_tenth / 4, rel=0.02)
    assert "by depth and by area" in wide.reason


def _weeks(number: int) -> Quantity:
    return Quantity(value=number, unit="week", start=23, end=32)


def test_not_the_fastest_advance(make_case: Make) -> None:
    data = prepare(moving({1: 0.0, 5: 0.5, 9: 0.6, 13: 0.7}), profile=PROFILE)  # type: ignore[arg-type]
    verdict = paced(
        make_case, data, "The fastest advance in two weeks.", Period(day(9), day(13)), quantities=(_weeks(2),)
    )
    assert verdict.outcome == "differs" and "1 June" in verdict.found


def test_a_slower_offensive_of_the_other_side(make_case: Make) -> None:
    data = prepare(moving({1: 0.4, 5: 0.3, 9: 0.3, 13: 0.7}), profile=PROFILE)  # type: ignore[arg-type]
    slow = paced(make_case, data, "Beeland's offensive was slower.", Period(day(9), day(13)))
    assert slow.outcome == "agrees" and "at most Beeland" in slow.found
    quick = prepare(moving({1: 0.9, 5: 0.0, 9: 0.0, 13: 0.1}), profile=PROFILE)  # type: ignore[arg-type]
    assert (
        paced(make_case, quick, "Beeland's offensive was slower.", Period(day(9), day(13))).outcome
        == "differs"
    )


def test_a_superlative_that_reaches_back_before_the_maps(make_case: Make, data: Data) -> None:
    year = Quantity(value=1, unit="year", start=23, end=32)
    verdict = paced(
        make_case, data, "The fastest advance in a long year.", Period(day(5), day(7)), quantities=(year,)
    )
    assert verdict.outcome == "cannot be checked" and "1 June 2030 to 9 June 2030" in verdict.reason


# ---- what is wrong with maps


def test_a_ring_that_crosses_itself_is_mended_with_a_note() -> None:
    bow = shapely.Polygon([(36, 48), (38, 50), (38, 48), (36, 50)])
    (series,) = series_of([drawn(3, area("occupied", bow))])
    assert "“occupied” was mended: Self-intersection" in series.maps[0].notes[0]
    assert km2(series.maps[0].held["B"]) == pytest.approx(box_km2((36, 48, 38, 50)) / 2, rel=0.01)


def test_an_empty_map_is_left_out_with_a_note() -> None:
    data = prepare([drawn(3, area("occupied", EAST)), drawn(4)])
    assert data.series[0].days == (day(3),)
    assert data.notes == ("the map of 2030-06-04 is empty and was left out",)
    assert prepare([drawn(4)]).series == ()


def test_an_area_without_ground_is_no_ground() -> None:
    (series,) = series_of([drawn(3, area("occupied", shapely.Polygon()), area("contested", EAST, None))])
    assert series.maps[0].held["B"].is_empty and not series.maps[0].contested.is_empty


def test_maps_of_two_assessors_are_not_mixed(make_case: Make, quantity: MakeQuantity) -> None:
    other = [drawn(n, area("occupied", REST), assessor="Others") for n in (5, 7)]
    data = prepare([*maps(), *other], profile=PROFILE)
    assert [(s.assessor, len(s.days)) for s in data.series] == [("Squares", 6), ("Others", 2)]
    verdict = gain(make_case, quantity, data, "16,000 square kilometers", 16_000)
    assert "Others, 5 June 2030 to 7 June 2030: 0.0 km²" in " ".join(
        verdict.working.steps if verdict.working else ()
    )


def test_two_maps_of_one_day_count_once() -> None:
    (series,) = series_of([drawn(3, area("occupied", EAST)), drawn(3, area("occupied", REST))])
    assert len(series.maps) == 1 and km2(series.maps[0].held["B"]) == pytest.approx(box_km2(REST), rel=0.0005)


@given(st.floats(0.05, 2.0), st.floats(0.05, 1.9))
@settings(max_examples=25, deadline=None)
def test_what_one_side_gains_the_other_loses(first: float, last: float) -> None:
    (series,) = series_of(moving({1: first, 3: last}))  # type: ignore[arg-type]
    one, other = (gained(series, party, series.maps[0], series.maps[1]) for party in ("A", "B"))
    change = box_km2((36.5 + min(first, last), 48.0, 36.5 + max(first, last), 50.0))
    assert sum((*one.areas, *other.areas)) == pytest.approx(2 * change, rel=0.01, abs=0.1)
    assert min(km2(one.wide), km2(other.wide)) == pytest.approx(0.0, abs=0.1)
    found = depth(series, one if last > first else other)
    assert (found is None) == (change < 1.0) or change == pytest.approx(1.0, rel=0.05)

"""Control, duration, forecasts, order and encirclement, on maps of squares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
import shapely
from checking_ground import PROFILE, REST, area, day, drawn, maps

from oskil.checking import Case, run
from oskil.checking.control import Control
from oskil.checking.data import Data, prepare
from oskil.checking.duration import Duration
from oskil.checking.encirclement import Encirclement
from oskil.checking.forecast import Forecast
from oskil.checking.order import Order
from oskil.checking.others import Others
from oskil.records import Period, Quantity, Verdict

Make = Callable[..., Case]
MakeQuantity = Callable[..., Quantity]


@pytest.fixture
def data() -> Data:
    return prepare(maps(), profile=PROFILE)


def on(first: int, last: int | None = None) -> Period:
    return Period(day(first), day(last or first))


def only(case: Case, check: object) -> Verdict:
    verdicts = list(check.verdicts(case))  # type: ignore[attr-defined]
    assert len(verdicts) == 1
    return verdicts[0]


def held(make_case: Make, data: Data, holder: str, number: int, **fields: object) -> Verdict:
    fields = {"kind": "control", "places": (1,), "holder": holder, "time": on(number), **fields}
    return only(make_case("They hold Arnsby.", data=data, **fields), Control())


@pytest.mark.parametrize(
    ("holder", "number", "outcome"),
    [("B", 3, "agrees"), ("A", 3, "differs"), ("A", 7, "agrees"), ("B", 7, "differs"), ("B", 6, "agrees")],
)
def test_who_holds_a_place(make_case: Make, data: Data, holder: str, number: int, outcome: str) -> None:
    assert held(make_case, data, holder, number).outcome == outcome


def test_a_denial_turns_the_verdict(make_case: Make, data: Data) -> None:
    assert held(make_case, data, "B", 3, polarity="denied").outcome == "differs"
    assert held(make_case, data, "A", 3, polarity="denied").outcome == "agrees"


def test_what_no_area_covers_is_held_by_whom_the_map_leaves_it_to(make_case: Make) -> None:
    far = prepare([drawn(3, area("occupied", (38.0, 50.0, 39.0, 51.0)))], profile=PROFILE)
    verdict = held(make_case, far, "A", 3)
    assert (verdict.outcome, "held by Ayland" in verdict.found) == ("agrees", True)


def test_a_map_that_leaves_the_rest_to_nobody_says_nothing_of_it(make_case: Make) -> None:
    silent = replace(drawn(3, area("occupied", (38.0, 50.0, 39.0, 51.0))), elsewhere=None, within=None)
    verdict = held(make_case, prepare([silent], profile=PROFILE), "A", 3)
    assert verdict.outcome == "cannot be checked" and "a map that covers it" in verdict.reason


def test_contested_alone_leaves_it_open(make_case: Make) -> None:
    contested = prepare([drawn(6, area("contested", (36.0, 48.0, 38.0, 50.0), None))], profile=PROFILE)
    assert held(make_case, contested, "B", 6).outcome == "cannot be checked"


def test_days_without_a_map_are_said(make_case: Make, data: Data) -> None:
    verdict = held(make_case, data, "A", 25)
    assert verdict.outcome == "cannot be checked"
    assert "1 June 2030 to 9 June 2030" in verdict.reason and "25 June 2030" in verdict.reason


def test_without_maps_a_map_is_what_would_help(make_case: Make) -> None:
    assert "control map of 3 June 2030" in held(make_case, prepare(profile=PROFILE), "A", 3).reason


def test_as_known_on_leaves_later_maps_out(make_case: Make) -> None:
    then = prepare(maps(), profile=PROFILE, known_on=day(5))
    assert then.series[0].days[-1] == day(5) and "3 maps of days after" in then.notes[0]
    assert held(make_case, then, "A", 7).outcome == "differs"


def test_the_working_tells_the_whole_history_with_its_data(make_case: Make, data: Data) -> None:
    verdict = held(make_case, data, "A", 7)
    assert verdict.working is not None
    assert "1 June 2030 to 5 June 2030: held by Beeland (3 maps)." in verdict.working.steps
    assert [bar.value for bar in verdict.working.bars] == [0.0, 0.0, 0.0, 0.5, 1.0, 1.0]
    assert {source.version for source in verdict.data} == {str(day(6)), str(day(7))}


def occupied(
    make_case: Make, quantity: MakeQuantity, data: Data, words: str, value: float, unit: str
) -> Verdict:
    text = f"Arnsby was freed after {words} of Beelandic occupation."
    stated = quantity(text, words, value, unit)
    return only(make_case(text, data=data, places=(1,), quantities=(stated,), time=on(7)), Duration())


def test_a_duration_within_both_bounds(make_case: Make, quantity: MakeQuantity) -> None:
    data = prepare([drawn(1, area("liberated", REST, "A")), *maps()[1:]], profile=PROFILE)
    verdict = occupied(make_case, quantity, data, "3 days", 3, "day")
    # Held on the maps of the 3rd and the 5th: at least two days, and five between the maps beside.
    assert (verdict.outcome, verdict.value) == ("agrees", 2.0)
    assert occupied(make_case, quantity, data, "9 days", 9, "day").outcome == "differs"


def test_a_duration_longer_than_the_record_has_a_lower_bound(
    make_case: Make, quantity: MakeQuantity, data: Data
) -> None:
    verdict = occupied(make_case, quantity, data, "five months", 5, "month")
    # The war began on 1 January, 156 days before the map of the 6th.
    assert (verdict.outcome, verdict.value) == ("agrees", 4.0)
    assert "lower bound" in verdict.reason and "1 January 2030" in verdict.reason
    assert occupied(make_case, quantity, data, "nine months", 9, "month").outcome == "differs"


def test_a_duration_without_a_day_of_the_wars_beginning_is_open(
    make_case: Make, quantity: MakeQuantity
) -> None:
    data = prepare(maps(), profile=replace(PROFILE, began=None))
    verdict = occupied(make_case, quantity, data, "five months", 5, "month")
    assert verdict.outcome == "cannot be checked" and "earlier days" in verdict.reason


def foretold(make_case: Make, data: Data, text: str, published: int, **fields: object) -> Verdict:
    fields = {"kind": "forecast", "places": (1,), **fields}
    return only(make_case(text, data=data, published=str(day(published)), **fields), Forecast())


def test_a_forecast_that_came_about(make_case: Make, data: Data) -> None:
    verdict = foretold(make_case, data, "Ayland will soon seize Arnsby.", 5)
    assert (verdict.outcome, verdict.value) == ("agrees", 2.0)
    assert "7 June 2030, 2 days later" in verdict.found and "contested" in verdict.reason


def test_a_forecast_that_the_maps_do_not_reach(make_case: Make, data: Data) -> None:
    assert foretold(make_case, data, "Beeland will soon retake Arnsby.", 8).outcome == "cannot be checked"
    assert "control maps after" in foretold(make_case, data, "Ayland will take Arnsby.", 20).reason


def test_a_forecast_past_its_day(make_case: Make, data: Data) -> None:
    late = foretold(make_case, data, "Ayland will take Arnsby.", 3, time=on(4, 5))
    assert (late.outcome, late.reason) == ("differs", "it came about after 5 June 2030")


def test_what_could_be_an_objective_foretells_no_holder(make_case: Make, data: Data) -> None:
    case = make_case(
        "The objective could be Arnsby.", data=data, kind="forecast", places=(1,), published="2030-06-05"
    )
    assert not list(Forecast().verdicts(case))


def test_the_order_of_a_day(make_case: Make, data: Data) -> None:
    text = "Beeland said earlier on Friday that it held Arnsby.\n\nOn Friday night Ayland held Arnsby."
    first = make_case(text, "it held Arnsby", id="c1", kind="control", places=(1,), holder="B", time=on(7))
    claim = replace(
        make_case(
            text, "Ayland held Arnsby", id="c2", kind="control", places=(1,), holder="A", time=on(7)
        ).claim,
        document=first.claim.document,
    )
    whole = replace(data, others=Others([(first.claim, first.document), (claim, first.document)]))
    verdict = only(replace(first, claim=claim, data=whole), Order())
    assert verdict.outcome == "agrees" and "Beeland until 5 June" in verdict.found
    assert not list(Order().verdicts(replace(first, data=whole)))


def way(make_case: Make, data: Data, text: str, place: int, number: int, **fields: object) -> Verdict:
    fields = {"kind": "fighting", "places": (place,), "time": on(number), **fields}
    return only(make_case(text, data=data, **fields), Encirclement())


def test_no_way_out_of_an_island(make_case: Make) -> None:
    island = shapely.box(36.8, 48.8, 37.2, 49.2)
    pocket = prepare([drawn(3, area("occupied", shapely.union(shapely.box(*REST), island)))], profile=PROFILE)
    assert way(make_case, pocket, "Arnsby is encircled.", 1, 3).outcome == "agrees"
    denied = way(make_case, pocket, "They failed to encircle Arnsby.", 1, 3, polarity="denied")
    assert denied.outcome == "differs" and denied.value == 0.0


@pytest.mark.parametrize(
    ("half_width", "low", "high"), [(0.01, 2.0, 2.3), (0.05, 10.0, 11.2), (0.004, 0.0, 1.0)]
)
def test_the_way_out_is_as_wide_as_its_neck(
    make_case: Make, half_width: float, low: float, high: float
) -> None:
    # A neck of so many degrees north and south of 49 N, 111.2 km to the degree.
    neck = shapely.box(37.1, 49.0 - half_width, 37.6, 49.0 + half_width)
    ground = shapely.union_all([shapely.box(36.8, 48.8, 37.2, 49.2), neck, shapely.box(*REST)])
    data = prepare([drawn(3, area("occupied", ground))], profile=PROFILE)
    verdict = way(make_case, data, "Arnsby is cut off.", 1, 3)
    assert verdict.value == low and 2 * half_width * 111.2 <= high
    assert verdict.outcome == ("differs" if low else "agrees")


def test_an_aim_is_no_encirclement(make_case: Make, data: Data) -> None:
    verdict = way(make_case, data, "They attacked, aiming to cut off Arnsby.", 1, 3)
    assert verdict.outcome == "cannot be checked" and "an aim" in verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        "They have partly encircled Arnsby.",
        "Arnsby is almost surrounded.",
        "Arnsby is semi-encircled.",
        "Arnsby is surrounded on three sides.",
    ],
)
def test_a_part_of_a_ring_may_leave_a_way_out(make_case: Make, data: Data, text: str) -> None:
    verdict = way(make_case, data, text, 1, 3)
    assert verdict.outcome == "cannot be checked" and "a part of a ring" in verdict.reason


def test_a_place_that_the_side_has_lost_cannot_be_encircled(make_case: Make, data: Data) -> None:
    text = "Ayland encircled Arnsby."
    verdict = way(make_case, data, text, 1, 9)
    assert verdict.outcome == "cannot be checked"


def test_every_check_is_silent_on_a_claim_without_anything(make_case: Make, data: Data) -> None:
    assert not run([make_case("It rained.", data=data, published=dt.date(2030, 6, 5).isoformat())])

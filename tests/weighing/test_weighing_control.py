"""Beliefs about who holds what: what moves them, by how much, and what must not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from control_streams import (
    COMMAND,
    EAST,
    FIRST,
    OBSERVER,
    PLACES,
    STAFF,
    WEST,
    WHERE,
    WIRE,
    believed,
    chance,
    report,
    war,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oskil.errors import InputError
from oskil.weighing.control.areas import inferred as measured
from oskil.weighing.control.beliefs import write_csv
from oskil.weighing.control.echoes import own_testimony
from oskil.weighing.control.live import Today
from oskil.weighing.control.model import Inferred
from oskil.weighing.control.reports import Reporter
from oskil.weighing.control.rows import Report, columns
from oskil.weighing.control.setting import setting
from oskil.weighing.control.track import tally, track_records
from oskil.weighing.control.why import why

FRONT = 3  # western, next to the east
REPORT = st.builds(
    report,
    st.integers(-3, 33),
    st.sampled_from([STAFF, COMMAND, OBSERVER, WIRE]),
    st.sampled_from([*PLACES, 999]),
    st.sampled_from(["holds", "took", "left", "strike", "contested", "weather"]),
    st.sampled_from([EAST, WEST, None, "NOBODY"]),
    certainty=st.sampled_from(["asserted", "hedged"]),
    evidence=st.sampled_from([None, "footage"]),
)


@cache
def a_war() -> tuple[Inferred, dict[int, int]]:
    """A war long enough to learn from."""
    reports, fallen = war()
    return believed(reports, 120), fallen


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(REPORT, max_size=40, unique_by=lambda r: r.id), st.booleans(), st.integers(0, 2**30))
def test_probabilities_sum_to_one_and_the_order_told_does_not_matter(
    reports: list[Report], known_start: bool, seed: int
) -> None:
    found = believed(reports, known_start=known_start)
    for hindsight in (True, False):
        made = found.beliefs.hindsight if hindsight else found.beliefs.then
        assert np.isfinite(made).all() and (made >= 0).all()
        assert np.allclose(made.sum(axis=2), 1, atol=1e-4)
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    again = believed(shuffled, known_start=known_start)
    assert np.array_equal(found.beliefs.hindsight, again.beliefs.hindsight)
    assert found.kept.left_out == again.kept.left_out


def test_without_reports_everything_stays_as_it_started() -> None:
    found = believed([])
    assert chance(found, FRONT, 29, WEST) > 0.99
    assert len(found.beliefs.moved) == 0
    assert chance(believed([], known_start=False), FRONT, 29, WEST) == pytest.approx(0.49)


def test_no_party_at_all_is_an_error_in_words() -> None:
    with pytest.raises(InputError, match="who the parties are"):
        columns([], PLACES, (), FIRST, 5, setting())


def test_what_cannot_be_used_is_left_out_and_counted() -> None:
    odd = [
        report(40, STAFF, FRONT, "took", EAST),
        report(-1, STAFF, FRONT, "took", EAST),
        report(3, STAFF, 999, "took", EAST),
        report(3, STAFF, FRONT, "weather", EAST),
        report(3, STAFF, FRONT, "holds", None),
    ]
    left = dict(believed(odd).kept.left_out)
    assert sum(left.values()) == 5 and len(left) == 5


def test_a_boast_moves_less_than_an_admission_and_footage_more_than_words() -> None:
    def after(*reports: Report) -> float:
        return chance(believed(reports), FRONT, 10, EAST, hindsight=False)

    boast = after(report(10, STAFF, FRONT, "took", EAST))
    admission = after(report(10, COMMAND, FRONT, "left", EAST))
    both = after(report(10, STAFF, FRONT, "took", EAST), report(10, COMMAND, FRONT, "left", EAST))
    assert 2 * boast < admission < both
    words = after(report(10, OBSERVER, FRONT, "holds", EAST, certainty="hedged"))
    assert words < both


def test_ten_relays_of_one_word_are_one_word() -> None:
    alone = [report(10, STAFF, FRONT, "took", EAST, wording="w")]
    relays = [
        report(10, Reporter(f"Wire {n}", None, "media"), FRONT, "took", EAST, relay_of=STAFF.name, id=f"r{n}")
        for n in range(10)
    ]
    copies = [
        report(11, Reporter(f"Portal {n}", None, "media"), FRONT, "took", EAST, wording="w", id=f"c{n}")
        for n in range(10)
    ]
    later = [replace(r, time=r.time.replace("T12:00", "T13:00")) for r in relays]
    echoed = believed([*alone, *later, *copies])
    assert len(echoed.kept) == 1
    assert chance(echoed, FRONT, 12, EAST) == pytest.approx(
        chance(believed(alone), FRONT, 12, EAST), abs=1e-6
    )
    counted = believed([*alone, *later, *copies], given=replace(setting(), collapse=False))
    assert chance(counted, FRONT, 12, EAST) > chance(echoed, FRONT, 12, EAST)


def test_an_outlet_that_mostly_copies_is_taken_to_copy() -> None:
    told = []
    for n in range(30):
        place, day = PLACES[n % 25], n
        told.append(report(day, COMMAND, place, "holds", WEST, wording=n, id=f"a{n}"))
        words = n if n % 5 else f"other {n}"
        told.append(report(day, WIRE, place, "holds", WEST, wording=words, id=f"b{n}", clock="T20:00"))
    kept, origin = own_testimony(columns(told, PLACES, (EAST, WEST), FIRST, 30, setting()), setting().echoes)
    assert {kept.reporters[s].name for s in kept.source} == {COMMAND.name}
    assert list(origin) == [n // 2 for n in range(60)]


def test_contradictions_at_one_instant_leave_it_open() -> None:
    said = [
        report(10, OBSERVER, 3, "holds", EAST),
        report(10, Reporter("Other", None, "analyst"), 3, "holds", WEST),
    ]
    for holder in (EAST, WEST):
        assert 0.2 < chance(believed(said, known_start=False), 3, 10, holder) < 0.8


def test_hindsight_knows_sooner_than_the_day_did() -> None:
    told = [report(10, STAFF, FRONT, "took", EAST)]
    told += [report(day, OBSERVER, FRONT, "holds", EAST) for day in (14, 16, 18)]
    found = believed(told)
    assert chance(found, FRONT, 11, EAST, hindsight=False) < 0.5 < chance(found, FRONT, 11, EAST)


def test_what_comes_later_does_not_change_what_was_known_then() -> None:
    early = [report(day, OBSERVER, FRONT, "holds", WEST) for day in (2, 5)]
    late = [report(20, OBSERVER, FRONT, "holds", EAST)]
    assert believed(early).beliefs.of(FRONT, False)[:20] == pytest.approx(
        believed([*early, *late]).beliefs.of(FRONT, False)[:20], abs=0.02
    )


def test_it_learns_who_boasts_and_finds_the_falls() -> None:
    found, fallen = a_war()
    for place, day in fallen.items():
        assert chance(found, place, day - 3, WEST) > 0.8
        assert chance(found, place, min(day + 3, 119), EAST) > 0.8
    for place in (1, 6, 11):
        assert chance(found, place, 100, WEST) > 0.95
    by = {r.source: r for r in track_records(found)}
    assert by[STAFF.name].gains.true / by[STAFF.name].gains.cases < 0.5
    assert by[COMMAND.name].losses.low > 0.4
    assert by[COMMAND.name].admits.cases == len(fallen)
    assert by[COMMAND.name].delay == 1.0
    assert by[STAFF.name].gains.cases == sum(
        len(ids) for name, ids in by[STAFF.name].cases if name.startswith("gain")
    )


def test_each_part_can_be_switched_off_and_still_answers() -> None:
    reports, _ = war(days=60)
    for part in ("learn", "coupled", "collapse", "aged", "talked", "sided", "by_source"):
        found = believed(reports, 60, replace(setting(), passes=2, **{part: False}))
        assert np.allclose(found.beliefs.hindsight.sum(axis=2), 1, atol=1e-4), part


def test_why_names_the_admission_first_and_what_one_more_word_would_do() -> None:
    told = [
        report(10, STAFF, FRONT, "took", EAST),
        report(11, COMMAND, FRONT, "left", EAST, id="admission"),
        report(2, COMMAND, 7, "holds", WEST),
    ]
    found = why(believed(told), FRONT, FIRST + dt.timedelta(days=12), hindsight=False)
    assert [r.report for r in found.reasons][0] == "admission"
    assert {r.report for r in found.reasons} == {"admission", "10-East Staff-3-took-EST"}
    assert all(r.weight > 0 for r in found.reasons)
    assert sum(found.probabilities) == pytest.approx(1, abs=1e-4)
    assert any(one.kind == "left" for one in found.further)
    without = believed([told[0], told[2]])
    odds = [np.log(p / (1 - p)) for p in (found.probabilities[0], chance(without, FRONT, 12, EAST, False))]
    assert found.reasons[0].weight == pytest.approx(odds[0] - odds[1], abs=0.35)
    with pytest.raises(KeyError):
        why(believed(told), 999, FIRST)


def test_a_report_more_moves_the_day_as_a_new_inference_would() -> None:
    found, _ = a_war()
    course, taught = found.course, found.taught
    known, around = course.chain.forward(
        course.start, taught.hazards, course.proof(taught.habits), taught.unsaid
    )
    day = 60
    today = Today(course, taught, known[day - 1], around.interest[day])
    rows = np.flatnonzero(found.kept.day == day)
    beliefs = today.beliefs()
    for row in rows:
        beliefs = today.tell(int(found.kept.place[row]), int(course.known.of[row]))
    assert beliefs == pytest.approx(found.beliefs.then[day], abs=1e-4)


def test_the_csv_holds_until_the_next_row() -> None:
    found, fallen = a_war()
    out = io.StringIO()
    write_csv(found.beliefs, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert set(rows[0]) == {"geonameid", "date", "est", "wst", "contested"}
    place, fell = next(iter(fallen.items()))
    mine = {r["date"]: r for r in rows if r["geonameid"] == str(place)}
    for number in (0, fell - 4, fell + 4, 119):
        date = (FIRST + dt.timedelta(days=number)).isoformat()
        said = float(mine[max(d for d in mine if d <= date)]["est"])
        assert said == pytest.approx(chance(found, place, number, EAST), abs=0.002)


def test_areas_add_up_and_doubt_widens_them() -> None:
    sure = np.tile([0.999, 0.0005, 0.0005], (25, 1))
    open_ = np.tile([0.5, 0.49, 0.01], (25, 1))
    day = FIRST
    one, two = (measured(b, WHERE, (EAST, WEST, "contested"), day) for b in (sure, open_))
    whole = sum(h.km2 for h in one.held)
    assert sum(h.km2 for h in two.held) == pytest.approx(whole)
    assert 60 * 85 < whole < 100 * 100  # the grid is some 45 x 45 km, and 20 km around
    assert one.doubtful_km2 == 0 and two.doubtful_km2 == pytest.approx(whole)
    assert one.front_km == 0
    assert two.held[0].high - two.held[0].low > 10 * (one.held[0].high - one.held[0].low)
    halves = np.array([[1.0, 0, 0] if n % 5 >= 3 else [0, 1.0, 0] for n in range(25)])
    assert 60 < (measured(halves, WHERE, (EAST, WEST, "contested"), day).front_km or 0) < 110


@given(st.lists(st.floats(0, 1), max_size=50))
def test_a_tally_lies_in_its_interval(chances: list[float]) -> None:
    made = tally(chances)
    assert 0 <= made.low <= made.high <= 1
    if chances:
        assert made.low - 1e-9 <= made.true / made.cases <= made.high + 1e-9

"""Learning that goes astray is noticed without labels, and undone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from control_streams import EAST, FIRST, OBSERVER, PLACES, STAFF, WEST, believed, chance, report, war

from oskil.weighing.control.chain import Unsaid, evidence
from oskil.weighing.control.drift import Pass, foresight, judged
from oskil.weighing.control.reports import Reporter
from oskil.weighing.control.rows import columns
from oskil.weighing.control.setting import setting

KNOWN = replace(setting(), deaf=2, drift={"foresight": 0.005, "silence": 3.0, "contested": 0.01})


def test_passes_that_converge_are_all_taken() -> None:
    passes = [Pass(-1.0, 0.02), Pass(-0.8, 0.005), Pass(-0.79, 0.004), Pass(-0.792, 0.006)]
    for count in range(1, 5):
        found = judged(passes[:count], KNOWN)
        assert (found.taken, found.refused) == (count - 1, "")
    assert judged(passes, KNOWN).passes == tuple(passes)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (Pass(-0.81, 0.004), "foreseen less"),
        (Pass(-0.78, 0.3), "30 in 100"),
        (Pass(-0.78, 0.016), "2 in 100"),
    ],
)
def test_a_pass_that_drifts_gives_way_to_the_best_deaf_one(last: Pass, words: str) -> None:
    passes = [Pass(-1.0, 0.02), Pass(-0.8, 0.005), Pass(-0.79, 0.004), last]
    found = judged(passes, KNOWN)
    assert found.taken == 1 and words in found.refused


def test_a_little_fighting_more_is_no_drift() -> None:
    assert not judged([Pass(-1, 0.0), Pass(-1, 0.001), Pass(-1, 0.009)], KNOWN).refused


def test_learning_worse_than_the_table_leaves_the_table() -> None:
    found = judged([Pass(-0.8, 0.01), Pass(-0.9, 0.01)], KNOWN)
    assert found.taken == 0 and found.refused


def test_foresight_is_the_chance_of_what_was_said_next() -> None:
    """By hand: two states, believed 3 to 1; a source that says A at rates 4 and 1, B at rates 1 and 4."""
    told = [report(1, STAFF, PLACES[0], "holds", EAST), report(1, STAFF, PLACES[1], "holds", WEST)]
    reports = columns(told, PLACES, (EAST, WEST), FIRST, 2, setting())
    found = believed(told, 2, replace(setting(), learn_from=1))
    known = found.taught.known
    rates = np.array([[0.4, 0.1], [0.1, 0.4]])
    logs = np.log(rates)[known.of]
    proof = evidence(reports.place, reports.day, logs, 2, np.ones(2, bool))
    ahead = [np.zeros((0, 2), np.float32), np.array([[3, 1], [3, 1]], np.float32)]
    a = (0.75 * 0.4 + 0.25 * 0.1) / 0.5
    b = (0.75 * 0.1 + 0.25 * 0.4) / 0.5
    assert foresight(reports, known, rates, ahead, proof) == pytest.approx((np.log(a) + np.log(b)) / 2)
    nothing = columns([], PLACES, (EAST, WEST), FIRST, 2, setting())
    assert foresight(nothing, known, rates, [], proof) == 0.0


def test_learning_is_recorded_and_refused_where_it_drifts() -> None:
    reports, _ = war()
    found = believed(reports, 120)
    lessons = found.taught.lessons
    assert len(lessons.passes) == setting().passes + 1 and lessons.taken == setting().passes
    assert lessons.passes[-1].foresight > lessons.passes[0].foresight
    strict = replace(setting(), drift={"foresight": -1.0, "silence": 3.0, "contested": 0.01})
    refused = believed(reports, 120, strict).taught
    assert refused.lessons.refused and refused.lessons.taken == 0
    still = believed(reports, 120, replace(setting(), learn=False)).taught
    assert np.array_equal(refused.habits.ratios, still.habits.ratios) and not still.lessons.passes


def test_places_that_are_hardly_reported_on_are_not_believed_fought_over_for_it() -> None:
    """Half of the places are never spoken of but once; silence on them tells nothing of a fight."""
    told = [
        report(
            day, Reporter(f"Observer {n}", None, "analyst"), place, "holds", EAST if place % 5 > 3 else WEST
        )
        for day in range(1, 60)
        for place in PLACES[::2]
        for n in range(2)
    ]
    told += [report(1, OBSERVER, place, "holds", WEST) for place in PLACES[1::2]]
    alike = believed(told, 60, replace(setting(), interest=1e6, drift={**setting().drift, "silence": 1e6}))
    own = believed(told, 60)
    for place in PLACES[1::2]:
        assert chance(own, place, 59, "contested", False) < 0.1
        assert chance(alike, place, 59, "contested", False) > 0.9
    day = own.around.interest[-1]
    often, seldom = (day[[PLACES.index(p) for p in some]] for some in (PLACES[::2], PLACES[1::2]))
    assert often.min() > 2 * seldom.max()


def test_silence_weighs_by_interest() -> None:
    unsaid = Unsaid(np.zeros(2), np.array([0.0, 1.0]), np.array([2.0]), np.array([0.5, 0.1]))
    group = np.zeros((3, 1), np.int64)
    made = unsaid.of(group, np.array([0.0, 0.5, 1.0], np.float32))
    assert made == pytest.approx(np.exp([[0, 0], [0, 1], [0, 2]]))
    assert unsaid.due(group[:1], np.array([[0.5, 0.5]], np.float32)) == pytest.approx([0.6])

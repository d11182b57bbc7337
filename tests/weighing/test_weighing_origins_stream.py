"""Tracing a stream of light records: relays, reused wording, habits."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from oskil.weighing.origins import Heard, learn, trace

START = dt.datetime(2022, 9, 1)


def heard(
    number: int,
    hour: float,
    source: str,
    relay_of: str | None = None,
    wording: int | None = None,
    place: int = 1,
    kind: str = "took",
) -> Heard:
    time = START + dt.timedelta(hours=hour)
    return Heard(number, time, source, place, kind, "UA", relay_of, wording)


def origins(items: list[Heard]) -> dict[object, tuple[str, object, str]]:
    return {t.id: (t.origin, t.first, t.reason) for t in trace(items)}


def test_a_relay_leads_to_the_claim_of_the_one_relayed() -> None:
    found = origins([heard(1, 0, "Staff"), heard(2, 1, "Wire", relay_of="Staff")])
    assert found == {1: ("Staff", 1, "own"), 2: ("Staff", 1, "relay")}


def test_chains_are_followed_to_their_end() -> None:
    items = [
        heard(1, 0, "Staff"),
        heard(2, 1, "Wire", relay_of="Staff", wording=7),
        heard(3, 2, "Portal", wording=7),
        heard(4, 3, "Radio", relay_of="Portal"),
    ]
    assert {t.origin for t in trace(items)} == {"Staff"}
    assert [t.parent for t in trace(items)] == [None, 1, 2, 3]
    assert {t.first for t in trace(items)} == {1}


def test_relays_of_a_claim_never_heard_share_one_witness() -> None:
    found = origins([heard(1, 0, "Wire A", relay_of="Staff"), heard(2, 5, "Wire B", relay_of="Staff")])
    assert found == {1: ("Staff", 1, "relay"), 2: ("Staff", 1, "relay")}


def test_an_old_claim_is_not_what_was_relayed() -> None:
    found = origins([heard(1, 0, "Staff"), heard(2, 24 * 40, "Wire", relay_of="Staff")])
    assert found[2] == ("Staff", 2, "relay")


def test_reused_wording_of_another_matter_is_no_copy_of_the_claim() -> None:
    found = origins([heard(1, 0, "Staff", wording=7), heard(2, 1, "Portal", wording=7, place=2)])
    assert found[2] == ("Portal", 2, "own")


def test_two_who_say_the_same_in_their_own_words_are_two() -> None:
    found = origins([heard(1, 0, "Staff", wording=1), heard(2, 1, "Institute", wording=2)])
    assert {origin for origin, _, _ in found.values()} == {"Staff", "Institute"}


def test_one_who_names_himself_relays_nobody() -> None:
    assert origins([heard(1, 0, "Staff", relay_of="Staff")])[1] == ("Staff", 1, "own")


def stream(claims: int, seed: int = 1, shown: float = 0.5) -> tuple[list[Heard], dict[object, str]]:
    """Two sources that report by themselves and a portal that copies the first, an hour or two later."""
    rng = random.Random(seed)
    items: list[Heard] = []
    truth: dict[object, str] = {}
    for n in range(claims):
        source = rng.choice(["Staff", "Institute"])
        hour, place = n * 3.0, rng.randrange(40)
        items.append(heard(10 * n, hour, source, wording=n, place=place))
        if source == "Staff" and rng.random() < 0.8:
            wording = n if rng.random() < shown else None
            items.append(heard(10 * n + 1, hour + rng.uniform(0.5, 2), "Portal", None, wording, place))
            truth[10 * n + 1] = "Staff"
    return items, truth


def test_habits_trace_copies_that_show_nothing() -> None:
    items, truth = stream(400)
    habits = learn(items)
    traced = {t.id: t for t in trace(items, habits)}
    hidden = [item.id for item in items if item.source == "Portal" and item.wording is None]
    right = [traced[n] for n in hidden if traced[n].origin == truth[n]]
    assert len(right) > 0.95 * len(hidden)
    assert all(t.reason == "habit" and 0.5 < t.probability <= 1 and t.parent is not None for t in right)
    assert all(t.reason == "own" for n, t in traced.items() if n not in truth)


def test_without_a_copy_in_sight_nobody_is_called_a_copier() -> None:
    items, _ = stream(200, shown=0.0)
    assert not learn(items).copiers
    assert {t.reason for t in trace(items, learn(items))} == {"own"}


def test_a_source_that_habits_do_not_know_is_left_alone() -> None:
    items, _ = stream(200)
    late = [heard(-1, 5000, "Staff", place=99), heard(-2, 5001, "Stranger", place=99)]
    assert {t.reason for t in trace(late, learn(items))} == {"own"}


def test_an_empty_stream() -> None:
    assert trace([]) == []
    assert not learn([]).copiers
    assert trace([], learn([])) == []


records = st.builds(
    heard,
    st.integers(0, 10**6),
    st.integers(0, 40),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from([None, None, "A", "B", "D"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([1, 2]),
)
streams = st.lists(records, max_size=12, unique_by=lambda item: item.id)


@given(streams, st.randoms())
def test_the_order_of_the_claims_makes_no_difference(items: list[Heard], rng: random.Random) -> None:
    mixed = list(items)
    rng.shuffle(mixed)
    assert {t.id: t for t in trace(items)} == {t.id: t for t in trace(mixed)}
    one, other = learn(items, rounds=2), learn(mixed, rounds=2)
    with_habits = {t.id: t.origin for t in trace(items, one)}
    assert with_habits == {t.id: t.origin for t in trace(mixed, other)}


@given(streams)
def test_a_parent_is_earlier_and_of_the_same_origin(items: list[Heard]) -> None:
    by_id = {item.id: item for item in items}
    traced = {t.id: t for t in trace(items)}
    for one in traced.values():
        assert traced[one.first].origin == one.origin
        if one.parent is not None:
            assert by_id[one.parent].time <= by_id[one.id].time
            assert traced[one.parent].first == one.first

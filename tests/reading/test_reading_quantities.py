"""Stated numbers: values, units, comparators, conversions, and what is none. The sentences are ours."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.reading.quantities import find_quantities

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "article"
Pairs = list[tuple[float, str]]


def pairs(text: str) -> Pairs:
    return [(q.value, q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # measures, in digits and words
        ("The column stood 14 kilometres from Homs", [(14, "km")]),
        ("an 18km trench, 2.5 km wide", [(18, "km"), (2.5, "km")]),
        ("a strip of 45sq km", [(45, "km2")]),
        ("40,000 square kilometers of steppe", [(40000, "km2")]),
        ("some 600 hectares burned", [(6, "km2")]),
        ("a 500kg bomb and 30 tonnes of flour", [(500, "kg"), (30000, "kg")]),
        ("fields 300 metres deep", [(300, "m")]),
        (
            "prices rose 7.5 percent, then 12 per cent, then 3%",
            [(7.5, "percent"), (12, "percent"), (3, "percent")],
        ),
        ("a convoy doing 60 km/h", [(60, "km/h")]),
        # durations
        ("after five months of siege", [(5, "month")]),
        ("a ten-day truce", [(10, "day")]),
        ("for two and a half years", [(2.5, "year")]),
        ("half an hour later, a year and a half on", [(0.5, "hour"), (1.5, "year")]),
        ("over the past decade", [(10, "year")]),
        ("three more days", [(3, "day")]),
        # people and items
        ("killed 21 civilians and two police officers", [(21, "people"), (2, "people")]),
        ("1,900 confirmed enemy losses", [(1900, "people")]),
        ("88 equipment losses", [(88, "item")]),
        ("nine police cars", [(9, "item")]),
        ("4,500 families and 70 apartment blocks", [(4500, "item"), (70, "item")]),
        ("The strike killed 17, medics said", [(17, "people")]),
        ("with a population of 31,000", [(31000, "people")]),
        ("six were wounded", [(6, "people")]),
        ("a 400-strong garrison", [(400, "people")]),
        ("two of the bridges and three of the soldiers", [(2, "item"), (3, "people")]),
        ("1 200 300 people", [(1200300, "people")]),
        ("another 12 were hurt", [(12, "people")]),
        ("five more are on order", [(5, "item")]),
        ("300m people", [(300e6, "people")]),
        ("The militia attacked 11 times", [(11, "item")]),
        ("trucks – 5,310; personnel – about 61,000", [(5310, "item"), (61000, "people")]),
        # number words and scales
        ("a dozen howitzers", [(12, "item")]),
        ("two dozen fighters", [(24, "people")]),
        ("two hundred and fifty-six trucks", [(256, "item")]),
        ("one hundred and twenty thousand refugees", [(120000, "people")]),
        ("half a million residents", [(500000, "people")]),
        ("3.2 million people", [(3.2e6, "people")]),
        ("between 2 and 3 million displaced people", [(2e6, "people"), (3e6, "people")]),
        ("70 000 troops", [(70000, "people")]),
        # shares
        ("two-thirds of the fleet", [(pytest.approx(66.667, abs=0.01), "percent")]),
        (
            "one-fifth of Sudan, a quarter of the army, half of the port",
            [(20, "percent"), (25, "percent"), (50, "percent")],
        ),
        ("one in four shops, two out of five children", [(25, "percent"), (40, "percent")]),
        # ranks
        ("Syria's second-largest city", [(2, "rank")]),
        ("the 5th largest port", [(5, "rank")]),
        ("its third raid in eight days", [(3, "rank"), (8, "day")]),
        ("The first opened in May near Amman", [(1, "rank")]),
        # money
        ("$650m and 1.2 billion euros", [(650e6, "USD"), (1.2e9, "EUR")]),
        ("£3bn, USD 40 million, 300,000 rubles", [(3e9, "GBP"), (40e6, "USD"), (300000, "RUB")]),
        ("A$90m", [(90e6, "AUD")]),
        ("5 million pounds of aid money", [(5e6, "GBP")]),
        # joined figures share a unit
        ("10 to 15 kilometres", [(10, "km"), (15, "km")]),
        ("20-25 km", [(20, "km"), (25, "km")]),
        ("two or three tanks", [(2, "item"), (3, "item")]),
        # miles are kilometres
        ("20 miles south of Port Sudan", [(pytest.approx(32.187, abs=0.001), "km")]),
        # Ukrainian and Russian
        ("за 40 км від міста", [(40, "km")]),
        ("близько 19 тисяч мешканців", [(19000, "people")]),
        ("1,5 млн человек, 30 ранены", [(1.5e6, "people"), (30, "people")]),
        ("12 танков и 250 квадратных километров", [(12, "item"), (250, "km2")]),
        ("п’ять днів", [(5, "day")]),
        ("3,5 тис. осіб", [(3500, "people")]),
    ],
)
def test_values_and_units(text: str, expected: Pairs) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds of thousands fled, and several hundred died",
        "dozens of villages, tens of millions of euros",
        "a few thousand rounds",
        "Amira Haddad, 43, said",
        "a 29-year-old baker, aged 61",
        "a girl of four years of age",
        "on 12 February and May 3, 2021",
        "in 2019, since 2014, the 2011 uprising",
        "at 06:30 and 5 pm, 0400 GMT",
        "FP-5, T-72, Su-35s, S-300, M777, BM-21",
        "the 3rd Division and the 42nd Brigade",
        "Channel 5, Resolution 2254, Article 5",
        "as the ministry said.[45]",
        "they won 3-1",
        "24/7",
        "for the first time, the first confirmed use",
        "World War II, the Second World War",
        "the fourth anniversary, the second half of the year",
        "no one, one another, one of the most violent",
        "one day it will end",
        "a 20-point plan, a two-storey house",
        "155mm shells and 90 millimetres of rain",
        "call 1-800-555-0199",
        "minus 20 degrees",
        "https://example.org/2022/09/08/story-78747 by @user123 #day500",
        "the Big Three met the Group of Seven",
        "1. The army\n2. The navy",
        "three times as many",
        "export to third countries",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        ("60 square kilometres (23 square miles)", (23.0, "mile**2")),
        ("about 1,400km (870 miles) away", (870.0, "mile")),
        ("a 900kg (1,984 pounds) bomb", (1984.0, "pound")),
        ("7 billion euros (about $7.6bn)", (7.6e9, "USD")),
        ("30 miles (48 km) south", (48.0, "kilometer")),
        ("20 hectares (49 acres)", (49.0, "acre")),
    ],
)
def test_a_conversion_in_brackets_belongs_to_the_figure_before_it(
    text: str, converted: tuple[float, str]
) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.converted == converted
    assert text[quantity.start : quantity.end].endswith(")")


@pytest.mark.parametrize("text", ["300 km (12 trucks)", "40 km (3 days)", "5 tanks (2 km away)"])
def test_brackets_that_convert_nothing_hold_a_quantity_of_their_own(text: str) -> None:
    found = find_quantities(text)
    assert len(found) == 2
    assert all(q.converted is None for q in found)


def test_units_of_conversions_are_known_to_pint() -> None:
    import pint

    from oskil.reading.measures import patterns

    registry = pint.UnitRegistry()
    for word, measure in patterns().measures.items():
        if measure.kind != "currency":
            assert registry.Quantity(1.0, measure.pint).magnitude == 1.0, word


def test_factors_are_those_of_pint() -> None:
    import pint

    from oskil.reading.measures import patterns

    registry = pint.UnitRegistry()
    names = {"km2": "km**2", "percent": "percent", "barrel": "oil_barrel", "l": "liter"}
    for word, measure in patterns().measures.items():
        if measure.kind not in ("currency", "duration", "share"):
            unit = names.get(measure.unit, measure.unit)
            factor = registry.Quantity(1.0, measure.pint).to(unit).magnitude
            assert measure.factor == pytest.approx(factor, rel=1e-5), word


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("up to 50 kilometres", ["up to"]),
        ("as far as 12 km", ["as far as"]),
        ("an estimated 70% of them", ["an estimated"]),
        ("at least 90 rockets and nearly 200 drones", ["at least", "nearly"]),
        ("all but two jets", ["all but"]),
        ("between 300 and 800 mercenaries", ["between", "between"]),
        ("more than 40 towns", ["more than"]),
        ("control over 400 square kilometres", [""]),
        ("over 400 square kilometres", ["over"]),
        ("25 or more rockets", ["or more"]),
        ("понад 30 км", ["понад"]),
        ("12 trucks", [""]),
    ],
)
def test_comparators_are_kept(text: str, comparators: list[str]) -> None:
    assert [q.comparator for q in find_quantities(text)] == comparators


def test_offsets_point_at_the_words() -> None:
    text = "Rebels took about 120 square kilometres and 14 villages."
    shown = [text[q.start : q.end] for q in find_quantities(text)]
    assert shown == ["120 square kilometres", "14"]


def test_only_figures_inside_the_range_count_but_words_before_it_may_decide() -> None:
    text = "They wounded 8 in Idlib and 40 trucks burned."
    start = text.index("8")
    found = find_quantities(text, start, text.index(" and"))
    assert [(q.value, q.unit) for q in found] == [(8, "people")]


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            "two twenty hundred thousand million half and a of 5 1,000 2022 % km miles ( ) first "
            "second-largest 3rd $ bn between to - people tanks . , third quarter "
            "decade years old dozen один тисяч км".split()
        ),
        max_size=25,
    ).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(-5, 320), st.integers(-5, 320))
def test_any_text_gives_ordered_spans_inside_the_range(text: str, start: int, end: int) -> None:
    found = find_quantities(text, start, end)
    low = max(0, min(start, len(text)))
    for quantity in found:
        assert low <= quantity.start < quantity.end <= max(low, min(end, len(text)))
        assert quantity.value == quantity.value
        assert quantity.unit
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    "piece", [" ", "1", "a ", "5 ", "1,000,", "twenty-", "$", "(", "and a half ", "-", "x"]
)
def test_long_monotonous_input_takes_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    find_quantities(text)
    assert time.process_time() - began < 5


def gold() -> Iterator[dict[str, Any]]:
    for path in sorted(SHARED.glob("*.gold.json")):
        yield from json.loads(path.read_text("utf8"))["claims"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared articles are not beside the checkout")
def test_share_of_gold_claims_whose_quantities_are_all_found() -> None:
    claims = [c for c in gold() if c["quantities"]]
    hit = 0
    for claim in claims:
        found = pairs(claim["quote"])
        hit += all(
            any(u == q["unit"] and abs(v - q["value"]) <= 0.001 * max(1, abs(q["value"])) for v, u in found)
            for q in claim["quantities"]
        )
    assert hit / len(claims) >= 0.95

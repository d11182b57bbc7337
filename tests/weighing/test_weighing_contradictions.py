"""What cannot both be true is found with its reason, and what can is left alone."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.records import Claim, Contradiction, Period, Quantity, Span
from oskil.weighing.contradictions import find
from oskil.weighing.thresholds import thresholds

NUMBER = itertools.count()
BROD, LESNO, VELIN = 11, 12, 13


def days(text: str | Period | None) -> Period | None:
    """ "2022-09-08", "2022-09-01..2022-09-08", "2022-09-01..", "..2022-09-08" as a period."""
    if text is None or isinstance(text, Period):
        return text
    first, _, last = text.partition("..") if ".." in text else (text, "", text)
    return Period(*(dt.date.fromisoformat(end) if end else None for end in (first, last)))


def claim(quote: str, on: str | Period | None = "2022-09-08", **fields: Any) -> Claim:
    number = next(NUMBER)
    given = {
        "kind": "control",
        "document": f"d{number}",
        "speaker": f"speaker{number}",
        "places": (BROD,),
        **fields,
    }
    return Claim(id=f"c{number}", quote=quote, spans=(Span(0, len(quote)),), time=days(on), **given)


def figure(quote: str, words: str, unit: str, value: float, comparator: str = "") -> Quantity:
    """A figure that the quotation gives in these words."""
    start = quote.index(words)
    return Quantity(value=value, unit=unit, start=start, end=start + len(words), comparator=comparator)


def number_claim(
    quote: str, words: str, unit: str, value: float, comparator: str = "", **fields: Any
) -> Claim:
    return claim(quote, quantities=(figure(quote, words, unit, value, comparator),), **fields)


def reasons(*claims: Claim) -> list[str]:
    return [found.reason for found in find(claims)]


def holds(holder: str | None, on: str | None = "2022-09-08", **fields: Any) -> Claim:
    return claim(f"{holder} holds Brod", on, holder=holder, **fields)


# Who holds a place.


def test_two_holders_of_one_place_on_one_day() -> None:
    one, other = holds("AA"), holds("BB", places=(LESNO, BROD))
    assert find([one, other]) == (
        Contradiction(
            one.id, other.id, "one says that AA holds it, the other that BB holds it, on 2022-09-08"
        ),
    )


def test_days_that_overlap_are_named() -> None:
    (reason,) = reasons(holds("AA", "2022-09-01..2022-09-08"), holds("BB", "2022-09-05..2022-09-10"))
    assert reason.endswith("from 2022-09-05 to 2022-09-08")


@pytest.mark.parametrize(
    "other",
    [
        holds("AA"),
        holds(None),
        holds("BB", "2022-09-09"),
        holds("BB", places=(LESNO,)),
        holds("BB", places=(), areas=(BROD,)),
        holds("BB", kind="forecast"),
        holds("BB", certainty="conditional"),
        holds("BB", polarity="denied"),
        holds("BB", None),
    ],
    ids=lambda c: f"{c.holder} {c.kind} {c.time and c.time.first} {c.places} {c.certainty} {c.polarity}",
)
def test_no_contradiction_of_holders(other: Claim) -> None:
    assert reasons(holds("AA"), other) == []
    assert reasons(other, holds("AA")) == []


def test_a_hedged_claim_contradicts_too() -> None:
    assert len(reasons(holds("AA"), holds("BB", certainty="hedged"))) == 1


def test_one_holder_until_the_day_the_next_one_came_is_a_succession() -> None:
    assert reasons(holds("AA", "2022-03-01..2022-09-08"), holds("BB", "2022-09-08")) == []
    assert reasons(holds("BB", "2022-09-08"), holds("AA", "2022-03-01..2022-09-08")) == []


def test_an_open_end_is_certain_only_of_the_other_end() -> None:
    assert reasons(holds("AA", "2022-03-01.."), holds("BB", "2022-09-08")) == []
    assert reasons(holds("AA", "..2022-09-08"), holds("BB", "2022-09-01")) == []
    assert len(reasons(holds("AA", "..2022-09-08"), holds("BB", "2022-09-08"))) == 1


def test_the_day_of_publication_ends_an_open_state_and_dates_an_undated_one() -> None:
    since, today = holds("AA", "2022-03-01.."), holds("BB", None)
    published = {since.document: dt.date(2022, 9, 9), today.document: dt.date(2022, 9, 8)}
    assert find([since, today]) == ()
    (found,) = find([since, today], published)
    assert found.reason.endswith("on 2022-09-08")


def test_undated_claims_of_one_document_are_of_one_time() -> None:
    assert len(reasons(holds("AA", None, document="d"), holds("BB", None, document="d"))) == 1
    assert reasons(holds("AA", None), holds("BB", None)) == []


def test_a_retreat_contradicts_that_the_place_is_held() -> None:
    retreat = claim("The army of AA has left Brod", kind="movement", holder="BB")
    (reason,) = reasons(holds("AA"), retreat)
    assert reason == "one says that AA holds it, the other that it was left to BB, on 2022-09-08"
    (reason,) = reasons(retreat, holds("AA"))
    assert reason.startswith("one says that it was left to BB, the other that AA holds it")
    assert reasons(holds("BB"), retreat) == []
    assert reasons(retreat, claim("AA moves to Brod", kind="movement", holder="AA")) == []


# One speaker, one text.


def test_one_speaker_in_two_documents_has_revised_it() -> None:
    first = holds("AA", speaker="Vitaly Marek", side="BB")
    then = holds("BB", speaker="marek", side="BB")
    (reason,) = reasons(first, then)
    assert reason.startswith("the same speaker gave another account: one says that AA")


def test_a_namesake_of_another_side_is_another_speaker() -> None:
    first = holds("AA", speaker="Defence Ministry", side="AA")
    (reason,) = reasons(first, holds("BB", speaker="Defence Ministry", side="BB"))
    assert not reason.startswith("the same speaker")


def test_outlets_of_two_documents_are_not_one_speaker() -> None:
    (reason,) = reasons(holds("AA", speaker=None), holds("BB", speaker=None))
    assert not reason.startswith("the same speaker")


@pytest.mark.parametrize("speaker", [None, "Marek"])
def test_one_speaker_in_one_document_tells_a_course_of_events(speaker: str | None) -> None:
    one, other = (holds(holder, document="d", speaker=speaker) for holder in ("AA", "BB"))
    assert reasons(one, other) == []


def test_two_speakers_in_one_document_contradict_each_other() -> None:
    one, other = (holds(h, document="d", speaker=s) for h, s in (("AA", "Marek"), ("BB", None)))
    assert len(reasons(one, other)) == 1


def test_the_same_words_twice_are_told_once() -> None:
    again = [holds("AA", speaker="Marek", document=f"outlet {n}") for n in range(5)]
    (found,) = find([*again, holds("BB")])
    assert found.first == again[0].id


# Affirmed and denied.


def test_a_holder_affirmed_and_denied() -> None:
    (reason,) = reasons(holds("AA"), holds("AA", polarity="denied"))
    assert reason == "one affirms what the other denies, on 2022-09-08"
    (reason,) = reasons(holds("AA", polarity="denied"), holds("AA"))
    assert reason == "one denies what the other affirms, on 2022-09-08"
    assert reasons(holds("AA"), holds("BB", polarity="denied")) == []
    assert reasons(holds("AA"), holds("AA", "2022-09-09", polarity="denied")) == []
    assert reasons(holds("AA", polarity="denied"), holds("AA", polarity="denied")) == []


def test_an_event_affirmed_and_denied_in_much_the_same_words() -> None:
    denied = claim("had failed to encircle Brod", kind="fighting", polarity="denied")
    assert len(reasons(claim("Brod was encircled overnight", kind="fighting"), denied)) == 1
    assert reasons(claim("clashes went on near Brod", kind="fighting"), denied) == []
    assert reasons(claim("Brod was encircled overnight", kind="fighting", places=(LESNO,)), denied) == []
    assert reasons(claim("Brod was encircled overnight", kind="forecast"), denied) == []


def test_names_are_no_words_to_go_by() -> None:
    denied = claim("did not shell Novy Brod", kind="strike", polarity="denied")
    assert reasons(claim("two died in Novy Brod", kind="strike"), denied) == []


def test_words_of_another_script_are_compared_too() -> None:
    denied = claim("не залишали Брод", kind="movement", polarity="denied")
    assert len(reasons(claim("війська залишили Брод", kind="movement"), denied)) == 1


def test_a_movement_denied_of_another_holder() -> None:
    left = claim("troops retreated from Brod", kind="movement", holder="BB")
    denied = claim("troops have not retreated from Brod", kind="movement", polarity="denied")
    assert len(reasons(left, denied)) == 1
    other = claim("troops have not retreated from Brod", kind="movement", polarity="denied", holder="AA")
    assert reasons(left, other) == []


# Numbers.


def gained(value: float, comparator: str = "", on: str = "2022-09-01..2022-09-08", **fields: Any) -> Claim:
    words = f"{value} square kilometres"
    given = {"kind": "area", "holder": "AA", "places": (), **fields}
    return number_claim(f"AA regained {words}", words, "km2", value, comparator, on=on, **given)


def test_areas_that_differ_over_the_same_days() -> None:
    (reason,) = reasons(gained(700), gained(1000, "more than"))
    assert reason == "one says 700 km2, the other more than 1,000 km2, from 2022-09-01 to 2022-09-08"


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ((700, ""), (700, ""), False),
        ((700, ""), (750, ""), False),
        ((700, ""), (900, ""), True),
        ((700, "about"), (900, ""), False),
        ((700, "About"), (1100, ""), True),
        ((700, "more than"), (1100, ""), False),
        ((700, ""), (300, "more than"), False),
        ((700, "up to"), (300, ""), False),
        ((700, "up to"), (900, ""), True),
        ((700, "almost"), (600, ""), False),
        ((700, "almost"), (400, ""), True),
        ((700, "up to"), (900, "at least"), True),
        ((700, "at least"), (900, "up to"), False),
        ((700, ""), (70_000, ""), False),
        ((0, ""), (70, ""), True),
    ],
)
def test_words_before_a_number_count(
    one: tuple[float, str], other: tuple[float, str], contradict: bool
) -> None:
    assert bool(reasons(gained(*one), gained(*other))) is contradict
    assert bool(reasons(gained(*other), gained(*one))) is contradict


@pytest.mark.parametrize(
    "other",
    [
        gained(1000, holder="BB"),
        gained(1000, places=(BROD,)),
        gained(1000, areas=(90,)),
        gained(1000, polarity="denied"),
        gained(1000, certainty="conditional"),
        gained(1000, on="2022-09-20..2022-09-28"),
        gained(1000, on="2022-08-01..2022-09-08"),
    ],
    ids=lambda c: f"{c.holder} {c.places} {c.areas} {c.polarity} {c.time.first}",
)
def test_numbers_of_different_things(other: Claim) -> None:
    assert reasons(gained(700), other) == []
    assert reasons(other, gained(700)) == []


def test_less_over_a_longer_time_cannot_be() -> None:
    (reason,) = reasons(gained(1000), gained(700, on="2022-08-01..2022-09-08"))
    assert reason == "one says 1,000 km2, the other 700 km2, and the lesser number is for the longer time"


def test_days_a_day_apart_are_the_same_days() -> None:
    assert len(reasons(gained(700), gained(1000, on="2022-08-31..2022-09-09"))) == 1


def test_a_claim_with_two_figures_of_a_unit_is_left_alone() -> None:
    quote = "AA regained 700 and lost 90 square kilometres"
    two = (figure(quote, "700", "km2", 700), figure(quote, "90", "km2", 90))
    one = claim(quote, "2022-09-01..2022-09-08", kind="area", holder="AA", places=(), quantities=two)
    assert reasons(one, gained(1000)) == []


def test_an_unnamed_holder_is_told_by_the_words() -> None:
    def territory(quote: str, value: float, holder: str | None) -> Claim:
        return number_claim(quote, str(value), "km2", value, kind="area", places=(), holder=holder)

    named = territory("AA retook 700 square kilometres", 700, "AA")
    unnamed = territory("1000 square kilometres were retaken", 1000, None)
    elsewhere = territory("1000 hectares of forest burnt down", 1000, None)
    assert len(reasons(named, unnamed)) == 1
    assert reasons(named, elsewhere) == []
    assert len(reasons(unnamed, territory("700 square kilometres were freed", 700, None))) == 1


def lost(quote: str, value: float, unit: str = "item", **fields: Any) -> Claim:
    given = {"kind": "losses", "side": "AA", **fields}
    return number_claim(quote, str(int(value)), unit, value, **given)


def test_losses_of_the_same_things() -> None:
    assert len(reasons(lost("BB lost 12 armored vehicles", 12), lost("20 vehicles were hit", 20))) == 1
    assert reasons(lost("BB lost 12 armored vehicles", 12), lost("BB lost 20 drones", 20)) == []


def test_each_sides_losses_are_its_own() -> None:
    one, other = lost("12 tanks were lost", 12), lost("20 tanks were lost", 20, side="BB")
    assert reasons(one, other) == []
    assert reasons(lost("12 tanks", 12, side=None), lost("20 tanks", 20, side=None)) == []


def test_people_hurt_in_one_place_on_one_day() -> None:
    killed = lost("killed 3 civilians", 3, "people", kind="harm")
    assert len(reasons(killed, lost("9 people were killed", 9, "people", kind="harm"))) == 1
    assert reasons(killed, lost("9 people were wounded", 9, "people", kind="harm")) == []
    assert reasons(killed, lost("9 people were killed", 9, "people", kind="harm", places=(VELIN,))) == []


def test_facts_of_the_setting_that_differ() -> None:
    setting = {"kind": "background", "on": None}
    one = number_claim("a town of 27,000", "27,000", "people", 27_000, **setting)
    other = number_claim("population 90,000", "90,000", "people", 90_000, **setting)
    assert reasons(one, other) == ["one says 27,000 people, the other 90,000 people"]
    near = number_claim("population 26,000", "26,000", "people", 26_000, **setting)
    assert reasons(one, near) == []


def test_distances_of_the_same_two_places_that_differ() -> None:
    setting = {"kind": "background", "on": None}
    one = number_claim("76 km from Lesno", "76 km", "km", 76, places=(BROD, LESNO), **setting)
    other = number_claim("30 km from Brod", "30 km", "km", 30, places=(LESNO, BROD), **setting)
    third = number_claim("30 km from Brod", "30 km", "km", 30, places=(VELIN, BROD), **setting)
    line = number_claim("30 km from the front", "30 km", "km", 30, places=(BROD,), **setting)
    assert len(reasons(one, other)) == 1
    assert reasons(one, third) == reasons(one, line) == []


def test_a_population_of_another_time_may_differ() -> None:
    then = number_claim("had 90,000 people", "90,000", "people", 90_000, kind="background", on="2001-12-05")
    now = number_claim("has 27,000 people", "27,000", "people", 27_000, kind="background", on="2022-09-08")
    assert reasons(then, now) == []


# The whole.


def one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


ENDS = st.none() | st.dates(dt.date(2022, 9, 1), dt.date(2022, 9, 12))
CLAIMS = st.builds(
    claim,
    one_of("troops took Brod", "troops left 30 tanks", "nothing is known"),
    st.none() | st.builds(Period, ENDS, ENDS),
    kind=one_of("control", "movement"),
    holder=one_of("AA", "BB", None),
    side=one_of("AA", "BB", None),
    polarity=one_of("affirmed", "denied"),
    certainty=one_of("asserted", "hedged", "conditional"),
    places=one_of((BROD,), (BROD, LESNO), ()),
    speaker=one_of("Marek", "Novak", None),
    document=one_of("d1", "d2", "d3"),
)


@given(st.lists(CLAIMS, max_size=12, unique_by=lambda c: (c.quote, c.speaker or c.document, c.holder)))
def test_the_order_of_claims_does_not_matter_and_none_contradicts_itself(claims: list[Claim]) -> None:
    found = find(claims)
    pairs = {frozenset((c.first, c.second)) for c in found}
    assert len(pairs) == len(found)
    assert all(len(pair) == 2 for pair in pairs)
    assert pairs == {frozenset((c.first, c.second)) for c in find(claims[::-1])}


def test_ten_thousand_claims_take_little_time() -> None:
    chance = random.Random(7)
    claims = [
        claim(
            f"report {n} tells of it",
            str(dt.date(2022, 9, 1) + dt.timedelta(days=chance.randrange(120))),
            kind=chance.choice(["control", "control", "movement", "strike", "fighting"]),
            holder=chance.choice(["AA", "AA", "AA", "BB"]),
            polarity=chance.choice(["affirmed", "affirmed", "affirmed", "denied"]),
            places=(chance.randrange(60),),
        )
        for n in range(10_000)
    ]
    began = time.process_time()
    found = find(claims)
    assert len(found) > 100
    assert time.process_time() - began < 2


def test_every_hedge_has_one_meaning() -> None:
    known = thresholds()
    assert known.hedges["about"] != known.hedges["up to"] != known.hedges["more than"]
    assert all(high is None or low <= high for low, high in known.hedges.values())

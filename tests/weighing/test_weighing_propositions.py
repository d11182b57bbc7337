"""Claims that say the same thing meet in one proposition, and others do not."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_making import BROD, LESNO, claim, document, quantity

from oskil.records import Claim, Document, Period, Proposition
from oskil.weighing.contradictions import between
from oskil.weighing.propositions import group

ONE, OTHER, THIRD = (document(name, f"2022-09-0{n}") for n, name in ((8, "A"), (9, "B"), (9, "C")))
TEXTS = (ONE, OTHER, THIRD)


def met(*claims: Claim) -> tuple[Proposition, ...]:
    return group(claims, TEXTS)


def sizes(*claims: Claim) -> list[int]:
    return sorted(len(proposition.claims) for proposition in met(*claims))


def test_one_place_holder_and_day_in_other_words_are_one() -> None:
    (found,) = met(claim(ONE, "Norland took Brod"), claim(OTHER, "the town fell"))
    assert (found.kind, found.places, found.holder) == ("control", (BROD,), "NO")
    assert found.period == Period(dt.date(2022, 9, 8), dt.date(2022, 9, 8))
    assert found.claims == ("A:0::control", "B:0::control")


def test_another_holder_place_kind_polarity_or_condition_is_another() -> None:
    others = [
        claim(ONE, "b", holder="SU"),
        claim(ONE, "c", places=(LESNO,)),
        claim(ONE, "d", kind="strike"),
        claim(ONE, "e", polarity="denied"),
        claim(ONE, "f", certainty="conditional"),
    ]
    numbered = [claim(ONE, c.quote, number=n, **_fields(c)) for n, c in enumerate(others)]
    assert sizes(claim(OTHER, "a"), *numbered) == [1, 1, 1, 1, 1, 1]


def _fields(one: Claim) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("holder", "places", "kind", "polarity", "certainty")}


def test_days_that_do_not_meet_part_them() -> None:
    assert sizes(claim(ONE, on="2022-09-01"), claim(OTHER, on="2022-09-20")) == [1, 1]


def test_a_place_is_taken_once_in_days_and_struck_each_day() -> None:
    assert sizes(claim(ONE, on="2022-09-07"), claim(OTHER, on="2022-09-08")) == [2]
    struck = [
        claim(text, on=day, kind="strike") for text, day in ((ONE, "2022-09-07"), (OTHER, "2022-09-08"))
    ]
    assert sizes(*struck) == [1, 1]


def test_a_claim_without_a_time_speaks_of_the_days_before_publication() -> None:
    assert sizes(claim(ONE, on="2022-09-07", kind="strike"), claim(OTHER, on=None, kind="strike")) == [2]
    assert sizes(claim(ONE, on="2022-08-01", kind="strike"), claim(OTHER, on=None, kind="strike")) == [1, 1]


def test_two_places_are_two_propositions_and_a_claim_may_be_in_both() -> None:
    found = met(claim(ONE, places=(BROD, LESNO)), claim(OTHER, places=(LESNO,)))
    assert {p.places: len(p.claims) for p in found} == {(BROD,): 1, (LESNO,): 2}


def test_a_place_that_words_are_only_near_is_not_what_is_held() -> None:
    assert sizes(claim(ONE, "near", around=(BROD,)), claim(OTHER, "in")) == [1, 1]


def test_who_struck_may_be_left_open_and_who_holds_may_not() -> None:
    assert sizes(claim(ONE, kind="strike", holder=None), claim(OTHER, kind="strike")) == [2]
    assert sizes(claim(ONE, holder=None), claim(OTHER)) == [1, 1]


def test_near_numbers_agree_and_others_do_not() -> None:
    def hurt(text: Document, value: float, words: str = "") -> Claim:
        quote = "people wounded in the bombed hospital"
        return claim(text, quote, kind="harm", quantities=(quantity(value, "people", words),))

    (found,) = met(hurt(ONE, 20), hurt(OTHER, 21))
    assert (found.unit, found.low, found.high) == ("people", 21 * 0.9, 20 * 1.1)
    assert sizes(hurt(ONE, 20), hurt(OTHER, 30)) == [1, 1]
    assert sizes(hurt(ONE, 20, "at least"), hurt(OTHER, 30)) == [2]


def test_a_claim_without_a_number_joins_the_only_number_there_is() -> None:
    strikes = [claim(ONE, kind="strike", quantities=(quantity(5, "item"),)), claim(OTHER, kind="strike")]
    assert sizes(*strikes) == [2]
    third = claim(THIRD, kind="strike", quantities=(quantity(50, "item"),))
    assert sizes(*strikes, third) == [1, 1, 1]


def test_kinds_that_a_place_does_not_decide_want_much_the_same_words() -> None:
    def stated(text: Document, quote: str) -> Claim:
        return claim(text, quote, kind="assessment", holder=None)

    same = stated(ONE, "the offensive was badly planned"), stated(OTHER, "an offensive planned badly")
    assert sizes(*same) == [2]
    assert sizes(same[0], stated(OTHER, "supplies had run short everywhere")) == [1, 1]


def test_other_names_in_the_same_words_are_other_matters() -> None:
    def moved(text: Document, quote: str) -> Claim:
        return claim(text, quote, kind="movement", places=(), holder=None)

    words = "the brigade counterattacked northward toward {} yesterday"
    assert sizes(moved(ONE, words.format("Velin")), moved(OTHER, words.format("Tarno"))) == [1, 1]
    assert sizes(moved(ONE, words.format("Velin")), moved(OTHER, words.format("Velin"))) == [2]


def test_without_a_place_few_words_say_too_little() -> None:
    held = [claim(text, "positions maintained", places=(), holder=None) for text in (ONE, OTHER)]
    assert sizes(*held) == [1, 1]


def test_the_id_stays_as_more_claims_join() -> None:
    first, second = claim(ONE), claim(OTHER)
    assert met(first)[0].id == met(first, second)[0].id
    assert met(second)[0].id != met(first)[0].id


def test_nothing_makes_nothing() -> None:
    assert group([], []) == ()


def test_a_claim_whose_document_is_not_given_stands_alone_in_time() -> None:
    assert [p.period for p in group([claim(ONE, on=None)], [])] == [None]


made = st.builds(
    claim,
    st.sampled_from(TEXTS),
    st.sampled_from(
        ["Norland took Brod", "the town of Brod fell to Norland", "shells hit the old bridge twice"]
    ),
    st.sampled_from([None, "2022-09-07", "2022-09-08", "2022-09-11", "0001-01-01", "9999-12-31"]),
    kind=st.sampled_from(["control", "strike", "harm", "assessment"]),
    places=st.sampled_from([(), (BROD,), (BROD, LESNO)]),
    holder=st.sampled_from([None, "NO", "SU"]),
    quantities=st.lists(
        st.builds(
            quantity,
            st.sampled_from([-3.0, 0.0, 20.0, 21.0, 23.0, 1e12]),
            st.sampled_from(["people", "item"]),
        ),
        max_size=2,
    ).map(tuple),
    number=st.integers(0, 10**9),
)


@settings(deadline=None)
@given(st.lists(made, max_size=14), st.randoms())
def test_the_order_of_claims_and_texts_makes_no_difference(claims: list[Claim], rng: random.Random) -> None:
    mixed, texts = list(claims), list(TEXTS)
    rng.shuffle(mixed)
    rng.shuffle(texts)
    one = {c.id: c for c in claims}
    if len(one) < len(claims):  # of claims with one id, the last would win
        mixed, claims = list(one.values()), list(one.values())
    assert group(mixed, texts) == group(claims, TEXTS)


@settings(deadline=None)
@given(st.lists(made, max_size=14))
def test_every_claim_is_met_somewhere_and_all_days_of_a_proposition_meet(claims: list[Claim]) -> None:
    found = group(claims, TEXTS)
    assert {c for p in found for c in p.claims} == {c.id for c in claims}
    assert len({p.id for p in found}) == len(found)
    for proposition in found:
        if proposition.low is not None and proposition.high is not None:
            assert proposition.low <= proposition.high


def opposed(claims: list[Claim], texts: list[Document]) -> list[frozenset[str]]:
    found = group(claims, texts)
    holders = {p.id: p.holder or "" for p in found}
    days = {text.id: day for text in texts if (day := text.published_on)}
    return [frozenset((holders[c.first], holders[c.second])) for c in between(found, claims, days)]


def test_propositions_that_cannot_both_be_true_are_joined_once_however_many_say_so() -> None:
    texts = [document(f"T{n}", "2022-09-08") for n in range(40)]
    said = [claim(text, holder="NO" if n % 2 else "SU") for n, text in enumerate(texts)]
    assert opposed(said, texts) == [frozenset(("NO", "SU"))]


def test_one_who_speaks_of_several_holders_in_one_text_hides_nobody_elses_contradiction() -> None:
    texts = [document("A"), document("B")]
    said = [
        claim(texts[0], "first", holder="NO", speaker="Kral"),
        claim(texts[0], "then", holder="SU", speaker="Kral", number=2),
        claim(texts[1], holder="SU", speaker="Venn"),
    ]
    assert opposed(said, texts) == [frozenset(("NO", "SU"))]

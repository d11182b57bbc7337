"""What an event did, told in a participle; conditions; reports by naming: on sentences of our own."""

from __future__ import annotations

import pytest
from reading_claims import by_words, claims_of

from oskil.conflict import for_text
from oskil.reading.sides import side_of


@pytest.mark.parametrize(
    ("sentence", "effect"),
    [
        ("Drones hit the depot at Shambat, destroying three lorries.", "destroying three lorries"),
        ("A shell fell on a queue in Tawila, killing a baker and two boys.", "killing a baker and two boys"),
        ("Raiders crossed the river near Omdurman, burning two huts.", "burning two huts"),
    ],
)
def test_an_effect_is_a_claim_where_it_happened(sentence: str, effect: str) -> None:
    event, done = claims_of(sentence)
    assert done.quote == effect
    assert done.places == event.places != ()


def test_a_short_participle_that_is_no_effect_stays_in_its_clause() -> None:
    assert len(claims_of("The soldiers left the mill at Shambat, waving a flag.")) == 1


def test_a_condition_and_what_follows_it_are_one_claim() -> None:
    [claim] = claims_of("If the dam breaks, the engineer warned, the lower town would be under water.")
    assert claim.speaker == "engineer"
    assert claim.quote.startswith("If the dam breaks")
    assert claim.quote.endswith("the lower town would be under water")


def test_content_ends_where_another_speaks() -> None:
    claims = by_words(
        "The mayor said that the bridge was open; the rebels called the crossing a trap for drivers."
    )
    assert claims["the bridge was open"].speaker == "mayor"
    assert claims["the crossing a trap for drivers"].speaker == "rebels"


@pytest.mark.parametrize(
    ("sentence", "who", "what"),
    [
        ("Villagers described three nights of bombing.", "Villagers", "three nights of bombing"),
        ("The monitor counts six new trenches on the ridge.", "monitor", "six new trenches on the ridge"),
        ("The governor called the search an act of revenge.", "governor", "the search an act of revenge"),
    ],
)
def test_naming_and_counting_report(sentence: str, who: str, what: str) -> None:
    [claim] = claims_of(sentence)
    assert (claim.speaker, claim.quote) == (who, what)


@pytest.mark.parametrize(
    ("phrase", "side"),
    [
        ("a U.S. general", "US"),
        ("the French-led mission", "FR"),
        ("the junta's envoy", "SD"),
        ("the prosecutor general's office", "SD"),
        ("the joint staff", "SD"),
        ("the state-run agency", "SD"),
        ("General Hamid Saleh", "SD"),
        ("the hospital staff", None),
        ("a rebel general", None),
        ("the Islamic State", None),
        ("a member of the OSCE mission", "independent"),
    ],
)
def test_sides_of_offices_where_one_country_leads(phrase: str, side: str | None) -> None:
    profile = for_text("Sudan closed its ports. Sudanese troops left the coast of Sudan.")
    assert profile.home == "SD"
    assert side_of(phrase, profile) == side


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        (
            "Six dead, the village captured, two mills burned.",
            ["Six dead", "the village captured", "two mills burned"],
        ),
        (
            "The observer counts 40 fighters killed since Sunday, and 12 children wounded in Tawila.",
            ["40 fighters killed since Sunday", "12 children wounded in Tawila"],
        ),
        ("Losses: nine killed; two boats sunk.", ["nine killed", "two boats sunk"]),
    ],
)
def test_each_result_of_a_list_is_a_claim(sentence: str, items: list[str]) -> None:
    assert [claim.quote for claim in claims_of(sentence)] == items


@pytest.mark.parametrize(
    "sentence",
    [
        "The village was taken, looted and burned.",
        "Forty people fled, most of them wounded by shrapnel.",
        "The army took the mill, the ferry and the abandoned barracks.",
    ],
)
def test_what_has_a_verb_is_no_list_of_results(sentence: str) -> None:
    assert len([c for c in claims_of(sentence) if "burned" in c.quote or "and" in c.quote]) <= 1
    assert claims_of(sentence)[0].quote.startswith(sentence[:11])


def test_a_sum_without_a_verb_has_no_first_day() -> None:
    summed, plain = claims_of("Thousands displaced, two boats at Shambat sunk.")
    assert summed.time is not None
    assert plain.time is not None
    assert summed.time.first is None
    assert plain.time.first == plain.time.last == summed.time.last


@pytest.mark.parametrize(
    ("sentence", "who", "what"),
    [
        ("The relief office put the dead at 41.", "relief office", "the dead at 41"),
        (
            "Aid workers said it rained; a council of elders puts the need at nine lorries a week.",
            "council of elders",
            "the need at nine lorries a week",
        ),
    ],
)
def test_who_puts_a_number_says_it(sentence: str, who: str, what: str) -> None:
    claims = by_words(sentence)
    assert claims[what].speaker == who


def test_putting_somebody_somewhere_is_no_report() -> None:
    [claim] = claims_of("The army put two guns at the ferry.")
    assert claim.speaker is None


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        (
            "The colonel said his men had crossed the river, and had burned the ferry behind them.",
            "his men had crossed the river",
            "had burned the ferry behind them",
        ),
        (
            "The army shelled the mill, a day after rebels had left it for the hills.",
            "The army shelled the mill",
            "rebels had left it for the hills",
        ),
        (
            "Tawila, besieged by two militias since May, has no bread left.",
            "Tawila, besieged by two militias since May, has no bread left",
            "besieged by two militias since May",
        ),
    ],
)
def test_further_predicates_are_claims(sentence: str, first: str, second: str) -> None:
    assert [claim.quote for claim in claims_of(sentence)] == [first, second]


@pytest.mark.parametrize(
    ("sentence", "who", "what", "certainty", "polarity"),
    [
        (
            "The garrison's denial that it shelled the clinic convinced nobody.",
            "garrison",
            "it shelled the clinic",
            "asserted",
            "denied",
        ),
        (
            "The mayor's claim that the rebels mined the ferry was not new.",
            "mayor",
            "the rebels mined the ferry",
            "hedged",
            "affirmed",
        ),
        (
            "Unconfirmed reports of looting in the port of Shambat went round.",
            None,
            "looting in the port of Shambat",
            "hedged",
            "affirmed",
        ),
    ],
)
def test_nouns_that_report(sentence: str, who: str | None, what: str, certainty: str, polarity: str) -> None:
    claim = by_words(sentence)[what]
    assert (claim.speaker, claim.certainty, claim.polarity) == (who, certainty, polarity)


def test_a_report_that_is_no_hearsay_stays_as_it_is() -> None:
    assert [c.certainty for c in claims_of("The ministry published its reports of the flood year.")] == [
        "asserted"
    ]

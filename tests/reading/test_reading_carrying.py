"""Clauses that go on from the one before, and words parted from theirs by who said them."""

from __future__ import annotations

import pytest
from reading_claims import by_words, claims_of

SHAMBAT, OMDURMAN, TAWILA = 1, 2, 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rebels attacked near Tawila but did not break through.", "did not break through"),
        ("Rebels entered Tawila on Sunday and torched six pumps.", "torched six pumps"),
        ("A drone hit Tawila at dawn. The strike killed three bakers.", "The strike killed three bakers"),
        ("Shells fell on Tawila. Four nurses were wounded.", "Four nurses were wounded"),
        (
            "The army attacked Tawila. Nobody holds the farms in the area.",
            "Nobody holds the farms in the area",
        ),
    ],
)
def test_what_goes_on_from_a_clause_is_where_that_was(text: str, words: str) -> None:
    claims = by_words(text)
    assert words in claims
    assert claims[words].places == (TAWILA,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The army holds Tawila. Four nurses were wounded.", "Four nurses were wounded"),
        ("Shells fell on Tawila. The harvest was good this year.", "The harvest was good this year"),
        ("Shells fell on Tawila.\n\nFour nurses were wounded.", "Four nurses were wounded"),
    ],
)
def test_what_begins_anew_is_not(text: str, words: str) -> None:
    assert by_words(text)[words].places == ()


def test_a_distance_without_a_town_is_measured_from_the_one_before() -> None:
    claims = by_words("The army took Shambat. Shells fell on Tawila, some 60 km to the south.")
    assert claims["some 60 km to the south"].places == (TAWILA, SHAMBAT)


def test_what_two_joined_clauses_are_only_near_stays_near() -> None:
    claim = claims_of("The army shelled Shambat and attacked near Tawila.")[0]
    assert (claim.places, claim.around) == ((SHAMBAT, TAWILA), (TAWILA,))


@pytest.mark.parametrize(
    "text",
    [
        "Near Tawila, the governor said, two lorries were burned.",
        "In Tawila, the governor said, nobody had water.",
        "If Tawila fell, the governor said, the road would be open.",
    ],
)
def test_what_stands_before_the_speaker_is_said_too(text: str) -> None:
    claim = claims_of(text)[0]
    assert (claim.speaker, claim.places) == ("governor", (TAWILA,))


def test_a_day_before_the_speaker_is_that_of_the_event() -> None:
    claim = claims_of("On Saturday, the governor said, two lorries were burned.", "2025-03-17")[0]
    assert claim.quote == "On Saturday two lorries were burned"
    assert claim.time is not None
    assert str(claim.time.first) == "2025-03-15"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The bridge, the mayor of Tawila said, had been mined.", "mayor of Tawila"),
        ("The bridge had been mined, residents of Tawila said.", "residents of Tawila"),
        ("The bridge had been mined, the Ministry of Defence said.", "Ministry of Defence"),
        ("The bridge had been mined, the mayor of Tawila, Adam Issa, said.", "Adam Issa"),
    ],
)
def test_of_what_somebody_is_mayor_is_not_his_name(text: str, speaker: str) -> None:
    assert claims_of(text)[0].speaker == speaker


def test_a_loss_by_a_number_in_words_is_a_clause() -> None:
    claim = claims_of("On Monday, the army's staff said, the rebels lost twelve lorries near Tawila.")[0]
    assert (claim.speaker, claim.quantities[0].value) == ("army's staff", 12)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In Tawila, the mayor said a mill had burned.", (TAWILA,)),
        ("In Tawila, where the pumps failed on Sunday, the mayor said a mill had burned.", (TAWILA,)),
        ("In Tawila, a diplomat said a mill had burned.", ()),
    ],
)
def test_who_is_of_the_place_that_opens_a_sentence_tells_of_it(text: str, places: tuple[int, ...]) -> None:
    assert by_words(text)["a mill had burned"].places == places


def test_each_of_two_speakers_has_said_his_part() -> None:
    claims = by_words(
        "Some 40 families left Tawila, the mayor said, and 20 more crossed the river, according to a nurse."
    )
    assert {quote: claim.speaker for quote, claim in claims.items()} == {
        "Some 40 families left Tawila": "mayor",
        "20 more crossed the river": "nurse",
    }

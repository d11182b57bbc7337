"""Who said which words, where one's words stand among another's."""

from __future__ import annotations

import pytest
from reading_claims import by_words, claims_of


def test_an_aside_about_who_acts_does_not_take_the_claim_away() -> None:
    claims = by_words(
        "The rebels, backed by Chad according to UN experts, seized Tawila on Saturday,"
        " a local doctor told reporters."
    )
    words = "The rebels, backed by Chad according to UN experts, seized Tawila on Saturday"
    assert claims[words].speaker == "local doctor"


def test_a_chain_of_speakers_stays_one() -> None:
    (claim,) = claims_of("The army had left Tawila, the mayor said, according to Radio Sennar.")
    assert claim.speaker == "mayor" and claim.relays == ("Radio Sennar",)


def test_a_claim_to_have_done_something_is_whose_claim_it_is() -> None:
    (claim,) = claims_of("The rebels' claim to have taken Tawila could not be independently verified.")
    assert (claim.quote, claim.speaker, claim.certainty) == ("to have taken Tawila", "rebels", "hedged")


def test_a_day_behind_a_semicolon_is_of_those_words_alone() -> None:
    claims = by_words(
        "Residents described bodies in the streets of Tawila; hospitals said they had treated"
        " 370 wounded since Saturday."
    )
    first, second = (next(c for w, c in claims.items() if part in w) for part in ("bodies", "370"))
    assert first.time is not None and second.time is not None
    assert first.time.first == first.time.last and second.time.first != second.time.last


def test_of_counts_without_a_verb_the_label_says_what_they_are_of() -> None:
    (claim,) = claims_of("Enemy losses: 12 tanks, 30 armoured carriers.")
    assert claim.kind == "losses"


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("On Monday", "2025-03-17"),
        ("Late on Sunday evening", "2025-03-16"),
        ("On 3 March", "2025-03-03"),
        ("Yesterday", "2025-03-16"),
    ],
)
def test_a_day_before_who_speaks_is_no_part_of_the_name(when: str, day: str) -> None:
    (claim,) = claims_of(f"{when} the mayor said the clinic in Tawila had burned.")
    assert claim.speaker == "mayor"
    assert claim.time is not None and claim.time.last is not None and claim.time.last.isoformat() == day


def test_names_with_an_arabic_article_are_whole_and_known_again() -> None:
    first, second = claims_of(
        "The army chief, Gen. Hamid al-Bashri, said the rebels took Tawila. Bashri said a truce was near."
    )
    assert first.speaker == second.speaker == "Hamid al-Bashri"


def test_letters_in_brackets_are_a_name_for_what_follows() -> None:
    first, second = claims_of(
        "The Darfur Doctors Network (DDN) said 40 people died. On Sunday DDN said a clinic burned."
    )
    assert first.speaker == second.speaker == "Darfur Doctors Network"


def test_what_came_of_something_is_of_its_day_and_place() -> None:
    claims = by_words(
        "At dawn on Saturday, fighters stormed the mill in Sennar state, killing at least nine,"
        " the doctors' union said on Sunday."
    )
    time = claims["killing at least nine"].time
    assert time is not None and time.first is not None and time.first.isoformat() == "2025-03-15"
    assert claims["killing at least nine"].areas == (-5,)


def test_figures_are_the_word_of_their_owner() -> None:
    (claim,) = claims_of("According to the ministry's latest figures, 7,000 people fled from Tawila.")
    assert claim.speaker == "ministry"


def test_a_silence_behind_a_semicolon_claims_nothing() -> None:
    (claim,) = claims_of("Officials said a woman was killed in Tawila; the army has not commented.")
    assert claim.quote == "a woman was killed in Tawila"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The claim was denied by the ministry, which said nobody had died.", "nobody had died", "ministry"),
        (
            "The doctor spoke to the governor of Tawila, who said the bridge had fallen.",
            "the bridge had fallen",
            "governor of Tawila",
        ),
        (
            "The governor, who said the bridge had fallen, left Tawila.",
            "the bridge had fallen",
            "governor",
        ),
        (
            "Rebels fired rockets at Tawila, according to the Chadian army, which also said two fell short.",
            "two fell short",
            "Chadian army",
        ),
    ],
)
def test_which_and_who_are_the_name_before_them(text: str, words: str, speaker: str) -> None:
    assert by_words(text)[words].speaker == speaker


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Radio Sennar could not immediately verify battlefield reports from either side.", 0),
        ("The aid group was not able to verify the army's figure.", 0),
        ("The paper could not confirm that nine people had died in Tawila.", 1),
        ("A video, which the paper has not been able to verify, shows burnt cars in Tawila.", 1),
    ],
)
def test_what_could_not_be_checked_is_no_claim_of_its_own(text: str, count: int) -> None:
    assert len(claims_of(text)) == count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Radio Sennar said its troops had taken Tawila, but Chadian state TV said the army had"
            " only moved back.",
            [
                ("its troops had taken Tawila", "Radio Sennar"),
                ("the army had only moved back", "Chadian state TV"),
            ],
        ),
        (
            "The army claimed that it took Tawila and the rebels said that they held it.",
            [("it took Tawila", "army"), ("they held it", "rebels")],
        ),
        (
            "The mayor said the bridge had fallen but the road to Tawila was open.",
            [("the bridge had fallen", "mayor"), ("the road to Tawila was open", "mayor")],
        ),
    ],
)
def test_two_who_speak_in_one_sentence(text: str, said: list[tuple[str, str]]) -> None:
    assert [(c.quote, c.speaker) for c in claims_of(text)] == said


def test_what_came_of_it_behind_who_said_it_is_said_too() -> None:
    first, second = claims_of(
        "Rockets hit Tawila on Saturday, officials said on Sunday, killing nine people."
    )
    assert second.quote == "killing nine people"
    assert (second.speaker, second.places, second.time) == (first.speaker, first.places, first.time)


@pytest.mark.parametrize("when", ["", " on Sunday"])
def test_a_that_further_on_opens_no_words_of_a_speaker(when: str) -> None:
    first, second = claims_of(
        f"Drones hit Tawila, officials said{when}, wounding a boy that had slept there."
    )
    assert (first.quote, first.speaker) == ("Drones hit Tawila", "officials")
    assert (second.quote, second.speaker) == ("wounding a boy that had slept there", "officials")


def test_who_was_hurt_is_the_speakers_too() -> None:
    claims = claims_of(
        "A bomb exploded in Tawila on Friday, killing at least 12 people and wounding 30 others,"
        " police spokesman Hamid Issa said."
    )
    assert [c.speaker for c in claims] == ["Hamid Issa", "Hamid Issa"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The rebels have visually confirmed losses of nine trucks.", "rebels"),
        ("The army has strongly denied that it shelled Tawila.", "army"),
    ],
)
def test_an_adverb_is_no_part_of_a_name(text: str, speaker: str) -> None:
    assert [c.speaker for c in claims_of(text)] == [speaker]


def test_what_a_relative_clause_goes_on_with_is_of_the_same_name() -> None:
    claims = claims_of("The army blamed Chad, which denies any role and has called for an inquiry in Tawila.")
    assert {c.speaker for c in claims if "inquiry" in c.quote} == {"Chad"}


@pytest.mark.parametrize(
    "text",
    [
        "Neither side has confirmed that Tawila had fallen.",
        "No official has confirmed that Tawila had fallen.",
        "Nobody confirmed that Tawila had fallen.",
    ],
)
def test_what_nobody_confirms_nobody_says(text: str) -> None:
    (claim,) = claims_of(text)
    assert (claim.quote, claim.speaker, claim.certainty) == ("Tawila had fallen", None, "hedged")


def test_half_a_sentence_goes_on_from_the_other() -> None:
    strike, harm = claims_of(
        "Rebels shelled Tawila on Saturday; two people were killed, according to governor Idris Salih."
    )
    assert (harm.places, harm.time, harm.speaker) == (strike.places, strike.time, "Idris Salih")

"""Who said which words, where one's words stand among another's."""

from __future__ import annotations

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

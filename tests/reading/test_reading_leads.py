"""Sentences that only lead on claim nothing, and say who speaks next; on reports of our own."""

from __future__ import annotations

import pytest
from reading_claims import by_words, claims_of

from oskil.reading.leads import claims_nothing, replying
from oskil.records import Span


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither figure could be independently verified.",
        "The video has not yet been authenticated.",
        "None of these accounts was confirmed.",
        "The garrison did not respond to questions.",
        "The mayor declined to comment.",
        "Evening bulletin of the Northern Command",
        "Juba Monitor, field note, 17 March 2025",
        "The general staff has published its morning summary of the fighting.",
        "A spokesman for the ferry company disagreed.",
        "Two drivers from Shambat saw it differently:",
        "Who shelled the mill?",
    ],
)
def test_what_only_leads_on_claims_nothing(sentence: str) -> None:
    assert claims_of(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The footage has been verified by two of our reporters in Omdurman.",
        "The army has not taken the mill.",
        "The garrison has not answered the shelling with its own guns since the ridge fell to the rebels.",
        "Forty people died in the bombing of the mill on 12 March 2025.",
        "Shelling of the ferry at Shambat, 12 March 2025",
        "The command has published the names of forty dead soldiers.",
        "The rebels rejected the truce and shelled the port.",
    ],
)
def test_what_tells_of_the_war_is_claimed(sentence: str) -> None:
    assert claims_of(sentence)


def test_who_replies_is_he_in_what_follows() -> None:
    text = (
        "The road is open, General Taha Osman said. A driver in Omdurman disagreed. "
        "“The road is mined,” he said."
    )
    assert by_words(text)["The road is mined"].speaker == "driver"


def test_who_replies_before_a_colon_is_he_behind_it() -> None:
    claims = by_words("A driver disputed this: the road, he said, is mined at both ends.")
    [claim] = claims.values()
    assert claim.speaker == "driver"
    assert claim.relays == ()
    assert claim.quote.replace(" ... ", " ").endswith("is mined at both ends")


def test_whose_reply_it_is_comes_with_its_characters() -> None:
    text = "It rained. A nurse in the camp objected."
    found = replying(text, Span(11, len(text)))
    assert found is not None
    assert text[found.start : found.end] == "A nurse in the camp"
    assert claims_nothing(text, Span(11, len(text)))
    assert not claims_nothing(text, Span(0, 10))

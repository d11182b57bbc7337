"""Certainty, polarity, evidence and holder of clauses of our own."""

from __future__ import annotations

import pytest

from oskil.conflict import ConflictProfile, Party
from oskil.reading.certainty import certainty_of, evidence_in, polarity_of
from oskil.reading.holders import holder_of

SUDAN = ConflictProfile(
    "test",
    "Test",
    "Africa/Khartoum",
    (21.0, 8.0, 39.0, 23.0),
    ("SD",),
    (
        Party("SAF", "Army", ("army", "government"), "SD"),
        Party("RSF", "RSF", ("RSF", "militia", "paramilitary")),
    ),
    (),
)


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        ("asserted", "The bridge was blown up on Sunday"),
        ("asserted", "In May the front was quiet"),
        ("hedged", "The bridge was reportedly blown up"),
        ("hedged", "The column appeared to be leaving"),
        ("hedged", "Up to forty may have died"),
        ("conditional", "If the road is cut, the garrison would starve"),
        ("conditional", "the siege would lead to famine"),
        ("hedged", "the siege would likely last for months"),
    ],
)
def test_certainty(certainty: str, words: str) -> None:
    assert certainty_of(words, "asserted") == certainty


def test_the_cue_can_hedge_what_the_words_assert() -> None:
    assert certainty_of("the column is leaving", "hedged") == "hedged"


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        ("affirmed", "The army holds the bridge"),
        ("denied", "The army does not hold the bridge"),
        ("denied", "Rebels failed to encircle the town"),
        ("denied", "No shelling was recorded on the coast"),
        ("denied", "Nobody believes the offer"),
        ("affirmed", "The army took the bridge, which the rebels had not mined"),
        ("affirmed", "not only the bridge but the station was hit"),
        ("affirmed", "the town must not be surrendered"),
        ("affirmed", "The army took no more than three villages"),
        ("affirmed", "The army, not the militia, fired first"),
    ],
)
def test_polarity(polarity: str, words: str) -> None:
    assert polarity_of(words, "asserted") == polarity


def test_a_denial_turns_what_it_introduces() -> None:
    assert polarity_of("its planes bombed the market", "denied") == "denied"
    assert polarity_of("its planes had not bombed the market", "denied") == "affirmed"


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("footage", "a video filmed from a roof"),
        ("photo", "A photograph of the square"),
        ("satellite", "satellite images of the airfield"),
        ("document", "according to a report seen by us"),
        (None, "soldiers in the square"),
    ],
)
def test_evidence(evidence: str | None, words: str) -> None:
    assert evidence_in(words) == evidence


@pytest.mark.parametrize(
    ("holder", "kind", "words", "side"),
    [
        ("SAF", "control", "the army recaptured the bridge", None),
        ("RSF", "control", "the bridge is held by the RSF", None),
        ("SAF", "movement", "the RSF withdrew from the bridge", None),
        ("RSF", "control", "the city is under our control", "RSF"),
        ("RSF", "control", "a militia-held quarter", None),
        ("SAF", "control", "ending two years of RSF control", None),
        ("SAF", "control", "it has retaken the bridge", "SAF"),
        (None, "strike", "the army shelled the bridge", None),
        (None, "movement", "the army advanced on the bridge", None),
        ("SAF", "area", "the army regained 30 square kilometres", None),
    ],
)
def test_holder(holder: str | None, kind: str, words: str, side: str | None) -> None:
    assert holder_of(words, kind, side, SUDAN) == holder

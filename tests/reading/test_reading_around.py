"""Places that words only aim at, and places that only say when: on sentences of our own."""

from __future__ import annotations

from typing import cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.rules import RuleReader
from oskil.records import Claim, Document, Part

SHAMBAT, OMDURMAN, TAWILA = 1, 2, 3


def first(text: str) -> Claim:
    """The first claim of a text."""
    reader = RuleReader(cast(Gazetteer, None), None, place_names)
    parts = (Part(0, len(text), "body"),)
    return reader.read(Document(id="d", key="d", text=text, published="2025-03-17", parts=parts)).claims[0]


@pytest.mark.parametrize(
    "text",
    [
        "Two brigades are driving on Tawila from the north.",
        "The column was closing in on Tawila by nightfall.",
        "Rebel units pushed for Tawila all week.",
        "The advance threatens Tawila.",
        "The militia threatened to encircle the town of Tawila.",
        "Lorries with ammunition were heading to Tawila.",
        "Guns on the ridge are within range of Tawila.",
    ],
)
def test_who_drives_on_a_town_is_not_there_yet(text: str) -> None:
    claim = first(text)
    assert (claim.places, claim.around) == ((TAWILA,), (TAWILA,))


@pytest.mark.parametrize(
    "text",
    ["The staff has moved to Tawila.", "Shells fell on Tawila.", "The brigade marched into Tawila at noon."],
)
def test_who_got_there_is_at_it(text: str) -> None:
    assert (first(text).places, first(text).around) == ((TAWILA,), ())


def test_a_list_of_aims_is_aimed_at_as_a_whole() -> None:
    claim = first("The rebels are driving on Shambat and Omdurman.")
    assert claim.around == (SHAMBAT, OMDURMAN)


def test_what_a_drive_starts_from_is_a_place_of_its_own() -> None:
    claim = first("The rebels hold Shambat and are driving on Tawila.")
    assert claim.around == (TAWILA,)
    assert SHAMBAT in claim.places


def test_the_venue_of_talks_that_only_date_an_event_is_no_place_of_it() -> None:
    assert first("Drones hit Tawila hours before talks opened in Omdurman.").places == (TAWILA,)
    assert first("Talks in Omdurman ended without a truce.").places == (OMDURMAN,)

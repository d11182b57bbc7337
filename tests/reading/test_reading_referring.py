"""Words that point back to who spoke, and to who passed it on, on reports of our own."""

from __future__ import annotations

from typing import cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.rules import RuleReader
from oskil.records import Claim, Document, Part


def read(text: str) -> dict[str, Claim]:
    """The claims of a text by their words."""
    reader = RuleReader(cast(Gazetteer, None), None, place_names)
    parts = (Part(0, len(text), "body"),)
    document = Document(id="d", key="d", text=text, published="2025-03-17", parts=parts)
    return {c.quote: c for c in reader.read(document).claims}


@pytest.mark.parametrize(
    ("first", "later", "who"),
    [
        ("“Forty left,” said councillor Adam Issa.", "the councillor", "Adam Issa"),
        ("Mona Idris, a nurse at the clinic, said the lamps are out.", "the nurse", "Mona Idris"),
        ("The governor of the province, Tawfiq Ali, said the dam is safe.", "the governor", "Tawfiq Ali"),
        ("A rebel spokesman said the pass is open.", "the spokesman", "rebel spokesman"),
        ("A rebel spokesman said the pass is open.", "he", "rebel spokesman"),
        ("Hiba Nur, the army spokeswoman, said the pass is shut.", "the army spokeswoman", "Hiba Nur"),
    ],
)
def test_a_role_points_back_over_other_speakers(first: str, later: str, who: str) -> None:
    between = "" if later == "he" else "Colonel Taha Osman said his men had left the ridge. "
    claims = read(f"{first} {between}The road is long and bad, {later} said.")
    assert claims["The road is long and bad"].speaker == who


def test_another_sides_spokesman_is_another_man() -> None:
    claims = read(
        "Hiba Nur, the army spokeswoman, said it is shut. The road is mined, the rebel spokeswoman said."
    )
    assert claims["The road is mined"].speaker != "Hiba Nur"


def test_a_place_in_the_outlets_own_voice_is_no_he() -> None:
    claims = read("A driver said the bus is late. El Fasher was calm at noon. The well is dry, he said.")
    assert claims["The well is dry"].speaker == "driver"


@pytest.mark.parametrize("later", ["the broadcaster", "the state broadcaster", "the station"])
def test_an_outlet_is_pointed_back_to(later: str) -> None:
    claims = read(f"Radio Dabanga came from the market. The bridge is gone, a doctor told {later}.")
    assert claims["The bridge is gone"].relays == ("Radio Dabanga",)


def test_a_described_agency_has_its_bare_name_and_is_the_agency_later() -> None:
    claims = read(
        "The road is mined, a driver said, state-run news agency Saba reported."
        " The bridge is gone, a doctor said, the agency reported."
    )
    assert claims["The road is mined"].relays == claims["The bridge is gone"].relays == ("Saba",)


def test_a_cue_at_a_paragraphs_end_announces_the_next_quotation() -> None:
    claims = read(
        "The town is quiet. The mayor, Adam Issa, wrote on Telegram:\n\n"
        "“Two schools have been damaged. Nobody was hurt.”\n\nThe market opened again at noon."
    )
    assert all("wrote" not in quote for quote in claims)
    announced = claims["Two schools have been damaged"]
    assert (announced.speaker, announced.relays) == ("Adam Issa", ("Telegram",))
    assert claims["Nobody was hurt"].speaker == "Adam Issa"
    assert claims["The market opened again at noon"].speaker is None


def test_it_announces_one_paragraph_without_marks_or_a_whole_list() -> None:
    one = read("In a statement the ministry said:\n\nThe road is open again.\n\nThe market is full.")
    assert one["The road is open again"].speaker == "ministry"
    assert one["The market is full"].speaker is None
    many = read("The staff reported:\n\n- two tanks were lost\n\n- the bridge was hit\n\nThe market is full.")
    assert many["two tanks were lost"].speaker == many["the bridge was hit"].speaker == "staff"
    assert many["The market is full"].speaker is None


def test_a_colon_without_a_cue_announces_nobody() -> None:
    claims = read("The army has two aims this month:\n\nThe road is to be opened by May.")
    assert all(c.speaker is None for c in claims.values())

"""What a claim's words begin and end with: no half of an opening phrase, no address of the web."""

from __future__ import annotations

import pytest
from reading_claims import by_words, claims_of


@pytest.mark.parametrize(
    "words",
    [
        "As a result of the shelling of the harbour, the garrison left the settlement of Tawila",
        "As of 14 March, Tawila was held by the army",
        "As for Tawila, it is in the hands of the army",
        "As part of the operation, two villages were searched",
    ],
)
def test_an_opening_phrase_stays_whole(words: str) -> None:
    assert list(by_words(f"{words}.")) == [words]


def test_a_clause_behind_as_is_a_claim_of_its_own() -> None:
    claims = by_words("As a column entered Tawila, residents fled to the hills.")
    assert list(claims) == ["a column entered Tawila", "residents fled to the hills"]


def test_an_apposition_is_no_clause_that_follows_an_opening() -> None:
    claims = by_words("Tawila, a town captured in May by the rebels, was shelled.")
    assert "a town captured in May by the rebels" in claims


@pytest.mark.parametrize(
    "text",
    [
        "t.example/abc/123 The army entered Tawila",
        "https://example.org/a-b?t=58 The army entered Tawila.",
        "The army entered Tawila https://example.org/x",
        "The army entered Tawila.\n\nVideo: https://example.org/x",
        "The army entered Tawila. Source: example.org/x",
    ],
)
def test_an_address_is_no_part_of_a_claim_and_none_of_its_own(text: str) -> None:
    assert [claim.quote for claim in claims_of(text)] == ["The army entered Tawila"]


def test_nor_in_cyrillic() -> None:
    assert [c.quote for c in claims_of("Наші війська звільнили Балаклію https://example.org/1")] == [
        "Наші війська звільнили Балаклію"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("⚡️ The army entered Tawila 🔥", ["The army entered Tawila"]),
        ("🔴 Two people injured in Tawila. ⚡️Three killed", ["Two people injured in Tawila", "Three killed"]),
        (
            "❗️Drones hit the depot\n🚀 Rockets hit the ferry at Tawila",
            ["Drones hit the depot", "Rockets hit the ferry at Tawila"],
        ),
        ("The army shelled Tawila. No casualties.", ["The army shelled Tawila", "No casualties"]),
    ],
)
def test_pictures_are_no_words_and_begin_anew(text: str, words: list[str]) -> None:
    assert [claim.quote for claim in claims_of(text)] == words


def test_a_number_behind_a_picture_counts() -> None:
    (claim,) = claims_of("🔴 Two people were injured in Tawila.")
    assert [(q.value, q.unit) for q in claim.quantities] == [(2.0, "people")]


def test_what_nobody_has_confirmed_is_hedged_and_not_denied() -> None:
    (claim,) = claims_of("No confirmation yet that Tawila is under the army's control.")
    assert (claim.certainty, claim.polarity) == ("hedged", "affirmed")


BULLETIN = """NORTH VALLEY: Flash Update No. 12 - Displacement
As of 14 March

HIGHLIGHTS
• Some 2,000 people have fled from Tawila since 11 March, according to the Valley Tracking Network (VTN).
• The last clinic was shelled.

NEEDS
Water: Two wells in Tawila have dried up.
Access: The road to Tawila is cut by rebels.
"""


def test_lines_that_begin_anew_are_read_one_by_one() -> None:
    claims = claims_of(BULLETIN)
    assert [c.quote for c in claims] == [
        "Some 2,000 people have fled from Tawila since 11 March",
        "The last clinic was shelled",
        "Two wells in Tawila have dried up",
        "The road to Tawila is cut by rebels",
    ]
    assert claims[0].speaker == "Valley Tracking Network"


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Monday that it had taken the mill and the\nferry at Tawila. It lost\nnobody.",
        "He said: “The army left\nTawila at night. It took\nall the trucks.”",
    ],
)
def test_wrapped_lines_are_read_on(text: str) -> None:
    assert [c.quote for c in claims_of(text)] == [c.quote for c in claims_of(text.replace("\n", " "))]


def test_long_lines_are_paragraphs() -> None:
    long = (
        "The army entered Tawila and took the mill, the ferry, the bridge and the depot"
        " from the rebels who had held it"
    )
    assert len(claims_of(f"{long} \nThe rebels left")) == len(claims_of(f"{long}\n\nThe rebels left"))


def test_counts_of_a_list_are_of_what_leads_them() -> None:
    claims = claims_of("Enemy losses over the day:\n- 610 people\n- 14 tanks\n- 2 ferries\nThe mill burned.")
    assert [(c.kind, c.quote) for c in claims[1:4]] == [
        ("losses", "610 people"),
        ("losses", "14 tanks"),
        ("losses", "2 ferries"),
    ]
    assert claims[4].quote == "The mill burned"


def test_an_item_with_a_verb_is_told_as_it_stands() -> None:
    claims = claims_of("The mayor said two things:\n- 3 people were killed\n- 14 homes burned")
    assert [(c.quote, c.speaker) for c in claims] == [
        ("3 people were killed", "mayor"),
        ("14 homes burned", "mayor"),
    ]

"""Speakers named without a reporting verb, in live blogs and long pieces of our own."""

from __future__ import annotations

from typing import cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.introducing import counted_lines
from oskil.reading.rules import RuleReader
from oskil.reading.saying import before_colon, head_speaker, of_the_one_before, presented
from oskil.reading.text import quotations
from oskil.records import Claim, Document, Part, Span
from oskil.sources import layout


def read(text: str, parts: tuple[Part, ...] = ()) -> list[Claim]:
    reader = RuleReader(cast(Gazetteer, None), None, place_names)
    parts = parts or (Part(0, len(text), "body"),)
    document = Document(id="d", key="d", text=text, published="2025-03-17", parts=parts)
    return list(reader.read(document).claims)


@pytest.mark.parametrize(
    ("sentence", "source", "relay"),
    [
        ("The envoy, on the steps: “We asked for corridors.”", "The envoy, on the steps", ""),
        (
            "Mona Idris, our reporter in the port: “The sheds are burning.”",
            "Mona Idris, our reporter in the port",
            "",
        ),
        (
            "Radio Sennar, citing the clinic's director: nine wounded since dawn.",
            "the clinic's director",
            "Radio Sennar",
        ),
        ("The foreign ministry: we accept the plan.", "The foreign ministry", ""),
        ("It is the governor: the bridge will open.", "the governor", ""),
        ("Governor Idris Salih: the bridge will open.", "Governor Idris Salih", ""),
        ("Maj. Gen. Idris Salih: the bridge is ours.", "Maj. Gen. Idris Salih", ""),
        ("Defence Minister Salih: nine drones came down.", "Defence Minister Salih", ""),
        (
            "Mona Idris, head of the district: two people died.",
            "Mona Idris, head of the district",
            "",
        ),
    ],
)
def test_who_stands_before_a_colon_speaks(sentence: str, source: str, relay: str) -> None:
    whole = Span(0, len(sentence))
    found = before_colon(sentence, whole, quotations(sentence, whole))
    assert found is not None
    assert (found.source, found.relay) == (source, relay)


@pytest.mark.parametrize(
    "sentence",
    [
        "Three roads are open: the mill road, the dam road and the ferry.",
        "The army lost two posts: one on the hill and one at the weir.",
        "Losses of the day: nine trucks.",
        "The train left at 14:10 with four hundred people.",
        "What they need: blankets.",
        "Khartoum Bahri, market street: two people died.",
        "Key Points: the bridge is open.",
    ],
)
def test_what_else_stands_before_a_colon_does_not(sentence: str) -> None:
    whole = Span(0, len(sentence))
    assert before_colon(sentence, whole, ()) is None


def test_an_answer_to_what_was_asked_goes_on_with_the_speaker() -> None:
    claims = read("The mayor said the dam is safe. Asked about the sluice: “It will hold until May.”")
    assert claims[-1].speaker == "mayor"


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("That is the health ministry's count as of noon.", "the health ministry"),
        ("Well, that is what the harbour master wrote.", "the harbour master"),
        ("At least, this is how the villagers tell it.", "the villagers"),
        ("So says the governor.", "the governor"),
        ("That is the third bridge this week.", ""),
        ("This is what the shell left behind.", ""),
    ],
)
def test_whose_word_the_sentence_before_was(sentence: str, whose: str) -> None:
    assert of_the_one_before(sentence, Span(0, len(sentence))) == whose


def test_a_count_is_of_whom_the_next_sentence_names() -> None:
    claims = read("Forty people are dead. That is the health ministry's count.")
    assert [(c.quote, c.speaker) for c in claims] == [("Forty people are dead", "health ministry")]


def test_who_is_presented_is_he_afterwards() -> None:
    text = "That’s the prime minister, to reporters in the lobby. The talks are over, he says."
    assert presented(text, Span(0, text.index(" The talks"))) == "the prime minister"
    assert [(c.quote, c.speaker) for c in read(text)] == [("The talks are over", "prime minister")]


@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("19:02 River Guard on Telegram", ("River Guard", "Telegram")),
        ("Northern Command via X", ("Northern Command", "X")),
        ("19:02 Night falls on Sennar", ("", "")),
    ],
)
def test_a_heading_names_a_speaker_with_a_platform(head: str, who: tuple[str, str]) -> None:
    assert head_speaker(head) == who


LIVE = """LIVE River war: the second day

09:40 River Guard on Telegram

“Enemy boat sunk below the weir.”

09:10 Was it a drone?

The governor said the depot burned all night and nobody was hurt there.

08:30 On the quay

The ferry is late again, he said, and four hundred people are waiting for it.
"""


def test_entries_of_a_live_blog_are_frames_of_their_own() -> None:
    parts = layout.parts(LIVE)
    claims = {c.quote: c for c in read(LIVE, parts)}
    assert claims["Enemy boat sunk below the weir"].speaker == "River Guard"
    assert claims["Enemy boat sunk below the weir"].relays == ("Telegram",)
    assert not any("drone" in quote for quote in claims)
    assert all(c.speaker is None for quote, c in claims.items() if "ferry" in quote)


def test_a_bystander_is_no_governor() -> None:
    claims = read("“The street is gone,” said Jalal Omer, a baker. The road will open, the governor said.")
    assert claims[-1].speaker == "governor"


def test_a_short_title_belongs_to_the_name_behind_it() -> None:
    claims = read("“Nine have died here,” says Dr. Hana Bakri, a health officer.")
    assert claims[-1].speaker == "Hana Bakri"
    claims = read("The river force spokesman, Lt. Col. Adam Issa, said the weir is held.")
    assert claims[-1].speaker == "Adam Issa"


def test_a_reporter_named_before_a_quotation_is_no_label() -> None:
    claims = read("Mona Idris, our reporter in the port: “The sheds have been burning since noon.”")
    assert [(c.quote, c.speaker) for c in claims] == [
        ("The sheds have been burning since noon", "Mona Idris")
    ]


LIST = """Flood update

Rain fell on the whole of the delta all week.

The river board counted 2,400 arrivals between 3 and 9 March:

Shambat: 1,100

Omdurman: 900

Elsewhere: 400

The road to the dam is shut to all lorries.
"""


def test_the_lines_of_a_list_are_claims_of_the_kind_and_days_of_its_lead() -> None:
    claims = {c.quote: c for c in read(LIST, layout.parts(LIST))}
    lines = [claims[q] for q in ("Shambat: 1,100", "Omdurman: 900", "Elsewhere: 400")]
    assert {c.kind for c in lines} == {"displacement"}
    assert {str(c.time and c.time.first) for c in lines} == {"2025-03-03"}
    assert [c.places for c in lines] == [(1,), (2,), ()]
    assert claims["The road to the dam is shut to all lorries"].time != lines[0].time


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("North: 40\nSouth: about 1,200 people", 2),
        ("- North: 40\n- South: 12", 2),
        ("North: 40\nThe road is shut: nobody came.", 0),
        ("At 14:10 the train left.", 0),
    ],
)
def test_only_names_with_numbers_are_lines_of_a_list(lines: str, count: int) -> None:
    assert len(counted_lines(lines, Span(0, len(lines)))) == count


def test_who_stands_before_a_colon_speaks_to_the_end_of_the_paragraph() -> None:
    claims = read("Mayor Idris Salih: the bridge was shelled. Two ferries sank.\n\nThree mills burned.")
    assert [c.speaker for c in claims] == ["Idris Salih", "Idris Salih", None]


def test_a_label_with_a_place_is_where_what_it_leads_was() -> None:
    claims = read("Omdurman: two people died overnight. A bus burned.\n\nThree mills burned.")
    assert [c.places for c in claims] == [(2,), (2,), ()]


def test_a_sentence_before_a_colon_is_no_label() -> None:
    claims = read("The army entered Tawila. Source: Radio Sennar.")
    assert [c.quote for c in claims] == ["The army entered Tawila"]

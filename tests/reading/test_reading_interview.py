"""Interviews in questions and answers, on wars of our own."""

from __future__ import annotations

from typing import cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.interview import interview
from oskil.reading.rules import RuleReader
from oskil.reading.text import paragraphs
from oskil.records import Claim, Document, Part, Span

INTRO = (
    "The rains have stopped in Omdurman. We spoke to Dr Hana Bakri, a surgeon at the river clinic, by phone."
)
QUESTIONS = ("How many came?", "Is the bridge open?", "And the boats?")
ANSWERS = ("Ninety wounded came to us on Monday.", "Soldiers closed it at noon.", "Two boats were sunk.")


def text_of(question: str, answer: str, intro: str = INTRO) -> str:
    turns = (f"{question}{q}\n\n{answer}{a}" for q, a in zip(QUESTIONS, ANSWERS, strict=True))
    return "\n\n".join((intro, *turns))


def read(text: str) -> list[Claim]:
    reader = RuleReader(cast(Gazetteer, None), None, place_names)
    parts = (Part(0, len(text), "body"),)
    return list(reader.read(Document(id="d", key="d", text=text, published="2025-03-17", parts=parts)).claims)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q: ", "A: "),
        ("Question. ", "Answer. "),
        ("**Q:** ", "**A:** "),
        ("— ", "— "),
        ("", ""),
        ("Nile Herald: ", "Hana Bakri: "),
    ],
)
def test_an_answer_is_the_interviewed_persons(question: str, answer: str) -> None:
    claims = read(text_of(question, answer))
    answers = {c.speaker for c in claims if c.quote.strip(".") in " ".join(ANSWERS)}
    assert answers == {"Hana Bakri"}
    assert not any(c.quote.endswith("?") for c in claims)
    assert next(c for c in claims if "rains" in c.quote).speaker is None


def test_a_name_before_the_answers_is_enough() -> None:
    claims = read(text_of("Herald: ", "Tariq Wani: ", "The rains have stopped in Omdurman."))
    assert {c.speaker for c in claims} == {None, "Tariq Wani"}


def test_what_follows_an_answer_without_a_mark_goes_on_with_it() -> None:
    claims = read(text_of("Q: ", "A: ") + "\n\nThe third boat reached the island.")
    assert claims[-1].speaker == "Hana Bakri"


def test_whom_the_interviewed_person_quotes_speaks_through_her() -> None:
    text = text_of("Q: ", "A: ").replace(
        "Two boats were sunk.", "The harbour master said two boats were sunk."
    )
    claim = read(text)[-1]
    assert (claim.speaker, claim.relays) == ("harbour master", ("Hana Bakri",))


def test_her_own_cue_makes_her_no_relay() -> None:
    text = text_of("Q: ", "A: ").replace("Two boats were sunk.", "I believe two boats were sunk.")
    claim = read(text)[-1]
    assert (claim.speaker, claim.relays) == ("Hana Bakri", ())


def test_what_a_question_puts_to_her_is_its_speakers() -> None:
    text = text_of("Q: ", "A: ").replace("And the boats?", "The army says three boats were sunk.")
    assert [c.speaker for c in read(text) if "three boats" in c.quote] == ["army"]


def test_a_call_sign_names_whom_nothing_else_names() -> None:
    claims = read(
        text_of("— ", "— ", "We met the gunner of an army crew, call sign Falcon, whose leg is broken.")
    )
    assert claims[-1].speaker == "Falcon"


@pytest.mark.parametrize(
    "text",
    [
        "Who shot first? Nobody in Omdurman knows.\n\nWho will pay?\n\nThe army spoke to nobody.",
        "North: two dead.\n\nSouth: three dead.\n\nNorth: one more.\n\nSouth: none.",
        "- the bridge is cut\n\n- the mill burned\n\n- the ferry sank\n\n- the road is open",
        "",
    ],
)
def test_questions_and_lists_alone_are_no_interview(text: str) -> None:
    assert interview(text, list(paragraphs(text, Span(0, len(text))))) is None

"""The wire format: one JSON document in, offsets into its own text out."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_fakes import place_names

from oskil.errors import InputError
from oskil.places.interface import Gazetteer
from oskil.reading.joined import JoinedReader
from oskil.reading.kinds import by_rules
from oskil.reading.rules import RuleReader
from oskil.records import Attribution, Span
from oskil.wire import annotate

READER = RuleReader(cast(Gazetteer, None), None, place_names)


def annotated(text: str, **fields: str) -> dict[str, Any]:
    return annotate({"id": "x", "text": text, "published": "2025-03-17", **fields}, READER)


def test_the_fields_of_the_contract() -> None:
    out = annotated("The army has retaken Omdurman, its spokesman said on Sunday, Reuters reported.")
    [claim] = out["claims"]
    assert claim["kind"] == "control"
    assert claim["speaker"] == "spokesman"
    assert claim["relays"] == ["Reuters"]
    assert claim["places"] == [2]
    assert claim["time"] == ["2025-03-16", "2025-03-16"]
    assert set(claim) >= {
        "quote",
        "span",
        "side",
        "certainty",
        "polarity",
        "holder",
        "quantities",
        "evidence",
    }
    [name] = out["toponyms"]
    assert (name["phrase"], name["geonameid"], name["lat"]) == ("Omdurman", 2, 15.64)


def test_offsets_are_those_of_the_markdown_that_was_given() -> None:
    text = "The army [said](https://example.org/a) that **Omdurman** was [quiet](#) on Sunday."
    out = annotated(text)
    [claim] = out["claims"]
    [[start, end]] = claim["span"]
    assert claim["quote"] == "Omdurman was quiet on Sunday"
    assert text[start:end].startswith("Omdurman") and text[start:end].endswith("Sunday")
    [name] = out["toponyms"]
    assert text[name["start"] : name["end"]] == "Omdurman"
    [attribution] = out["attributions"]
    [[cue_start, cue_end]] = attribution["cue"]
    assert text[cue_start:cue_end] == "said"


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": "x"},
        {"id": "x", "text": 5},
        {"text": "x"},
        {"id": "x", "text": "x", "outlet": 3},
        {"id": [], "text": ""},
    ],
)
def test_what_is_not_of_the_format_is_refused_with_a_reason(record: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        annotate(record, READER)


def test_a_document_without_words_is_answered_with_the_reason() -> None:
    out = annotated("  \n ")
    assert (out["claims"], out["attributions"], out["toponyms"]) == ([], [], [])
    assert out["reason"]


def test_a_taggers_attributions_have_offsets_of_the_text_as_given() -> None:
    text = "The army [said](https://example.org/a) that Omdurman was quiet."
    seen = []

    def tag(clean: str) -> list[Attribution]:
        seen.append(clean)
        return [Attribution((Span(0, 8),), (Span(9, 13),), ())]

    reader = JoinedReader(cast(Gazetteer, None), None, place_names, tag, by_rules)
    out = annotate({"id": "x", "text": text, "published": "2025-03-17"}, reader)
    [found] = out["attributions"]
    assert [text[s:e] for s, e in (*found["source"], *found["cue"])] == ["The army", "said"]
    assert seen == ["The army said that Omdurman was quiet."]
    assert out["claims"]


def test_a_date_that_is_none_is_passed_over() -> None:
    out = annotate({"id": "x", "text": "The army holds Omdurman.", "published": "soon"}, READER)
    assert out["claims"][0]["time"] is None


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_text_gives_offsets_inside_it(text: str) -> None:
    out = annotated(text)
    for claim in out["claims"]:
        assert all(0 <= s < e <= len(text) for s, e in claim["span"])
    for attribution in out["attributions"]:
        for role in ("source", "cue", "content"):
            assert all(0 <= s < e <= len(text) for s, e in attribution[role])

"""The shipped tagger: reads plain reporting, takes any text, keeps its spans inside it.

The sentences are our own.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.reading.tagger.tagger import MODEL, Tagger
from oskil.records import Attribution, Span


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[s.start : s.end] for s in spans]


def one(tagger: Tagger, text: str) -> tuple[list[str], list[str], list[str]]:
    (found,) = tagger.tag(text)
    return words(text, found.source), words(text, found.cue), words(text, found.content)


def inside(text: str, found: list[Attribution]) -> bool:
    spans = [s for a in found for s in (*a.source, *a.cue, *a.content)]
    return all(0 <= s.start < s.end <= len(text) for s in spans)


def test_reported_speech(tagger: Tagger) -> None:
    text = "The mayor of Nyala said that two bridges over the river had been destroyed."
    source, cue, content = one(tagger, text)
    assert source == ["The mayor of Nyala"] and cue == ["said"]
    assert content == ["that two bridges over the river had been destroyed"]


def test_a_quotation_in_two_pieces_has_one_cue(tagger: Tagger) -> None:
    text = "“We hold the northern road,” Colonel Idris said, “and nobody will take it from us.”"
    source, cue, content = one(tagger, text)
    assert source == ["Colonel Idris"] and cue == ["said"]
    assert content == ["We hold the northern road", "and nobody will take it from us"]


def test_a_cue_before_its_content_in_typewriter_marks(tagger: Tagger) -> None:
    source, _, content = one(tagger, 'The governor told reporters: "The town is ours again."')
    assert source == ["The governor"] and content == ["The town is ours again"]


def test_no_attribution_where_nobody_speaks(tagger: Tagger) -> None:
    assert tagger.tag("Rain fell on the valley for three days.") == []


def test_windows_do_not_change_what_a_paragraph_says(tagger: Tagger) -> None:
    text = "The mayor of Nyala said that two bridges over the river had been destroyed."
    long = "\n\n".join([text] * 60)
    found = tagger.tag(long)
    step = len(text) + 2
    starts = sorted(a.content[0].start % step for a in found if a.content)
    assert len(starts) == 60 and len(set(starts)) == 1


def test_offsets_are_code_points_after_astral_characters(tagger: Tagger) -> None:
    text = "🛰️ Officials in Omdurman said that the bridge was closed. 🌉"
    source, _, _ = one(tagger, text)
    assert source == ["Officials in Omdurman"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t",
        "a" * 100_000,
        "ab " * 5_000,
        ". " * 5_000,
        "“" * 2_000,
        "\x00\x01\u202e\u200f",
        "قال الجيش إنه سيطر على المدينة. “نعم”",
        "Генштаб повідомив, що місто звільнено.",
        "👩‍👩‍👧‍👦" * 500,
        "e\u0301" * 3_000,
    ],
)
def test_any_kind_of_text_is_read(tagger: Tagger, text: str) -> None:
    assert inside(text, tagger.tag(text))


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_every_span_lies_inside_the_text(text: str) -> None:
    assert inside(text, _shared().tag(text))


def test_same_text_same_attributions(tagger: Tagger) -> None:
    text = "Gen. Osman said the siege was over, and his deputy denied that it had ever begun."
    assert tagger.tag(text) == tagger.tag(text)


def test_the_files_are_at_most_30_megabytes() -> None:
    assert sum(f.stat().st_size for f in MODEL.iterdir()) <= 30_000_000


_LOADED: list[Tagger] = []


def _shared() -> Tagger:
    if not _LOADED:
        _LOADED.append(Tagger.load())
    return _LOADED[0]

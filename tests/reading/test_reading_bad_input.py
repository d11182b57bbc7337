"""Texts that nobody should have to read: no crash, and offsets stay right."""

from __future__ import annotations

import json
import time
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_fakes import place_names
from typer.testing import CliRunner

from oskil.cli.app import app
from oskil.places.interface import Gazetteer
from oskil.reading.joined import JoinedReader
from oskil.reading.learned import KindModel, LearnedKinds
from oskil.reading.tagger.tagger import Tagger
from oskil.records import quotation
from oskil.sources.interface import Hints
from oskil.sources.plain import document_from_text
from oskil.wire import annotate

REPORT = "Rebels took Tawila on Sunday, a doctor said. “The market burned,” she added, “and we ran.”"
OTHERS = {
    "de": "Die Aufständischen nahmen am Sonntag die Stadt ein, sagte ein Arzt. Er fügte hinzu, dass der"
    " Markt brenne und dass viele Menschen aus den Dörfern geflohen seien, weil die Armee abgezogen ist.",
    "ar": "قال طبيب إن المتمردين سيطروا على المدينة يوم الأحد وإن السوق احترق وإن كثيرا من الناس فروا من"
    " القرى المجاورة لأن الجيش انسحب من مواقعه في الشمال والغرب بعد قتال استمر أسبوعا كاملا",
    "bg": "Бунтовниците превзеха града в неделя, каза лекар. Той добави, че пазарът гори и че много хора са"
    " избягали от селата, защото армията се е изтеглила от позициите си на север.",
}


@pytest.fixture(scope="module")
def reader() -> JoinedReader:
    tagger = Tagger.load(threads=1)
    decide = LearnedKinds(tagger, KindModel.load())
    return JoinedReader(cast(Gazetteer, None), None, place_names, tagger.tag, decide)


def annotated(text: str, reader: JoinedReader, **fields: str) -> dict[str, Any]:
    return annotate({"id": "x", "text": text, "published": "2025-03-17", **fields}, reader)


def assert_inside(out: dict[str, Any], text: str) -> None:
    spans = [s for c in out["claims"] for s in c["span"]]
    spans += [s for a in out["attributions"] for role in a.values() for s in role]
    spans += [(t["start"], t["end"]) for t in out["toponyms"]]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("code", list(OTHERS))
def test_another_language_is_recorded_and_not_misread(code: str, reader: JoinedReader) -> None:
    out = annotated(OTHERS[code], reader, language=code)
    assert out["claims"] == out["attributions"] == out["toponyms"] == []
    assert "cannot be read" in out["reason"]


def test_the_three_languages_and_their_mixture_are_read(reader: JoinedReader) -> None:
    assert "reason" not in annotated(REPORT * 3, reader)
    mixed = REPORT * 2 + "\n\nЗСУ звільнили село Лозове, повідомив Генштаб.\n\n" + OTHERS["de"]
    out = annotated(mixed, reader)
    assert "reason" not in out
    assert_inside(out, mixed)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "A doctor said " + "y" * 100_000 + " was hit.",
        "\x00\x01\x1b[31mRebels\x7f took\x85 Tawila\u2028, a doctor said.\x0c",
        "\U0001f525\U0001f525 Rebels took Tawila \U0001f1f8\U0001f1e9, a doctor said \U0001f468\u200d\u2695.",
        "\u202eRebels took Tawila\u202c, \u200fa doctor\u200f said. \u2067العربية\u2069",
        "Rebels took Tаwila (Тавила, طويلة, 塔維拉), a dоctor said.",
        "“" * 3000,
        "said " * 2000,
        "(" * 2000 + ")" * 2000,
        "A said B said C, D said, E said, F said.\n\n" * 200,
        "e\u0301" * 3000 + " Rebels took Tawila.",
        "A doctor said: “",
        "The mayor wrote:\n\n" * 300,
        "the same day, " * 300 + "the agency told the broadcaster that it fell",
    ],
    ids=[
        "word",
        "word-in-text",
        "controls",
        "emoji",
        "rtl",
        "scripts",
        "quotes",
        "cues",
        "brackets",
        "many",
        "accents",
        "cue-and-mark",
        "announced",
        "pointing-back",
    ],
)
def test_hostile_texts(text: str, reader: JoinedReader) -> None:
    assert_inside(annotated(text, reader), text)


def test_two_megabytes_take_time_in_proportion(reader: JoinedReader) -> None:
    """The rules alone: what the tagger takes is its own matter, and linear by its windows."""
    rules = JoinedReader(
        cast(Gazetteer, None), None, place_names, lambda _: (), lambda c: ["fighting"] * len(c)
    )
    taken = []
    for size in (10_000, 40_000):
        text = (REPORT + " The agency told it: " + "\n\n") * (size // len(REPORT))
        started = time.process_time()
        assert_inside(annotated(text, rules), text)
        taken.append(time.process_time() - started)
    assert taken[1] < 10 * taken[0]


@given(st.text(max_size=120).map(lambda s: f"{s} Rebels took Tawila, a doctor said. {s}"))
@settings(max_examples=40, deadline=None)
def test_spans_round_trip_in_any_text(reader: JoinedReader, text: str) -> None:
    document, _ = document_from_text(text, Hints(published="2025-03-17"), where="x", key="x")
    reading = reader.read(document)
    for claim in reading.claims:
        assert claim.quote == quotation(document.text, claim.spans)
        assert all(0 <= s.start < s.end <= len(document.text) for s in claim.spans)
    for found in reading.attributions:
        for span in (*found.source, *found.cue, *found.content):
            assert document.text[span.start : span.end].strip()
    assert_inside(annotated(text, reader), text)


def test_the_command_says_why_a_text_was_not_read() -> None:
    line = json.dumps({"id": "d", "text": OTHERS["de"], "language": "de"})
    answer = CliRunner().invoke(app, ["annotate"], input=line + "\n")
    assert answer.exit_code == 0
    assert "cannot be read (de)" in json.loads(answer.stdout)["reason"]

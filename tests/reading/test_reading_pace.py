"""What reading costs grows with the length of a text, by a count of calls and not by a clock."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any, cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.attribution import tagged
from oskil.reading.joined import JoinedReader
from oskil.reading.kinds import by_rules
from oskil.records import Attribution, Span
from oskil.wire import annotate

REPORTS = sorted((Path(__file__).parents[2] / "benchmarks").glob("own*/*.txt"))
MOST = 2.2  # times the work for a text of twice the length


def calls(text: str) -> int:
    """Calls of functions of Python and of C while a text is read by rules."""
    reader = JoinedReader(cast(Gazetteer, None), None, place_names, lambda _: (), by_rules)
    count = 0

    def note(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        annotate({"id": "x", "text": text, "published": "2025-03-17"}, reader)
    finally:
        sys.setprofile(before)
    return count


def test_twice_the_text_is_about_twice_the_work() -> None:
    text = "\n\n".join(path.read_text(encoding="utf8").strip() for path in REPORTS[::2])
    calls(text[:2000])  # what is loaded once
    assert calls(text + "\n\n" + text) < MOST * calls(text)


@pytest.mark.parametrize("size", [50, 200])
def test_a_sentence_is_held_against_the_contents_at_it_alone(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "The mayor said it fell. It burned all night.\n\n"
    starts = [k * len(line) for k in range(size)]
    found = [Attribution((Span(k, k + 9),), (Span(k + 10, k + 14),), (Span(k + 15, k + 43),)) for k in starts]
    finder = tagged.JoinedFinder(line * size, found)
    asked = []
    shared = tagged._shared
    monkeypatch.setattr(tagged, "_shared", lambda *given: asked.append(given) or shared(*given))
    sources = [finder.source_before(Span(k + 24, k + 44)) for k in starts]
    assert sources == [Span(k, k + 9) for k in starts]
    assert len(asked) <= size

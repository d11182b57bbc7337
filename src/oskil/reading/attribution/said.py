"""One attribution as a record, and how its spans are cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oskil.reading.text import Token, trim
from oskil.records import Span

MARKS = ' \t\n,;:–—-."“”«»'


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution of a sentence. `source` is None where no one is named; `stance` is the cue's.

    `form` is "verb", "according", "shown" (footage, photographs) or "noun" (claims that ...). `platform`
    is the platform that the cue or its surroundings name.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    lemma: str
    stance: str
    form: str
    platform: str | None = None
    addressee: Span | None = None
    interrupted: bool = False
    lead: Span | None = None
    shared: bool = False
    unsaid: bool = False


def span_of(toks: Sequence[Token], first: int, last: int) -> Span:
    return Span(toks[first].start, toks[last].end)


def stretch(text: str, sentence: Span, start: int, end: int) -> tuple[Span, ...]:
    span = trim(text, Span(max(start, sentence.start), min(end, sentence.end)), MARKS)
    return (span,) if span.end - span.start > 2 else ()

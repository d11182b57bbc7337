"""The propositions of a stretch of Cyrillic text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.reading.attribution.said import MARKS
from oskil.reading.clauses import without_links
from oskil.reading.cyrillic.fields import kind_of
from oskil.reading.cyrillic.words import Word
from oskil.reading.text import trim
from oskil.records import Span

CUT = re.compile(r"[,—–]|\s-\s")
HARD = re.compile(r"[;.!?:]")
THAT = re.compile(r"(?:що|что|будто|та|і|и|а|але|но|однак|однако|проте)\s+", re.I)


def clauses(text: str, span: Span, found: Sequence[Word]) -> list[Span]:
    """A stretch cut at commas, dashes and semicolons where both sides say something of their own."""
    inside = [w for w in found if span.start <= w.start and w.end <= span.end]
    cuts, start = [], 0
    for k in range(1, len(inside)):
        gap = text[inside[k - 1].end : inside[k].start]
        hard = HARD.search(gap) and not re.match(r"\.[^\s]|\.\s?$", gap)
        if (hard or CUT.search(gap)) and _says(inside[start:k]) and _says(_upto(text, inside, k)):
            cuts.append(inside[k].start)
            start = k
    edges = [span.start, *cuts, span.end]
    pieces = [trim(text, Span(a, b), MARKS) for a, b in zip(edges, edges[1:], strict=False)]
    said = [without_links(text, p) for p in pieces]
    return [_without_that(text, p) for p in said if p.end > p.start]


def _without_that(text: str, span: Span) -> Span:
    match = THAT.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def _upto(text: str, found: Sequence[Word], at: int) -> list[Word]:
    """The words up to the next mark."""
    end = at + 1
    while end < len(found) and not re.search("[,;.!?—–]", text[found[end - 1].end : found[end].start]):
        end += 1
    return list(found[at:end])


def _says(found: Sequence[Word]) -> bool:
    """Whether words hold a predicate, or an event without one ("на околицях бої")."""
    return any(w.finite for w in found) or (len(found) > 1 and states(found))


def states(found: Sequence[Word]) -> bool:
    """Whether words speak of something that a kind of claim is about."""
    return kind_of(found, attributed=False) != "background"

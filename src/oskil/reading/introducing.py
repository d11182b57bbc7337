"""A sentence that only says who speaks next: "The mayor wrote:" before a paragraph of his words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.reading.attribution.contents import platform_of
from oskil.reading.attribution.cues import is_cue
from oskil.reading.attribution.subjects import first_subject, strip_tail, subject_start
from oskil.reading.grammar import has_finite
from oskil.reading.text import CLOSING, OPENING, STRAIGHT, Token, tokens, trim
from oskil.records import Span

ENDS_OPEN = re.compile(r":\s*$")
OCCASION = re.compile(
    r"(?:in|on|at|during|after) (?:an?|its|his|her|their|the) [\w-]+(?: [\w-]+)??,? (?=the |an? |[A-Z])", re.I
)
LIST_MARK = re.compile(r"\s*(?:[-*•–—▪●]|\d{1,2}[.)])\s")
COUNTED = re.compile(r"[^:\n.!?]{2,60}:\s+(?:about |some |over |at least )?\d[\d,. ]*(?: [a-z-]+){0,5}[.;,]?")
# "14 tanks", "4 Kh-101 missiles (two over the sea)".
COUNT_FIRST = re.compile(r"(?:about |some |over |at least )?\d[\d,.]*(?: [\w’'()/-]+){1,7}[.;,]?")
LONGEST = 60  # words of such a sentence


def introduces(text: str, sentence: Span, quotes: Sequence[Span]) -> tuple[Span, str | None] | None:
    """The source of a sentence that ends in a colon behind a cue and says nothing else yet, and the platform
    that it names; else None.
    """
    if not ENDS_OPEN.search(text[sentence.start : sentence.end]):
        return None
    toks = tokens(text, sentence, quotes)[:-1]
    if len(toks) > LONGEST or any(t.quoted for t in toks):
        return None
    cues = [k for k in range(len(toks)) if is_cue(toks, k) and not toks[k].low.endswith("ing")]
    source = _source(text, toks, cues[-1]) if cues else None
    return (source, platform_of(toks, cues[-1])) if source else None


def _source(text: str, toks: list[Token], cue: int) -> Span | None:
    start = subject_start(toks, cue)
    if start is None:
        return None
    if start > cue - 1:
        return first_subject(text, toks, cue)
    first = toks[start].start
    if occasion := OCCASION.match(text, first, toks[cue].start):
        first = occasion.end()
    return strip_tail(text, Span(first, toks[cue - 1].end))


def is_quotation(text: str, paragraph: Span) -> bool:
    """Whether a paragraph opens with a quotation mark."""
    return text[paragraph.start] in OPENING + CLOSING + STRAIGHT


def is_item(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is an item of a list."""
    return LIST_MARK.match(text, paragraph.start, paragraph.end) is not None


def counted_lines(text: str, paragraph: Span) -> list[Span]:
    """The lines of a paragraph that is a table in words ("Port: 1,905", "14 tanks"), each a name and a
    number; none of them where one line is something else.
    """
    lines = [
        trim(text, Span(paragraph.start + m.start(), paragraph.start + m.end()), "-*•–—▪● ")
        for m in re.finditer(r"[^\n]+", text[paragraph.start : paragraph.end])
    ]
    return lines if all(_is_count(text, line) for line in lines) else []


def _is_count(text: str, line: Span) -> bool:
    if COUNTED.fullmatch(text, line.start, line.end):
        return True
    first = COUNT_FIRST.fullmatch(text, line.start, line.end)
    return first is not None and not has_finite(tokens(text, line))

"""Which place a number in a claim is about, and the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from oskil.checking.interface import Case
from oskil.checking.tolerances import tolerances
from oskil.records import Place, Quantity, Span

# Farther than this a word does not say what a number counts; a long phrase is about ten words.
_REACH = 60


def before(case: Case, quantity: Quantity) -> str:
    """The claim's words just before the number."""
    return case.document.text[max(_span_of(case, quantity).start, quantity.start - _REACH) : quantity.start]


def onwards(case: Case, quantity: Quantity) -> str:
    """The claim's words from the number to a few after it."""
    return case.document.text[quantity.start : min(_span_of(case, quantity).end, quantity.end + _REACH)]


def written(case: Case, quantity: Quantity) -> str:
    """The number with its unit as the document has it."""
    return " ".join(case.document.text[quantity.start : quantity.end].split())


def figure_of(case: Case, quantity: Quantity) -> str:
    """The number as the document has it, with the words before it."""
    words = written(case, quantity)
    hedge = quantity.comparator
    return words if words.lower().startswith(hedge.lower()) else f"{hedge} {words}"


def _span_of(case: Case, quantity: Quantity) -> Span:
    return _span_at(case, Span(quantity.start, quantity.end))


def _span_at(case: Case, at: Span) -> Span:
    whole = Span(0, len(case.document.text))
    return next((span for span in case.claim.spans if span.overlaps(at)), whole)


def says(text: str, words: Sequence[str]) -> bool:
    """Whether one of these words stands in the text, compared without case."""
    return _pattern(tuple(words), "{}").search(text) is not None


def ends_with(text: str, words: Sequence[str], within: int = 0) -> bool:
    """Whether the text ends with one of these words and at most `within` others."""
    return _pattern(tuple(words), rf"{{}}(?:[\s-]+[\w'’]+){{{{0,{within}}}}}[\s~]*$").search(text) is not None


def goes_on(text: str, first: Sequence[str], within: int = 3) -> bool:
    """Whether one of these words stands after the text's own first word and at most `within` others."""
    return (
        _pattern(tuple(first), rf"^\S*?(?:[\s-]+[\w'’.]+){{{{0,{within}}}}}?[\s-]+{{}}").search(text)
        is not None
    )


@cache
def _pattern(words: tuple[str, ...], around: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(around.format(rf"(?<!\w)(?:{alternatives})(?!\w)"), re.IGNORECASE)


def place_of(case: Case, quantity: Quantity) -> Place | None:
    """The claim's place that the number is about; None where nothing tells."""
    return place_at(case, Span(quantity.start, quantity.end))


def place_at(case: Case, at: Span) -> Place | None:
    """The claim's place that some words are about: the only one, else the one named nearest before them in
    their claim, else nearest after them; None where nothing tells."""
    ids = case.claim.places or case.claim.areas
    if len(ids) == 1:
        return case.gazetteer.get(ids[0])
    span = _span_at(case, at)
    # A nested claim leaves out its subject, which stands just before it.
    named = [
        t
        for t in case.toponyms
        if t.place is not None and t.place.id in ids and span.start - _REACH <= t.start <= span.end
    ]
    before = [t for t in named if t.end <= at.start]
    after = [t for t in named if t.start >= at.end]
    nearest = before[-1:] or after[:1]
    return nearest[0].place if nearest else None


_SENTENCE_END = re.compile(r"(?<![A-Z.]\.)(?<=[.!?])[\"”»’]*\s+(?=[\"“«A-ZА-ЯЇІЄҐ\[])|\n")
_SENTENCE = 600


def sentence_of(case: Case) -> Span:
    """The sentence around the claim's first words: a claim may leave out what stands beside it."""
    first = case.claim.spans[0] if case.claim.spans else Span(0, 0)
    return _sentence_around(case.document.text, first)


# Several checks ask for the sentence of one claim, one after the other.
@lru_cache(maxsize=16)
def _sentence_around(text: str, first: Span) -> Span:
    floor = max(0, first.start - _SENTENCE)
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, floor, first.start)), default=floor)
    end = _SENTENCE_END.search(text, max(first.end - 1, first.start))
    return Span(begin, end.start() if end else len(text))


def found_in(case: Case, pattern: re.Pattern[str]) -> tuple[re.Match[str], ...]:
    """Every match of a pattern in the claim's own words, as matches in the document's text."""
    text = case.document.text
    return tuple(m for span in case.claim.spans for m in pattern.finditer(text, span.start, span.end))


def any_of(name: str) -> str:
    """A pattern for the words of a list of `tolerances.yaml`, the longest first."""
    words = sorted(tolerances().words[name], key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\ ", r"\s+") for word in words)

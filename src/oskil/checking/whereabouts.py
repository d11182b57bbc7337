"""Which place a number in a claim is about, and the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from oskil.checking.interface import Case
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


def _span_of(case: Case, quantity: Quantity) -> Span:
    at = Span(quantity.start, quantity.end)
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
    """The claim's place that the number is about: the only one, else the one named nearest before it in
    its claim, else nearest after it; None where nothing tells."""
    ids = case.claim.places or case.claim.areas
    if len(ids) == 1:
        return case.gazetteer.get(ids[0])
    span = _span_of(case, quantity)
    # A nested claim leaves out its subject, which stands just before it.
    named = [
        t
        for t in case.toponyms
        if t.place is not None and t.place.id in ids and span.start - _REACH <= t.start <= span.end
    ]
    before = [t for t in named if t.end <= quantity.start]
    after = [t for t in named if t.start >= quantity.end]
    nearest = before[-1:] or after[:1]
    return nearest[0].place if nearest else None

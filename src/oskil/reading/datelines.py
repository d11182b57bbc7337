"""The line that opens an agency's report: "KYIV, Ukraine, Sept 16 (Reuters) - ". It claims nothing."""

from __future__ import annotations

import re

from oskil.reading.text import trim
from oskil.records import Span

_CITY = r"[^\W\d_][\w’'.-]*(?:[ /][^\W\d_][\w’'.-]*){0,3}"
_DAY = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: \d{4})?"
)
# With the agency in brackets, or with the city in capitals and a day or nothing between it and the dash.
DATELINE = re.compile(
    rf"(?:{_CITY}(?:, {_CITY})?(?:, (?:{_DAY}))?\s*\([^()\n]{{2,40}}\)"
    rf"|(?-i:[A-ZÀ-ÞА-ЯІЇЄҐ][A-ZÀ-ÞА-ЯІЇЄҐ’'. /-]+)(?:, {_CITY})?(?:, (?:{_DAY}))?)"
    r"\s*(?:--|[—–-])\s+(?=[\"“‘'«]?[A-ZÀ-ÞА-ЯІЇЄҐ\d])"
)
SHORTEST = 20  # characters that must be left of the paragraph


def without_dateline(text: str, paragraph: Span) -> Span:
    """The paragraph behind its date line, where it opens with one."""
    match = DATELINE.match(text, paragraph.start, paragraph.end)
    if match is None or paragraph.end - match.end() < SHORTEST:
        return paragraph
    return trim(text, Span(match.end(), paragraph.end))

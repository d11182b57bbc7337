"""Does a sentence look ahead? What it says decides whether "Friday" is to come, and "this year" runs on."""

from __future__ import annotations

import re
from functools import lru_cache

from oskil.reading.numerals import alternation
from oskil.reading.times.dates import Ahead, data


@lru_cache
def _forward(strict: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = data()
    strictly = raw["forward_strict"].split("|")
    words = strictly if strict else strictly + raw["forward"].split("|")
    whole = r"(?<!\w)(?:{})(?!\w)(?!\s+(?:not\s+)?have\b)"
    report = rf"(?<!\w)(?:{alternation(raw['reporting'].split('|'))})(?!\w)|[”»;:]"
    after = rf",?\s+(?:[\w’'-]+\s+){{0,6}}?(?:{whole.format(alternation(strictly))})"
    cue = whole.format(alternation(words))
    return re.compile(cue, re.I), re.compile(report, re.I), re.compile(after, re.I)


def ahead_in(text: str, end: int, *, strict: bool = False) -> Ahead:
    """Whether the words of time at (start, end) of a text look ahead.

    A modal or a word of intent stands before them with no reporting word between, or a modal right behind.
    Strictly, which is for days, only "will" and its kind count.
    """
    cue, report, after = _forward(strict)

    def ahead(at: int, until: int) -> bool:
        before = re.split(r"[.!?\n](?=\s|$)", text[max(0, at - 120) : at])[-1]
        cues = [match.end() for match in cue.finditer(before)]
        if cues and not report.search(before, cues[-1]):
            return True
        if report.search(before[-40:]):
            return False
        follow = after.match(text, until, min(end, until + 90))
        return bool(
            follow
            and not report.search(follow.group())
            and not re.search(r"[.!?](?=\s)|\b\w{3,}ed\b", follow.group())
        )

    return ahead

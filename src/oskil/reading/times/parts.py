"""Parts and ranges of periods: "late", "the end of", "the second half of", "between Monday and Friday"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from oskil.reading.times.dates import Expression
from oskil.reading.times.reckoning import shift

PART = re.compile(
    r"(?<!\w)(?:(?P<when>early|mid|late|earlier|later)(?:[\s-]+(?:in|on)(?:\s+the)?)?[\s-]+"
    r"|(?:(?:at|in|from|near|towards?|around|over|during)\s+)?(?:the\s+)?(?:very\s+)?"
    r"(?P<piece>start|beginning|opening|outset|end|close|middle|(?:final|last|first) days"
    r"|last week|first weeks?|(?:first|second|latter) half|(?:first|second|third|fourth|last) quarter)"
    r"\s+of\s+(?:the\s+)?"
    r"|(?P<slavic>на початку|в начале|в конце|наприкінці|в кінці|з початку|с начала)\s+)$",
    re.I,
)
SHARES = {
    "early": (0, 1 / 3), "mid": (1 / 3, 2 / 3), "middle": (1 / 3, 2 / 3), "late": (2 / 3, 1),
    "first half": (0, 1 / 2), "second half": (1 / 2, 1), "latter half": (1 / 2, 1),
    "first quarter": (0, 1 / 4), "second quarter": (1 / 4, 1 / 2), "third quarter": (1 / 2, 3 / 4),
    "fourth quarter": (3 / 4, 1), "last quarter": (3 / 4, 1),
}  # fmt: skip
YEAR_MONTHS = {
    "early": (1, 3), "mid": (5, 8), "middle": (5, 8), "late": (10, 12),
    "first half": (1, 6), "second half": (7, 12), "latter half": (7, 12),
    "first quarter": (1, 3), "second quarter": (4, 6), "third quarter": (7, 9),
    "fourth quarter": (10, 12), "last quarter": (10, 12), "start": (1, 1), "end": (12, 12),
}  # fmt: skip
EDGES = {
    "start": 0, "beginning": 0, "opening": 0, "outset": 0, "first days": 0, "first week": 0, "first weeks": 0,
    "end": 1, "close": 1, "final days": 1, "last days": 1, "last week": 1,
}  # fmt: skip


def part(text: str, atom: Expression, start: int, published: dt.date) -> Expression:
    """The part of a period that the words before name; "earlier" ends and "later" begins at publication."""
    match = PART.search(text[max(start, atom.start - 40) : atom.start])
    if match is None or atom.first is None or atom.last is None:
        return atom
    at = max(start, atom.start - 40) + match.start()
    if match["slavic"]:
        word = "start" if re.search("поч|нач", match["slavic"], re.I) else "end"
    else:
        word = (match["when"] or match["piece"]).lower()
    if word in ("earlier", "later"):
        return _beside_now(atom, word, at, published)
    if atom.grain in ("day", "days"):
        return replace(atom, start=at) if match["when"] else atom
    first, last = _slice(atom, word)
    return replace(atom, start=at, first=first, last=last, weak=False, grain="span")


def _beside_now(atom: Expression, word: str, at: int, published: dt.date) -> Expression:
    first, last = atom.first, atom.last
    if first and last and first <= published <= last and atom.grain != "day":
        first, last = (first, published) if word == "earlier" else (published, last)
    return replace(atom, start=at, first=first, last=last, ranged=True)


def _slice(atom: Expression, word: str) -> tuple[dt.date, dt.date]:
    """Parts of a year go by months, of anything else by days; a start or an end is a week at most."""
    assert atom.first is not None and atom.last is not None
    edge = EDGES.get(word)
    word = word if edge is None else ("start", "end")[edge]
    if atom.grain == "year" and atom.first.year == atom.last.year:
        low, high = YEAR_MONTHS[word]
        last = shift(dt.date(atom.first.year, high, 1), 1, "month")
        return atom.first.replace(month=low), last - dt.timedelta(days=1) if last else atom.last
    days = (atom.last - atom.first).days + 1
    if edge is not None:
        # The start of a week is its first day, of a month its first week.
        width = dt.timedelta(days=max(0, min(days // 4, 7) - 1))
        return (atom.last - width, atom.last) if edge else (atom.first, atom.first + width)
    low_share, high_share = SHARES[word]
    first = atom.first + dt.timedelta(days=round(days * low_share))
    return first, max(first, atom.first + dt.timedelta(days=round(days * high_share) - 1))


# ---- ranges: "Monday and Tuesday", "from 2022 to 2025", "December to February" ----

CONNECTOR = re.compile(
    r"\s*(?:(?:and|or|to|through|until|till|into|та|і|и|до|по|або|или)\s+(?:(?:on|in|at)\s+)?|[-–—]\s*)",
    re.I,
)
LISTED = re.compile(r"\b(?:and|or|та|і|и|або|или)\b", re.I)
YEAR_AND_NEXT = re.compile(
    r"\s+and\s+(?:the\s+)?next(?![\s-]*\w*(?:week|month|year|day|spring|summer|autumn|winter))\b"
)


def joined(text: str, found: list[Expression]) -> list[Expression]:
    """Makes one of two that are joined: ranges, lists, and a weekday with its date."""
    out: list[Expression] = []
    for one in found:
        before = out[-1] if out else None
        if before and _same_day(text, before, one):
            out[-1] = replace(one, start=before.start)
            continue
        merged = _merge(before, one) if before and _connected(text, before, one) else None
        if merged is not None:
            out[-1] = merged
        else:
            out.append(one)
    return [_and_next(text, e) for e in out]


def _same_day(text: str, one: Expression, other: Expression) -> bool:
    """ "Monday, 8 May": the date says which Monday."""
    if one.grain != "day" or other.grain != "day" or any(c.isdigit() for c in text[one.start : one.end]):
        return False
    gap = text[one.end : other.start]
    return bool(re.fullmatch(r"\s*[,(]?\s*(?:the\s)?", gap)) and any(
        c.isdigit() for c in text[other.start : other.end]
    )


def _connected(text: str, one: Expression, other: Expression) -> bool:
    """Whether words of a range stand between the two; "and" and "or" join only what is equally fine."""
    match = CONNECTOR.fullmatch(text, one.end, other.start)
    if match is None or one.weak or other.weak:
        return False
    alike = one.grain == other.grain or {one.grain, other.grain} == {"day", "days"}
    return alike or not LISTED.search(match.group())


def _merge(one: Expression, other: Expression) -> Expression | None:
    if (
        other.grain in ("month", "season")
        and one.first
        and other.first
        and other.last
        and other.first < one.first
    ):
        # "This spring or summer": the second follows the first.
        moved = shift(other.first, 1, "year"), shift(other.last, 1, "year")
        other = replace(other, first=moved[0], last=moved[1])
    if one.first is None or other.last is None or (one.last and other.first and other.first < one.first):
        return None
    return replace(
        one, end=other.end, last=other.last, ranged=True, grain="days" if one.grain == "day" else "span"
    )


def _and_next(text: str, one: Expression) -> Expression:
    """ "This year and next" reaches to the end of the next."""
    match = YEAR_AND_NEXT.match(text, one.end)
    if match is None or one.grain not in ("week", "month", "year") or one.last is None:
        return one
    last = shift(one.last + dt.timedelta(days=1), 1, one.grain) if one.last < dt.date.max else None
    return (
        one if last is None else replace(one, end=match.end(), last=last - dt.timedelta(days=1), ranged=True)
    )

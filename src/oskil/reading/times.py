"""The period that words state, against the day of publication.

Explicit dates (`dates.py`) and relative words (`spells.py`) are found first; then the words around them
("late", "the end of", "since", "between ... and") cut and join them. No parser of general dates is
asked: one that guesses is worse here than none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from oskil.reading.dates import Expression, data, dates
from oskil.reading.numerals import alternation
from oskil.reading.spells import Setting, number_of, shift, spells, unit_of
from oskil.records import Period, Span

LOOK_BACK = 500  # characters before a phrase like "two days later" in which its day is sought
PLACEHOLDER = dt.date(2000, 6, 15)


def time_expressions(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Where the words of time stand in text[start:end], in order."""
    found = expressions(
        text, start, end, PLACEHOLDER, war_began=PLACEHOLDER.replace(year=1998), anchor=PLACEHOLDER
    )
    return tuple(Span(e.start, e.end) for e in found)


def resolve_period(
    text: str,
    start: int,
    end: int,
    published: dt.date,
    *,
    anchor: dt.date | None = None,
    war_began: dt.date | None = None,
) -> Period | None:
    """The period that text[start:end] states, or None where it states none.

    Of several the first counts; words like "now" and "recently" only where there is no other. `anchor`
    is the day that "two days later" or "the same day" counts from; without it the nearest day
    named in the text before is taken. `war_began` resolves "since the invasion".
    """
    found = expressions(text, start, end, published, anchor=anchor, war_began=war_began)
    if not found:
        return None
    chosen = next((e for e in found if not e.weak), found[0])
    return Period(chosen.first, chosen.last)


def expressions(
    text: str,
    start: int,
    end: int | None,
    published: dt.date,
    *,
    anchor: dt.date | None = None,
    war_began: dt.date | None = None,
) -> tuple[Expression, ...]:
    """All words of time in text[start:end] with what they come to, in order and apart from one another."""
    end = len(text) if end is None else max(0, min(end, len(text)))
    start = max(0, min(start, end))

    def back(at: int) -> dt.date | None:
        return anchor or _named_before(text, at, published)

    setting = Setting(published, war_began, back)
    atoms = _atoms(text, start, end, setting)
    parted = [_part(text, atom, start, published) for atom in atoms]
    joined = _joined(text, parted)
    operated = [_operated(text, e, start, published) for e in joined]
    return tuple(_ordered(_clipped(text, e, published)) for e in operated)


def _atoms(text: str, start: int, end: int, setting: Setting) -> list[Expression]:
    """The plainest expressions: explicit dates and relative words; of those that overlap the longer."""
    ahead, strict = _ahead_in(text, end), _ahead_in(text, end, strict=True)
    explicit = dates(text, start, end, setting.published, ahead, strict)
    found = [*explicit, *spells(text, start, end, setting, strict)]
    found.sort(key=lambda e: (e.start - e.end, e.start))
    kept: list[Expression] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda e: e.start)


def _named_before(text: str, at: int, published: dt.date) -> dt.date | None:
    """The nearest day named before a position, for what counts from it."""
    low = max(0, at - LOOK_BACK)
    setting = Setting(published, None, lambda _: None)
    days = [e for e in _atoms(text, low, at, setting) if e.grain == "day" and not e.weak]
    return days[-1].first if days else None


# ---- does the sentence look ahead? ----


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


def _ahead_in(text: str, end: int, *, strict: bool = False) -> Callable[[int, int], bool]:
    cue, report, after = _forward(strict)

    def ahead(at: int, until: int) -> bool:
        before = re.split(r"[.!?\n](?=\s|$)", text[max(0, at - 120) : at])[-1]
        last = None
        for last in cue.finditer(before):
            pass
        if last is not None and not report.search(before, last.end()):
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


# ---- parts of a period: "late", "the end of", "the second half of" ----

PART = re.compile(
    r"(?<!\w)(?:(?P<when>early|mid|late|earlier|later)(?:[\s-]+(?:in|on)(?:\s+the)?)?[\s-]+"
    r"|(?:(?:at|in|from|near|towards?|around|over|during)\s+)?(?:the\s+)?(?:very\s+)?"
    r"(?P<piece>start|beginning|opening|outset|end|close|final days|last days|last week|first days|first week|first weeks"
    r"|middle|first half|second half|latter half|first quarter|second quarter|third quarter|fourth quarter|last quarter)"
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


def _part(text: str, atom: Expression, start: int, published: dt.date) -> Expression:
    """The part of a period that the words before it name; an earlier or later part runs up to or from publication."""
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
    r"\s*(?:,\s*)?(?:(?:and|or|to|through|until|till|into|та|і|и|до|по|або|или)\s+(?:(?:on|in|at)\s+)?|[-–—]\s*)",
    re.I,
)
YEAR_AND_NEXT = re.compile(
    r"\s+and\s+(?:the\s+)?next(?![\s-]*\w*(?:week|month|year|day|spring|summer|autumn|winter))\b"
)


def _joined(text: str, found: list[Expression]) -> list[Expression]:
    out: list[Expression] = []
    for one in found:
        before = out[-1] if out else None
        if before and not before.weak and not one.weak and CONNECTOR.fullmatch(text, before.end, one.start):
            merged = _merge(before, one)
            if merged is not None:
                out[-1] = merged
                continue
        out.append(one)
    return [_and_next(text, e) for e in out]


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


# ---- operators: since, until, by, before, after, "two days after" ----


@lru_cache
def _operators() -> re.Pattern[str]:
    raw = data()
    named = "|".join(
        rf"(?P<{name}>{alternation(raw[name].split('|'))})"
        for name in ("from_early", "as_of", "since", "until", "by", "before", "after")
    )
    return re.compile(rf"(?<!\w)(?:{named})\s+(?:(?:the|an?|in|on|about|around|at least)\s+)*$", re.I)


COUNTED = (
    r"(?P<{0}number>[0-9]{{1,3}}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?P<{0}unit>days?|weeks?|months?|years?)\s+(?P<{0}way>before|after|prior to|ahead of|following)"
)
OFFSET = re.compile(rf"(?<!\w)(?:{COUNTED.format('a')}\s+and\s+)?{COUNTED.format('b')}\s+(?:the\s+)?$", re.I)
NIGHT = re.compile(
    r"(?<!\w)(?:(?:overnight|the night)\s+(?:into|to|before)|overnight(?:\s+(?:on|from))?|in the early hours of"
    r"|в ночь на|вночі на|ніч на|в ніч на)\s+$",
    re.I,
)


def _operated(text: str, one: Expression, start: int, published: dt.date) -> Expression:
    low = max(start, one.start - 60)
    before = text[low : one.start]
    if one.grain == "day" and (night := NIGHT.search(before)) and one.first:
        first = one.first if "hours" in night.group() else shift(one.first, -1, "day")
        return replace(one, start=low + night.start(), first=first, grain="days")
    if one.grain == "day" and (offset := OFFSET.search(before)):
        return _offset(one, offset, low + offset.start())
    match = _operators().search(before)
    name = match.lastgroup if match else None
    if match is None or name is None or (one.ranged and name in ("since", "after", "before", "by")):
        return one
    at = low + match.start()
    if name == "until" and text[at:].lower().startswith(("through", "до")) and one.grain == "span":
        return one
    return replace(_apply(name, one, published), start=at)


def _apply(name: str, one: Expression, published: dt.date) -> Expression:
    first, last = one.first, one.last
    if name == "since":
        # "Since the end of May" counts from its last day.
        begun = (
            last
            if one.grain == "span" and last and first and (last - first).days < 8 and last.day > 20
            else first
        )
        first, last = begun, published
    elif name == "from_early":
        last = None
    elif name == "until":
        first = None
    elif name == "by":
        first = published if last and last > published + dt.timedelta(days=7) else None
    elif name == "before":
        first, last = None, shift(first, -1, "day") if first else None
    elif name == "after":
        first, last = (last if one.grain in ("day", "days") else first), published
    return replace(one, first=first, last=last, grain="span" if name != "as_of" else one.grain, ranged=True)


def _offset(one: Expression, match: re.Match[str], at: int) -> Expression:
    """ "Two days before X", or from "two days before" to "two days after X"."""
    assert one.first is not None
    days = []
    for side in ("a", "b"):
        if match[side + "number"]:
            sign = 1 if match[side + "way"].lower() in ("after", "following") else -1
            days.append(
                shift(one.first, sign * number_of(match[side + "number"]), unit_of(match[side + "unit"]))
            )
    known = sorted(d for d in days if d)
    if not known:
        return one
    return replace(one, start=at, first=known[0], last=known[-1], grain="days" if len(known) > 1 else "day")


# ---- what has not yet happened is cut off, unless the sentence looks ahead ----


def _clipped(text: str, one: Expression, published: dt.date) -> Expression:
    if one.ranged or one.first is None or one.last is None or not one.first <= published < one.last:
        return one
    if one.grain == "days" or (one.grain == "span" and one.first == published):
        return one
    if _ahead_in(text, len(text))(one.start, one.end):
        return one
    return replace(one, last=published)


def _ordered(one: Expression) -> Expression:
    if one.first and one.last and one.first > one.last:
        return replace(one, last=None)
    return one

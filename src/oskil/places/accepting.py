"""Whether words that could be a place's name are one here, judged by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.places import cues
from oskil.places.candidates import CITY, WELL_KNOWN, is_demonym, local, metonyms
from oskil.places.mention import Found, Searched
from oskil.places.normalise import key
from oskil.places.tokens import Token, adjacent
from oskil.places.words import words
from oskil.records import Place

INNER = frozenset(
    [
        "of",
        "the",
        "on",
        "and",
        "de",
        "la",
        "le",
        "el",
        "al",
        "upon",
        "del",
        "da",
        "do",
        "di",
        "des",
        "du",
        "der",
        "den",
        "les",
        "las",
        "los",
        "sur",
        "ob",
        "am",
        "im",
        "an",
        "y",
        "e",
        "i",
        "na",
        "nad",
        "pod",
    ]
)
_KNOWN = 15_000  # people
_CONTRACTION = re.compile(r"['’](?:ve|re|ll|d|t|m)$")


def reach(it: Searched, first: int, longest: int) -> int:
    """The last token up to which words stand side by side as those of one name do."""
    last = first
    while last + 1 < len(it.tokens) and last + 1 - first < longest:
        left, right = it.tokens[last], it.tokens[last + 1]
        if not (adjacent(it.text, left, right) or left.text.endswith(".")):
            break
        last += 1
        if not (right.capital or right.low in INNER):
            break
    return last


def one_name(it: Searched, first: int, last: int) -> bool:
    if first == last:
        return it.tokens[first].capital
    run = it.tokens[first : last + 1]
    if any(not adjacent(it.text, a, b) for a, b in zip(run, run[1:], strict=False)):
        return _saint(it, run)
    if any(not t.capital and t.low not in INNER for t in run[1:-1]):
        return False
    if run[-1].capital:
        return True
    return (run[-1].low in words("regions") or run[-1].low in CITY) and _bare(run[0])


def _bare(token: Token) -> bool:
    """Whether a word before "city" or "oblast" can be a name: not in "the city" or "a Canadian city"."""
    return token.low not in words("ordinary") and not is_demonym(token)


def _saint(it: Searched, run: Sequence[Token]) -> bool:
    return (
        len(run) == 2
        and run[0].text.endswith(".")
        and it.text[run[0].end : run[1].start] == " "
        and run[1].capital
    )


def accepted(it: Searched, first: int, last: int, candidates: Sequence[Place]) -> bool:
    head, tail = it.tokens[first], it.tokens[last]
    if any(p.kind == "country" for p in candidates):
        return not (first == last and head.low in words("ordinary") and not head.text.isupper())
    if it.others.cover(head.start, tail.end) or _feature(it, first, last):
        return False
    if any(p.kind == "region" for p in candidates):
        return not _inside_longer(it, first, last)
    if last == first and not _is_name(it, first):
        return False
    return not _inside_longer(it, first, last) and _likely(it, first, last, candidates)


def _is_name(it: Searched, at: int) -> bool:
    """Whether a single word can be a place's name at all, for what it is and does."""
    token = it.tokens[at]
    low = token.low
    if len(low) < 3 or low in words("ordinary", "time", "facilities", "regions"):
        return False
    if _CONTRACTION.search(low) or is_demonym(token):
        return False
    capital = key(token.text) in metonyms()
    if low in it.others.surnames and not capital:
        return False
    if low in words("first_names") and not cues.locating(it.tokens, at):
        return False
    following = it.tokens[at + 1].low if at + 1 < len(it.tokens) else ""
    speaks = following in words("speaking") and adjacent(it.text, token, it.tokens[at + 1])
    return capital or not speaks


def _inside_longer(it: Searched, first: int, last: int) -> bool:
    """Whether capitalised neighbours make the words part of a longer name, as a surname is."""
    if first:
        left = it.tokens[first - 1]
        side_by_side = adjacent(it.text, left, it.tokens[first])
        if side_by_side and left.low in words("titles") and last == first:
            return True
        if side_by_side and left.capital and not _loose(left, left.heads):
            return True
    if last + 1 < len(it.tokens):
        right = it.tokens[last + 1]
        if right.capital and adjacent(it.text, it.tokens[last], right) and not facility(it, last):
            return right.low not in words("after", "time", "titles") and not is_demonym(right)
    return False


def facility(it: Searched, last: int) -> bool:
    """Whether the words after a name make it that of a works or a station: "Lyman Railway Station"."""
    at = last + 1
    while (
        at < len(it.tokens) and it.tokens[at].capital and adjacent(it.text, it.tokens[at - 1], it.tokens[at])
    ):
        if it.tokens[at].low in words("facilities"):
            return True
        at += 1
    return False


def continues(it: Searched, at: int) -> bool:
    before = it.tokens[at - 1] if at else None
    if before is None or not before.capital or _compound(before):
        return False
    return adjacent(it.text, before, it.tokens[at])


def _compound(token: Token) -> bool:
    """Whether it is an adjective made with a name: "Russian-held Donetsk", "Moscow-annexed Crimea"."""
    return token.text.rpartition("-")[2][:1].islower() and "-" in token.text


def _loose(token: Token, heads: bool) -> bool:
    """Whether a capitalised word before a name is no part of it."""
    if token.low in words("time") or is_demonym(token) or token.low in words("after") or _compound(token):
        return True
    return token.low in words("ordinary") or (heads and token.low in words("locating"))


def _feature(it: Searched, first: int, last: int) -> bool:
    """Whether the name is that of a river, a lake, a street: "Oskil River", "Lake Chad"."""
    following = it.tokens[last + 1] if last + 1 < len(it.tokens) else None
    if (
        following
        and following.capital
        and adjacent(it.text, it.tokens[last], following)
        and following.low in words("features")
    ):
        return True
    before = it.tokens[first - 1] if first else None
    return bool(
        before
        and before.capital
        and before.low in words("features_before")
        and adjacent(it.text, before, it.tokens[first])
    )


def _likely(it: Searched, first: int, last: int, candidates: Sequence[Place]) -> bool:
    """Whether enough speaks for a place: its size, the conflict's area, or the words before it."""
    biggest = max(p.population for p in candidates)
    if biggest >= WELL_KNOWN or any(local(p, it.profile) for p in candidates):
        return not (it.tokens[first].heads and first == last and it.tokens[first].low in it.lower)
    if cues.locating(it.tokens, first):
        return True
    if it.tokens[first].heads and first == last:
        return False
    return biggest >= _KNOWN or last > first


_UNLIKE_PLACES = ("ordinary", "time", "facilities", "titles", "bodies", "features", "first_names")


def nameable(it: Searched, first: int, last: int) -> bool:
    run = it.tokens[first : last + 1]
    barred = words(*_UNLIKE_PLACES)
    if any(t.low in barred or t.text.isupper() or is_demonym(t) or t.low in it.others.surnames for t in run):
        return False
    return (
        not it.others.cover(run[0].start, run[-1].end)
        and not _feature(it, first, last)
        and not _inside_longer(it, first, last)
    )


def cued(it: Searched, at: int, start: int, end: int, previous: Found | None) -> bool:
    """Whether the text itself calls the run a place: by a relation, "the village of", or a list of such."""
    if (
        cues.relation(it.text, start, end)
        or (facility(it, at) and not continues(it, at))
        or (at and it.tokens[at - 1].low == "of" and cues.locating(it.tokens, at))
    ):
        return True
    if previous is None or previous.use not in ("name", "unknown"):
        return False
    return bool(previous.relation) and it.text[previous.end : start].strip() in (",", "and", ", and", "or")

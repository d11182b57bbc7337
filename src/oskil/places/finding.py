"""Finds the names of places in a text, with their candidates; which of these is meant is not settled here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from oskil.conflict.countries import countries
from oskil.conflict.profile import ConflictProfile
from oskil.places import cues
from oskil.places.interface import Gazetteer
from oskil.places.names import OtherNames
from oskil.places.normalise import alike, key
from oskil.places.tokens import Token, adjacent, phrase, tokens
from oskil.places.words import words
from oskil.records import Place

_LONGEST = 6
_CARRIED = ("near", "toward", "direction")
_LISTED = re.compile(r"^(?:\s+itself)?\s*(?:,|,?\s+and|,?\s+or|/)\s+$|^[-–]$")
_INNER = frozenset(
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
_CITY = frozenset({"city", "town"})
_WELL_KNOWN = 100_000  # people; a name of so big a town needs no other sign that it is one
_KNOWN = 15_000
_TOWN = 5_000
_ALIKE = 0.75
_ONCE = 0.5
_SURELY_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """A name as found. `use` is name, demonym, metonym or unknown; `sounded`: only the sound matched."""

    start: int
    end: int
    phrase: str
    use: str
    candidates: tuple[Place, ...] = ()
    relation: str = ""
    sounded: bool = False


@cache
def _demonyms() -> Mapping[str, tuple[str, ...]]:
    return _by_form("demonyms")


@cache
def _metonyms() -> Mapping[str, tuple[str, ...]]:
    return _by_form("capital_metonyms")


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(
        f for c in countries().values() for f in c.forms if f.replace(".", "").isupper() and len(f) <= 7
    )


def _by_form(attribute: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for iso, country in countries().items():
        for form in getattr(country, attribute):
            found[key(form)] = (*found.get(key(form), ()), iso)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """A text being searched."""

    text: str
    tokens: Sequence[Token]
    gazetteer: Gazetteer
    profile: ConflictProfile
    others: OtherNames
    aliases: Mapping[str, str]
    lower: frozenset[str]


def find(text: str, gazetteer: Gazetteer, profile: ConflictProfile) -> list[Found]:
    """All names of places, demonyms of countries and metonyms, in order and without overlap."""
    words_of_text = tokens(text)
    lower = frozenset(t.low for t in words_of_text if not t.text[0].isupper())
    aliases = {key(one): other for one, other in profile.toponym_aliases}
    others = OtherNames(text, words_of_text, profile)
    context = _Text(text, words_of_text, gazetteer, profile, others, aliases, lower)
    return list(_scan(context))


def _scan(it: _Text) -> Iterator[Found]:
    at = 0
    previous: Found | None = None
    while at < len(it.tokens):
        taken, found = _take(it, at, previous) if it.tokens[at].capital else (1, [])
        for one in found:
            previous = _carried(it.text, previous, one)
            yield previous
        at += taken


def _carried(text: str, previous: Found | None, one: Found) -> Found:
    """A relation holds for a whole list: "near Lyman, Yampil and Zakitne"."""
    if previous is None or one.relation or previous.relation not in _CARRIED:
        return one
    return replace(one, relation=previous.relation) if in_list(text, previous, one) else one


def in_list(text: str, one: Found, other: Found) -> bool:
    """Whether two names stand side by side in an enumeration."""
    return {one.use, other.use} <= {"name", "unknown"} and bool(_LISTED.match(text[one.end : other.start]))


def _take(it: _Text, at: int, previous: Found | None) -> tuple[int, list[Found]]:
    """How many tokens to pass over, and what was found in them."""
    for last in range(min(at + _LONGEST, len(it.tokens)) - 1, at - 1, -1):
        if not _one_name(it, at, last):
            continue
        candidates, sounded = _candidates(it, at, last)
        if candidates and _accepted(it, at, last, candidates):
            return last - at + 1, [_named(it, at, last, candidates, sounded)]
        if use := _country_use(it, at, last):
            return last - at + 1, [use]
    if "-" in it.tokens[at].text and (parts := list(_hyphenated(it, at))):
        return 1, parts
    return _unknown(it, at, previous)


def _one_name(it: _Text, first: int, last: int) -> bool:
    run = it.tokens[first : last + 1]
    if any(not adjacent(it.text, a, b) for a, b in zip(run, run[1:], strict=False)):
        return _saint(it, run)
    if any(not t.capital and t.low not in _INNER for t in run[1:-1]):
        return False
    if run[-1].capital:
        return True
    return len(run) > 1 and run[-1].low in words("regions") | _CITY and run[0].low not in words("ordinary")


def _saint(it: _Text, run: Sequence[Token]) -> bool:
    return (
        len(run) == 2
        and run[0].text.endswith(".")
        and it.text[run[0].end : run[1].start] == " "
        and run[1].capital
    )


def _candidates(it: _Text, first: int, last: int) -> tuple[tuple[Place, ...], bool]:
    name = phrase(it.text, it.tokens[first : last + 1])
    if name.isupper() and len(name) < 4 or "." in name and name.replace(".", "").isupper():
        return (
            tuple(p for p in it.gazetteer.search(name) if p.kind == "country") if name in _acronyms() else ()
        ), False
    if last > first and it.tokens[last].low in words("regions"):
        base = phrase(it.text, it.tokens[first:last])
        return tuple(region_of(it.gazetteer, base)), False
    found = list(it.gazetteer.search(name))
    if alias := it.aliases.get(key(name)):
        found += [p for p in it.gazetteer.search(alias) if p not in found]
    if not found and last > first and it.tokens[last].low in _CITY:
        base = phrase(it.text, it.tokens[first:last])
        found = [p for p in it.gazetteer.search(base) if p.kind == "settlement"]
    return tuple(_borne(name, found)), False


def _borne(name: str, found: Sequence[Place]) -> Iterator[Place]:
    """Leaves out places that once bore the name, where another of their country bears it now: half the towns of
    a country were called Oleksandrivka in some year."""
    likeness = [alike(name, p.name) for p in found]
    bearers = {p.country for p, like in zip(found, likeness, strict=True) if like >= _ALIKE}
    for place, like in zip(found, likeness, strict=True):
        if place.country not in bearers or like >= _ONCE or place.kind != "settlement":
            yield place


def region_of(gazetteer: Gazetteer, base: str) -> list[Place]:
    """The regions that a stem names: "Kharkiv" of "Kharkiv Oblast", "Donbas" of "Donbas region"."""
    named = gazetteer.search(f"{base} region") or gazetteer.search(base)
    return [p for p in named if p.kind == "region"]


def _accepted(it: _Text, first: int, last: int, candidates: Sequence[Place]) -> bool:
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


def _is_name(it: _Text, at: int) -> bool:
    """Whether a single word can be a place's name at all, for what it is and does."""
    token = it.tokens[at]
    low = token.low
    if len(low) < 3 or low in words("ordinary") or low in words("time") or key(token.text) in _demonyms():
        return False
    capital = key(token.text) in _metonyms()
    if low in it.others.surnames and not capital:
        return False
    if low in words("first_names") and not cues.locating(it.tokens, at):
        return False
    following = it.tokens[at + 1].low if at + 1 < len(it.tokens) else ""
    speaks = following in words("speaking") and adjacent(it.text, token, it.tokens[at + 1])
    return capital or not speaks


def _inside_longer(it: _Text, first: int, last: int) -> bool:
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
        if right.capital and adjacent(it.text, it.tokens[last], right) and not _facility(it, last):
            return not (right.low in words("after") or right.low in words("time") or _is_demonym(right))
    return False


def _facility(it: _Text, last: int) -> bool:
    """Whether the capitalised words after a name make it that of a works or a station: "Lyman Railway Station"."""
    at = last + 1
    while (
        at < len(it.tokens) and it.tokens[at].capital and adjacent(it.text, it.tokens[at - 1], it.tokens[at])
    ):
        if it.tokens[at].low in words("facilities"):
            return True
        at += 1
    return False


def _continues(it: _Text, at: int) -> bool:
    return at > 0 and it.tokens[at - 1].capital and adjacent(it.text, it.tokens[at - 1], it.tokens[at])


def _loose(token: Token, heads: bool) -> bool:
    """Whether a capitalised word before a name is no part of it."""
    if token.low in words("time") or _is_demonym(token) or token.low in words("after"):
        return True
    return token.low in words("ordinary") or (heads and token.low in words("locating"))


def _is_demonym(token: Token) -> bool:
    return key(token.text) in _demonyms()


def _feature(it: _Text, first: int, last: int) -> bool:
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


def _likely(it: _Text, first: int, last: int, candidates: Sequence[Place]) -> bool:
    """Whether enough speaks for a place: its size, the conflict's area, or the words before it."""
    biggest = max(p.population for p in candidates)
    if biggest >= _WELL_KNOWN or any(local(p, it.profile) for p in candidates):
        return not (it.tokens[first].heads and first == last and it.tokens[first].low in it.lower)
    if cues.locating(it.tokens, first):
        return True
    if it.tokens[first].heads and first == last:
        return False
    return biggest >= _KNOWN or last > first


def local(place: Place, profile: ConflictProfile) -> bool:
    """Whether a place lies in the conflict's countries and its box."""
    west, south, east, north = profile.bbox
    return place.country in profile.countries and west <= place.lon <= east and south <= place.lat <= north


def _named(it: _Text, first: int, last: int, candidates: tuple[Place, ...], sounded: bool) -> Found:
    start, end = it.tokens[first].start, it.tokens[last].end
    name = it.text[start:end]
    use = "name"
    if key(name) in _metonyms() and cues.metonym(it.text, it.tokens, first, last):
        use = "metonym"
    return Found(start, end, name, use, candidates, cues.relation(it.text, start, end), sounded)


def _country_use(it: _Text, first: int, last: int) -> Found | None:
    """A demonym, or a metonym that is no settlement ("the Kremlin"), as a mention of its country."""
    return _country_form(it, it.tokens[first].start, it.tokens[last].end)


def _country_form(it: _Text, start: int, end: int) -> Found | None:
    name = it.text[start:end]
    for forms, use in ((_demonyms(), "demonym"), (_metonyms(), "metonym")):
        if isos := forms.get(key(name)):
            places = tuple(_country_places(it.gazetteer, isos))
            return Found(start, end, name, use, places) if places else None
    return None


def _hyphenated(it: _Text, at: int) -> Iterator[Found]:
    """The parts of a compound that is no name itself: "Moscow-installed", "Lyman-Izyum". Nothing where the
    whole may be one name that the gazetteer lacks ("Rai-Oleksandrivka")."""
    token = it.tokens[at]
    parts = token.text.split("-")
    lower = not parts[-1][:1].isupper() or parts[0].lower() == "pro"
    found = []
    start = token.start
    for part in parts:
        one = _part(it, part, start, token.end, "metonym" if lower else "name")
        if one is not None:
            found.append(one)
        start += len(part) + 1
    if lower or len(found) == len(parts):
        yield from found


def _country_places(gazetteer: Gazetteer, isos: Sequence[str]) -> Iterator[Place]:
    for iso in isos:
        yield from (
            p for p in gazetteer.search(countries()[iso].name) if p.kind == "country" and p.country == iso
        )


def _part(it: _Text, part: str, start: int, stop: int, use: str) -> Found | None:
    end = start + len(part)
    if not part[:1].isupper() or it.others.cover(start, end):
        return None
    if key(part) in _demonyms():
        return _country_form(it, start, end)
    candidates = tuple(it.gazetteer.search(part))
    if len(part) <= 3 or part.lower() in words("ordinary") or not _worth(candidates, it.profile):
        return None
    return Found(start, end, part, use, candidates, cues.relation(it.text, start, stop))


def _worth(candidates: Sequence[Place], profile: ConflictProfile) -> bool:
    return any(
        p.kind != "settlement" or p.population >= (_TOWN if local(p, profile) else _WELL_KNOWN)
        for p in candidates
    )


def _unknown(it: _Text, at: int, previous: Found | None) -> tuple[int, list[Found]]:
    """A capitalised run that the gazetteer lacks: by its sound, or unplaced where the text makes it a place."""
    last = at
    while (
        not _facility(it, last)
        and last + 1 < len(it.tokens)
        and it.tokens[last + 1].capital
        and adjacent(it.text, it.tokens[last], it.tokens[last + 1])
    ):
        last += 1
    run = it.tokens[at : last + 1]
    if not _nameable(it, at, last):
        return 1, []
    name = phrase(it.text, run)
    start, end = run[0].start, run[-1].end
    cued = _cued(it, at, start, end, previous)
    sounding = tuple(_sounding(it, name, cued))
    if not sounding and not cued:
        return 1, []
    use = "name" if sounding else "unknown"
    return last - at + 1, [
        Found(start, end, name, use, sounding, cues.relation(it.text, start, end), bool(sounding))
    ]


@cache
def _barred() -> frozenset[str]:
    lists = ("ordinary", "time", "titles", "bodies", "features", "first_names")
    return frozenset().union(*map(words, lists))


def _nameable(it: _Text, first: int, last: int) -> bool:
    run = it.tokens[first : last + 1]
    if any(
        t.low in _barred() or t.text.isupper() or _is_demonym(t) or t.low in it.others.surnames for t in run
    ):
        return False
    return (
        not it.others.cover(run[0].start, run[-1].end)
        and not _feature(it, first, last)
        and not _inside_longer(it, first, last)
    )


def _cued(it: _Text, at: int, start: int, end: int, previous: Found | None) -> bool:
    """Whether the text itself calls the run a place: by a relation, "the village of", or a list of such."""
    if (
        cues.relation(it.text, start, end)
        or (_facility(it, at) and not _continues(it, at))
        or (at and it.tokens[at - 1].low == "of" and cues.locating(it.tokens, at))
    ):
        return True
    if previous is None or previous.use not in ("name", "unknown"):
        return False
    return bool(previous.relation) and it.text[previous.end : start].strip() in (",", "and", ", and", "or")


def _sounding(it: _Text, name: str, cued: bool) -> Iterator[Place]:
    """Settlements of the conflict's countries that are probably meant by another romanisation."""
    if len(name) < 6:
        return
    for place in it.gazetteer.sounds_like(name):
        if place.kind != "settlement" or place.country not in it.profile.countries:
            continue
        likeness = max((alike(name, n) for n in it.gazetteer.names(place.id) if n.isascii()), default=0.0)
        if likeness >= (_ALIKE if cued else _SURELY_ALIKE) and (cued or place.population >= _TOWN):
            yield place

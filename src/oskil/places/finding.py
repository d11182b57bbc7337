"""Finds the names of places in a text, with their candidates; which of these is meant is not settled here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from oskil.conflict.choosing import WORLD
from oskil.conflict.profile import ConflictProfile
from oskil.places import cues, inflected
from oskil.places.accepting import accepted, cued, facility, nameable, one_name, reach
from oskil.places.candidates import (
    candidates_of,
    country_form,
    demonyms,
    local,
    metonyms,
    region_of,
    sounding,
    worth,
)
from oskil.places.interface import Gazetteer
from oskil.places.joined import joined
from oskil.places.mention import Found, Searched, in_list
from oskil.places.names import OtherNames
from oskil.places.normalise import key
from oskil.places.renamed import aliases
from oskil.places.tokens import adjacent, phrase, tokens
from oskil.places.words import words
from oskil.records import Place

_LONGEST = 6
_PAIR = 3  # words of a pair of names beside the first
_CARRIED = ("near", "toward", "direction")


def find(text: str, gazetteer: Gazetteer, profile: ConflictProfile) -> list[Found]:
    """All names of places, demonyms of countries and metonyms, in order and without overlap.

    The rules find names by the gazetteer and their neighbours; the learned finder, which sees what the rules
    found, has the last word on every stretch in Latin letters.
    """
    it = searched(text, gazetteer, profile)
    return joined(it, by_rules(it))


def searched(text: str, gazetteer: Gazetteer, profile: ConflictProfile) -> Searched:
    """A text made ready to be searched."""
    words_of_text = tokens(text)
    lower = frozenset(t.low for t in words_of_text if not t.text[0].isupper())
    others = OtherNames(text, words_of_text, profile)
    return Searched(text, words_of_text, gazetteer, profile, others, aliases(profile), lower)


def by_rules(it: Searched) -> list[Found]:
    """What the rules find, without the learned finder."""
    return list(_scan(it))


def _scan(it: Searched) -> Iterator[Found]:
    at = 0
    previous: Found | None = None
    while at < len(it.tokens):
        if not it.tokens[at].capital and it.tokens[at].text.isascii():
            at += 1
            continue
        taken, found = _taken(it, at, previous)
        for one in found:
            previous = _carried(it.text, previous, one)
            yield previous
        at += taken


def _taken(it: Searched, at: int, previous: Found | None) -> tuple[int, list[Found]]:
    if not it.tokens[at].text.isascii() and inflected.begins_here(it, at):
        return inflected.take(it, at, previous)
    return _take(it, at, previous) if it.tokens[at].capital else (1, [])


def _carried(text: str, previous: Found | None, one: Found) -> Found:
    """A relation holds for a whole list: "near Lyman, Yampil and Zakitne"."""
    if previous is None or one.relation or previous.relation not in _CARRIED:
        return one
    return replace(one, relation=previous.relation) if in_list(text, previous, one) else one


def _take(it: Searched, at: int, previous: Found | None) -> tuple[int, list[Found]]:
    """How many tokens to pass over, and what was found in them."""
    for last in range(reach(it, at, _LONGEST), at - 1, -1):
        if not one_name(it, at, last):
            continue
        candidates = candidates_of(it, at, last)
        if candidates and accepted(it, at, last, candidates):
            if cues.share_of(it.text, it.tokens[at].start):
                candidates = (
                    tuple(region_of(it.gazetteer, phrase(it.text, it.tokens[at : last + 1]))) or candidates
                )
            return last - at + 1, [_named(it, at, last, candidates)]
        if use := _country_use(it, at, last):
            return last - at + 1, [use]
    if pair := _paired(it, at):
        return pair
    if "-" in it.tokens[at].text and (parts := list(_hyphenated(it, at))):
        return 1, parts
    return _unknown(it, at, previous)


def _named(it: Searched, first: int, last: int, candidates: tuple[Place, ...]) -> Found:
    start, end = it.tokens[first].start, it.tokens[last].end
    name = it.text[start:end]
    use = "name"
    if key(name) in metonyms() and cues.metonym(it.text, it.tokens, first, last):
        use = "metonym"
    return Found(start, end, name, use, candidates, cues.relation(it.text, start, end))


def _country_use(it: Searched, first: int, last: int) -> Found | None:
    """A demonym, or a metonym that is no settlement ("the Kremlin"), as a mention of its country."""
    return country_form(it, it.tokens[first].start, it.tokens[last].end)


def _hyphenated(it: Searched, at: int) -> Iterator[Found]:
    """The parts of a compound that is no name itself: "Moscow-installed", "Lyman-Izyum".

    Nothing where the whole may be one name that the gazetteer lacks ("Rai-Oleksandrivka").
    """
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


def _paired(it: Searched, at: int) -> tuple[int, list[Found]] | None:
    """Two names with a hyphen between them where one has several words: "the Mala Danylivka-Lyman road".

    Both must be names of the gazetteer, worth a look by themselves or in the area of the war; None where no
    such pair begins here.
    """
    last = at
    while last - at < _PAIR and last + 1 < len(it.tokens) and it.tokens[last + 1].capital:
        if not adjacent(it.text, it.tokens[last], it.tokens[last + 1]):
            break
        last += 1
    with_hyphen = [k for k in range(at, last + 1) if "-" in it.tokens[k].text]
    for k in with_hyphen[:1]:
        for end in range(last, k - 1, -1):
            if end == at:
                continue
            cut = it.tokens[k].start + it.tokens[k].text.index("-")
            sides = ((it.tokens[at].start, cut), (cut + 1, it.tokens[end].end))
            both = [found for a, b in sides if (found := _half(it, a, b, it.tokens[end].end))]
            if len(both) == len(sides):
                return end - at + 1, both
    return None


def _half(it: Searched, start: int, end: int, stop: int) -> Found | None:
    name = it.text[start:end]
    candidates = tuple(it.gazetteer.search(name)) if name[:1].isupper() and len(name) > 3 else ()
    here = it.profile.bbox != WORLD and any(local(p, it.profile) for p in candidates)
    if not (here or worth(candidates, it.profile)) or it.others.cover(start, end):
        return None
    return Found(start, end, name, "name", candidates, cues.relation(it.text, start, stop))


def _part(it: Searched, part: str, start: int, stop: int, use: str) -> Found | None:
    end = start + len(part)
    if not part[:1].isupper() or it.others.cover(start, end):
        return None
    if key(part) in demonyms():
        return country_form(it, start, end)
    candidates = tuple(it.gazetteer.search(part))
    if len(part) <= 3 or part.lower() in words("ordinary") or not worth(candidates, it.profile):
        return None
    return Found(start, end, part, use, candidates, cues.relation(it.text, start, stop))


def _unknown(it: Searched, at: int, previous: Found | None) -> tuple[int, list[Found]]:
    """A run of words that the gazetteer lacks: by its sound, or unplaced where the text makes it a place."""
    last = at
    while (
        not facility(it, last)
        and last + 1 < len(it.tokens)
        and it.tokens[last + 1].capital
        and adjacent(it.text, it.tokens[last], it.tokens[last + 1])
    ):
        last += 1
    run = it.tokens[at : last + 1]
    if not nameable(it, at, last):
        return 1, []
    name = phrase(it.text, run)
    start, end = run[0].start, run[-1].end
    called = cued(it, at, start, end, previous)
    heard = tuple(sounding(it, name, called))
    if not heard and not called:
        return 1, []
    use = "name" if heard else "unknown"
    return last - at + 1, [
        Found(start, end, name, use, heard, cues.relation(it.text, start, end), bool(heard))
    ]

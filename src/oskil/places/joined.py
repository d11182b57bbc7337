"""Joins what the rules find with what the learned finder finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from oskil.conflict.choosing import WORLD
from oskil.places import cues
from oskil.places.accepting import continues
from oskil.places.candidates import candidates_of, country_form, local
from oskil.places.clues import Clues, Stretch
from oskil.places.learned import chances, chosen
from oskil.places.mention import Found, Searched
from oskil.places.tokens import adjacent
from oskil.places.words import words

# Chosen for the best F where the finder was trained on one corpus and measured on the other. A name in the
# country that the surer ones are mostly of is taken from the lower.
LEAST, AT_HOME = 0.35, 0.2


def joined(it: Searched, found: Sequence[Found]) -> list[Found]:
    """All names of a text, in order and without overlap."""
    clues = Clues(it, found)
    if not clues.capitals:
        return list(found)
    judged = chances(clues)
    known = {at: one for one in found for at in range(one.start, one.end)}
    taken = [_as_found(it, one, known.get(one.start)) for one, _ in chosen(judged, LEAST, AT_HOME)]
    covered = {at for one in taken for at in range(one.start, one.end)}
    seen = {(one.start, one.end) for one, _ in judged}
    for one in found:
        free = not any(at in covered for at in range(one.start, one.end))
        if free and ((one.start, one.end) not in seen or _stands(it, one)):
            taken.append(one)
    return sorted(taken, key=lambda f: f.start)


def _stands(it: Searched, one: Found) -> bool:
    """Whether a name of the rules is kept against the finder: in the area of a war that has a profile.

    There the rules know the people and bodies by name, and the finder has learned from other news.
    """
    if it.profile.bbox == WORLD or one.use not in ("name", "unknown"):
        return False
    return one.use == "unknown" or any(local(p, it.profile) for p in one.candidates)


def _as_found(it: Searched, one: Stretch, known: Found | None) -> Found:
    if known is None or known.end < one.end or known.start > one.start:
        return _fresh(it, one)
    if (known.start, known.end) == (one.start, one.end):
        return known
    # "Idlib province": the finder takes the name alone, the rules know that it is the province's.
    return replace(known, start=one.start, end=one.end, phrase=it.text[one.start : one.end])


def _fresh(it: Searched, one: Stretch) -> Found:
    """A name that the rules passed over, with its candidates and its use."""
    if form := country_form(it, one.start, one.end):
        return form
    whole = (it.tokens[one.first].start, it.tokens[one.last].end) == (one.start, one.end)
    candidates = candidates_of(it, one.first, one.last) if whole else one.named
    use = "name" if candidates else "unknown"
    if candidates and _embedded(it, one):
        use = "embedded"
    name = it.text[one.start : one.end]
    return Found(one.start, one.end, name, use, candidates, cues.relation(it.text, one.start, one.end))


def _embedded(it: Searched, one: Stretch) -> bool:
    """Whether the name stands in that of something else: "the Ohio State University"."""
    return it.others.cover(one.start, one.end) or continues(it, one.first) or _goes_on(it, one.last)


def _goes_on(it: Searched, last: int) -> bool:
    if last + 1 >= len(it.tokens) or not adjacent(it.text, it.tokens[last], it.tokens[last + 1]):
        return False
    return it.tokens[last + 1].capital and it.tokens[last + 1].low not in words("after", "time")

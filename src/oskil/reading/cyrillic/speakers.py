"""Sources of Cyrillic reports as speakers: the profile's by their names, others in the nominative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.conflict.profile import Actor, ConflictProfile
from oskil.places.morphology import PERSON, Language, in_nominative, lemmas
from oskil.reading.cyrillic.lexicon import lexicon
from oskil.reading.cyrillic.sides import Sides
from oskil.reading.cyrillic.words import WORD, Word
from oskil.reading.speakers import Speaker
from oskil.records import Toponym

PRONOUNS = frozenset(("він", "вона", "він же", "он", "она", "воно"))
STOP = re.compile(r"[,(]|\s[—–-]\s")


def speaker_of(
    text: str, found: Sequence[Word], sides: Sides, known: KnownSpeakers, toponyms: Sequence[Toponym]
) -> Speaker | None:
    """The speaker that the words of a source name; None where they are none."""
    if not found:
        return None
    cut = STOP.search(text, found[0].start, found[-1].end)
    head = [w for w in found if cut is None or w.end <= cut.start()] or list(found)
    actor = _actor(found, known)
    if actor:
        return Speaker(actor.names[0], actor.side, actor.role)
    side = sides.party_in(found) or _side_by_place(found, sides, toponyms)
    if any(w.lemmas & lexicon().groups["crowds"] for w in head):
        return Speaker(_nominative(head, sides.language), side, "crowd")
    person = [w for w in found if w.text[0].isupper() and any(f.grammemes & PERSON for f in w.forms)]
    if person:
        named = _run(text, found, person[-1])
        return Speaker(_nominative(named, sides.language), side, "person")
    return Speaker(_nominative(head, sides.language), side, "body")


def _run(text: str, found: Sequence[Word], last: Word) -> list[Word]:
    """The capitalised words that make up a person's name, around its last."""
    at = end = next(k for k, w in enumerate(found) if w is last)
    while at and found[at - 1].text[0].isupper() and text[found[at - 1].end : found[at].start].isspace():
        at -= 1
    while at < end and not any(f.grammemes & PERSON for f in found[at].forms):
        at += 1
    return list(found[at : end + 1])


def _nominative(found: Sequence[Word], language: Language) -> str:
    return in_nominative([w.text for w in found], language)


def _side_by_place(found: Sequence[Word], sides: Sides, toponyms: Sequence[Toponym]) -> str | None:
    """The officials of a place are taken for its country's, unless the words say who put them there."""
    start, end = found[0].start, found[-1].end
    inside = [t.place.country for t in toponyms if start <= t.start and t.end <= end and t.place]
    parties = {p.country: p.id for p in sides.profile.parties if p.country}
    return next((parties[c] for c in inside if c in parties), None)


def _actor(found: Sequence[Word], known: KnownSpeakers) -> Actor | None:
    """The profile's actor whose name stands in the words, the longest."""
    best: tuple[int, Actor | None] = (0, None)
    for at, word in enumerate(found):
        for lemma in word.lemmas & known.by_first.keys():
            for form, actor in known.by_first[lemma]:
                fits = best[0] < len(form) <= len(found) - at
                if fits and all(form[k] & found[at + k].lemmas for k in range(len(form))):
                    best = (len(form), actor)
    return best[1]


@dataclass(frozen=True, slots=True)
class KnownSpeakers:
    """The names of a profile's speakers in lower case, and word by word; "ISW" stands in such texts too."""

    names: frozenset[str]
    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], Actor]]]


def known_speakers(profile: ConflictProfile, language: Language) -> KnownSpeakers:
    """Prepares a profile's speakers for one language."""
    named = [(n, a) for a in profile.actors if a.role != "platform" for n in a.names]
    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], Actor]]] = {}
    for name, actor in named:
        split = tuple(lemmas(w, language) for w in WORD.findall(name))
        for lemma in split[0] if split else ():
            by_first.setdefault(lemma, []).append((split, actor))
    return KnownSpeakers(frozenset(n.lower() for n, _ in named), by_first)

"""Who is meant by a name: outlets by names and hosts, speakers by the profile, the unnamed by nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from oskil.conflict.profile import ConflictProfile
from oskil.records import Document
from oskil.weighing.meeting import head, join
from oskil.weighing.origins.thresholds import Thresholds, thresholds

TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks. Equal `key` is the same one; `words` are those of the name that tell him from others.

    `named` is False where the name fits many ("officials"); `known` is True where the profile or the list of
    outlets has it, so that its name is whole.
    """

    key: str
    name: str
    side: str | None = None
    named: bool = True
    known: bool = False
    words: frozenset[str] = frozenset()


class Names:
    """Finds the voice behind a name, with what a conflict profile knows, if there is one."""

    def __init__(self, profile: ConflictProfile | None = None) -> None:
        self._known = thresholds()
        self._actors = {
            name.casefold(): (actor.names[0], actor.side)
            for actor in reversed(profile.actors if profile else ())
            for name in actor.names
        }
        parties = profile.parties if profile else ()
        self._forms = frozenset(form.casefold() for party in parties for form in party.forms)
        self._sides = {form.casefold(): party.id for party in parties for form in party.forms}
        self.voice = lru_cache(maxsize=65536)(self._voice)
        self.publisher = lru_cache(maxsize=65536)(self._publisher)

    def outlet(self, document: Document) -> Voice:
        """Who published a document: the outlet named, else who wrote it, else the host, else the file."""
        for name in (document.outlet, *document.authors[:1], _host(document.url), document.key):
            if name and name.strip():
                return self.publisher(name)
        return Voice(document.id, document.id)

    def _publisher(self, name: str) -> Voice:
        """The outlet of that name or host."""
        name = " ".join(name.split())
        folded = name.casefold().removeprefix("www.")
        shown = self._known.outlets.get(folded)
        actor, side = self._actors.get((shown or folded).casefold(), (shown, None))
        shown = shown or actor or name
        return Voice(shown.casefold(), shown, side, known=True)

    def _voice(self, name: str, side: str | None = None) -> Voice:
        """Who is meant by a speaker's name, as texts give it; `side` is the one the claim gives."""
        folded = " ".join(name.casefold().removeprefix("the ").split())
        for form in (folded, _bare(folded, self._known, self._forms)):
            if form in self._known.outlets:
                return self.publisher(form)
            if form in self._actors:
                shown, own = self._actors[form]
                return Voice(shown.casefold(), shown, side or own, known=True)
        return self._unknown(" ".join(name.split()), folded, side)

    def _unknown(self, name: str, folded: str, side: str | None) -> Voice:
        tokens = [POSSESSIVE.sub("", token) for token in TOKEN.findall(name)]
        own = [t for t in tokens if t.casefold() not in self._known.unnamed | self._forms]
        proper = frozenset(t.casefold() for t in own if not t.islower())
        if proper:
            return Voice(_key(folded, side), name, side, words=proper)
        bodies = sorted({t.casefold() for t in own} & self._known.bodies)
        of_side = next((self._sides[t.casefold()] for t in tokens if t.casefold() in self._sides), side)
        if bodies and of_side:
            return Voice(_key(" ".join(bodies), of_side), name, of_side)
        return Voice(_key(folded, side), name, side, named=False)


def _key(folded: str, side: str | None) -> str:
    return f"{folded} ({side})" if side else folded


def _bare(folded: str, known: Thresholds, forms: frozenset[str]) -> str:
    """A name without the words before it that name nobody, a title or a party: "Ukrainian president X"."""
    words = folded.split()
    while len(words) > 1 and POSSESSIVE.sub("", words[0]) in known.unnamed | known.titles | forms:
        words.pop(0)
    return " ".join(words)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def merged(voices: Iterable[Voice]) -> Mapping[str, Voice]:
    """The one voice for each key, where some are shorter names of others: "Ganchev", "Vitaly Ganchev".

    Names are one where the words of the shorter are all among those of the longer, the sides are not at odds,
    and no other longer name would do as well. The longest name is shown.
    """
    by_key = {voice.key: voice for voice in voices}
    if len(by_key) == 1:
        return by_key
    keys = sorted(by_key)
    heads = list(range(len(keys)))
    holding: dict[str, set[int]] = defaultdict(set)
    for n, key in enumerate(keys):
        for word in _words(by_key[key]) if by_key[key].named else ():
            holding[word].add(n)
    for n, key in enumerate(keys):
        longest = _longest(by_key[key], [by_key[keys[m]] for m in _common(by_key[key], holding) - {n}])
        if longest is not None:
            join(heads, n, keys.index(longest))
    groups: dict[int, list[Voice]] = {}
    for n, key in enumerate(keys):
        groups.setdefault(head(heads, n), []).append(by_key[key])
    return {
        voice.key: max(group, key=lambda v: (v.known, len(_words(v)), len(v.name), v.key))
        for group in groups.values()
        for voice in group
    }


def _common(voice: Voice, holding: Mapping[str, set[int]]) -> set[int]:
    """The voices whose names hold every word of this one's."""
    found = [holding[word] for word in sorted(_words(voice))] if voice.named else []
    return set.intersection(*found) if found else set()


def _longest(voice: Voice, others: Iterable[Voice]) -> str | None:
    """The key of the one name that this one is short for; None where there is none, or more than one."""
    longer = [other for other in others if _shorter(voice, other)]
    tops = [one for one in longer if not any(_shorter(one, other) for other in longer)]
    return min(one.key for one in tops) if len({_words(one) for one in tops}) == 1 else None


def _shorter(one: Voice, other: Voice) -> bool:
    """Whether one name may be a shorter form of the other."""
    first, second = _words(one), _words(other)
    if one.known or not one.words or not first <= second:
        return False
    if one.side and other.side and one.side != other.side:
        return False
    return first < second or (not one.side and bool(other.side))


def _words(voice: Voice) -> frozenset[str]:
    if voice.words or not voice.known:
        return voice.words
    return frozenset(token.casefold() for token in TOKEN.findall(voice.name))

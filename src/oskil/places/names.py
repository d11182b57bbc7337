"""Names that are not places: people, bodies, outlets, waters. What they cover is not searched for places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oskil.conflict.profile import ConflictProfile
from oskil.places.tokens import Token, adjacent
from oskil.places.words import words
from oskil.records import Span

_CONNECTORS = frozenset({"of", "for", "the", "on"})
_MAX_RUN = 12


class OtherNames:
    """Spans of a text that hold names of other things than places, and the surnames that it uses."""

    def __init__(self, text: str, tokens: Sequence[Token], profile: ConflictProfile) -> None:
        self._spans = [*_actors(text, profile), *_bodies(text, tokens)]
        self.surnames = frozenset(_surnames(text, tokens, profile))

    def cover(self, start: int, end: int) -> bool:
        """Whether a stretch lies in the name of another thing, and is not all of it."""
        return any(s.start <= start and end <= s.end and end - start < s.end - s.start for s in self._spans)


def _actors(text: str, profile: ConflictProfile) -> Iterator[Span]:
    names = {name for actor in profile.actors for name in actor.names if " " in name and name in text}
    for name in names:
        yield from (Span(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def runs(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words, with "of", "for", "the" inside: (first, last) token numbers."""
    at = 0
    while at < len(tokens):
        if not tokens[at].capital:
            at += 1
            continue
        last = _run_end(text, tokens, at)
        yield at, last
        at = last + 1


def _run_end(text: str, tokens: Sequence[Token], first: int) -> int:
    last = first
    at = first + 1
    while at < len(tokens) and at - first < _MAX_RUN and _joined(text, tokens[at - 1], tokens[at]):
        if tokens[at].capital:
            last = at
        elif tokens[at].low not in _CONNECTORS:
            break
        at += 1
    return last


def _joined(text: str, left: Token, right: Token) -> bool:
    if left.possessive:
        # "Prosecutor's Office" is one name, "Kharkiv's Office" is not.
        return left.low in words("titles") or left.low in words("bodies")
    return text[left.end : right.start] in (" ", "\u00a0")


def _bodies(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    bodies = words("bodies")
    for first, last in runs(text, tokens):
        inside = [t for t in tokens[first : last + 1] if t.low in bodies and t.capital]
        if inside and last > first:
            yield Span(tokens[first].start, tokens[last].end)


def _surnames(text: str, tokens: Sequence[Token], profile: ConflictProfile) -> Iterator[str]:
    """Surnames of the profile's people, and the last words of names introduced by a first name or a title."""
    for actor in profile.actors:
        if actor.role == "person":
            yield from (name.split()[-1].lower() for name in actor.names)
    first_names, titles = words("first_names"), words("titles")
    for at in range(1, len(tokens)):
        left, right = tokens[at - 1], tokens[at]
        if right.capital and left.low in first_names and left.capital and adjacent(text, left, right):
            yield right.low
        if left.low in titles and right.capital and text[left.end : right.start] in (" ", ". "):
            yield from _titled(text, tokens, at)


def _titled(text: str, tokens: Sequence[Token], at: int) -> Iterator[str]:
    """The last word of a name after a title, where it has two words or a first name is not called for."""
    last = at
    while (
        last + 1 < len(tokens) and tokens[last + 1].capital and adjacent(text, tokens[last], tokens[last + 1])
    ):
        last += 1
    yield tokens[last].low

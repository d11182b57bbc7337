"""A conflict profile: who the parties are, and who belongs to or is aligned with whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the war. `id` is what claims carry ("UA"); `forms` are its names, demonyms and metonyms."""

    id: str
    name: str
    forms: tuple[str, ...]
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A speaker that a profile knows. `role` is person, body, outlet, crowd or platform.

    `side` is a party id, "independent", or None where it cannot be told. `names` has the full name
    first, then the other forms that texts use. An outlet that passes on other people's words is an
    `agency`.
    """

    names: tuple[str, ...]
    role: str
    side: str | None
    agency: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class ConflictProfile:
    """One war as data. `bbox` is (west, south, east, north) in degrees, a prior and never a filter.

    `began` is the day that "since the beginning of the war" counts from. `home` is the one country whose
    officials are meant where no country is named ("the ministry"); a war between states has none.
    `letters` are those that only the language of one of the countries has: a text with one of them is about
    this war unless it names other countries more.
    """

    id: str
    name: str
    timezone: str
    bbox: tuple[float, float, float, float]
    countries: tuple[str, ...]
    parties: tuple[Party, ...]
    actors: tuple[Actor, ...]
    toponym_aliases: tuple[tuple[str, str], ...] = ()
    began: dt.date | None = None
    letters: str = ""
    home: str | None = None
    _parties: Mapping[str, str] = field(init=False, repr=False, compare=False)  # by every form, lower case
    _actors: Mapping[str, Actor] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # What is listed first counts, so it is put in last.
        forms = {f.lower(): party.id for party in reversed(self.parties) for f in party.forms}
        names = {n.lower(): actor for actor in reversed(self.actors) for n in actor.names}
        object.__setattr__(self, "_parties", forms)
        object.__setattr__(self, "_actors", names)

    def __hash__(self) -> int:
        # Profiles are keys of what is worked out of them, over and over; all their names would take long.
        return hash((self.id, self.home))

    def party_of(self, words: str) -> str | None:
        """The party that a name, demonym or metonym stands for ("Russian", "Kyiv"), or None."""
        return self._parties.get(words.lower())

    def find_actor(self, name: str) -> Actor | None:
        """The actor that bears this name, compared without case."""
        return self._actors.get(name.lower())

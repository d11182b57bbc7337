"""The places that a name may mean: by the gazetteer, by the forms of countries, by sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from oskil.conflict.countries import countries
from oskil.conflict.profile import ConflictProfile
from oskil.places.abbreviations import abbreviated
from oskil.places.interface import Gazetteer
from oskil.places.mention import Found, Searched
from oskil.places.normalise import alike, key, likeness
from oskil.places.tokens import Token, phrase
from oskil.places.words import words
from oskil.records import Place

CITY = frozenset({"city", "town"})
WELL_KNOWN = 100_000  # people; a name of so big a town needs no other sign that it is one
TOWN = 5_000
_ALIKE = 0.75
_SURELY_ALIKE = 0.8
_ONCE = 0.5


@cache
def demonyms() -> Mapping[str, tuple[str, ...]]:
    return _by_form("demonyms")


@cache
def metonyms() -> Mapping[str, tuple[str, ...]]:
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


def is_demonym(token: Token) -> bool:
    return key(token.text) in demonyms()


def candidates_of(it: Searched, first: int, last: int) -> tuple[Place, ...]:
    name = phrase(it.text, it.tokens[first : last + 1])
    if first == last and (
        known := abbreviated(it.text, it.tokens[first].start, it.tokens[last].end, it.gazetteer)
    ):
        return known
    initials = "." in name and name.replace(".", "").isupper()
    if initials or (name.isupper() and len(name) < 4):
        if name not in _acronyms():
            return ()
        return tuple(p for p in it.gazetteer.search(name) if p.kind == "country")
    found = list(it.gazetteer.search(name))
    if not found and last > first and it.tokens[last].low in words("regions"):
        found = region_of(it.gazetteer, phrase(it.text, it.tokens[first:last]))
    if alias := it.aliases.get(key(name)):
        found += [p for p in it.gazetteer.search(alias) if p not in found]
    if not found and last > first and it.tokens[last].low in CITY:
        base = phrase(it.text, it.tokens[first:last])
        found = [p for p in it.gazetteer.search(base) if p.kind == "settlement"]
    return tuple(borne(name, found))


def borne(name: str, found: Sequence[Place]) -> Iterator[Place]:
    """Leaves out places that once bore the name, where another of their country bears it now.

    Half the towns of a country were called Oleksandrivka in some year.
    """
    likenesses = [likeness(name, p.name) for p in found]
    bearers = {p.country for p, like in zip(found, likenesses, strict=True) if like >= _ALIKE}
    for place, like in zip(found, likenesses, strict=True):
        if place.country not in bearers or like >= _ONCE or place.kind != "settlement":
            yield place


def region_of(gazetteer: Gazetteer, base: str) -> list[Place]:
    """The regions that a stem names: "Kharkiv" of "Kharkiv Oblast", "Donbas" of "Donbas region"."""
    named = gazetteer.search(f"{base} region") or gazetteer.search(base)
    return [p for p in named if p.kind == "region"]


def local(place: Place, profile: ConflictProfile) -> bool:
    """Whether a place lies in the conflict's countries and its box."""
    west, south, east, north = profile.bbox
    return place.country in profile.countries and west <= place.lon <= east and south <= place.lat <= north


def worth(candidates: Sequence[Place], profile: ConflictProfile) -> bool:
    return any(
        p.kind != "settlement" or p.population >= (TOWN if local(p, profile) else WELL_KNOWN)
        for p in candidates
    )


def country_form(it: Searched, start: int, end: int) -> Found | None:
    name = it.text[start:end]
    for forms, use in ((demonyms(), "demonym"), (metonyms(), "metonym")):
        if isos := forms.get(key(name)):
            places = tuple(_country_places(it.gazetteer, isos))
            return Found(start, end, name, use, places) if places else None
    return None


def _country_places(gazetteer: Gazetteer, isos: Sequence[str]) -> Iterator[Place]:
    for iso in isos:
        yield from (
            p for p in gazetteer.search(countries()[iso].name) if p.kind == "country" and p.country == iso
        )


def sounding(it: Searched, name: str, cued: bool) -> Iterator[Place]:
    """Settlements of the conflict's countries that are probably meant by another romanisation."""
    if len(name) < 6:
        return
    for place in it.gazetteer.sounds_like(name):
        if place.kind != "settlement" or place.country not in it.profile.countries:
            continue
        likeness = max((alike(name, n) for n in it.gazetteer.names(place.id) if n.isascii()), default=0.0)
        if likeness >= (_ALIKE if cued else _SURELY_ALIKE) and (cued or place.population >= TOWN):
            yield place

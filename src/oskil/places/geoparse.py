"""Finds the names of places in a text and places them: the finding and the resolving joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oskil.conflict.profile import ConflictProfile
from oskil.places.candidates import region_of
from oskil.places.extent import radius_km
from oskil.places.finding import find
from oskil.places.home import Home
from oskil.places.interface import Gazetteer
from oskil.places.layers import Layer
from oskil.places.mention import Found, in_list
from oskil.places.relations import StatedRelation, between_relations, stated_relations
from oskil.places.resolve import Choice, resolve
from oskil.records import Place, Toponym

_DIRECTIONS = re.compile(r"\s+(?:directions|axes|sectors)\b|-")
_REGIONS = re.compile(r"\s(?:oblasts|regions|provinces|governorates|states)\b", re.I)
_PLURAL = len(" governorates ")
_REPORTED_CANDIDATES = 10


def find_toponyms(
    text: str,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    home: Home | None = None,
    *,
    rivers: Layer | None = None,
) -> tuple[Toponym, ...]:
    """Every place name in a text, placed or with the reason why not, in order and without overlap. `home` is
    where the outlet of the text is at home; `rivers` a layer of rivers, for "on the Oskil".

    `relation` is "at" where the words beside the name say nothing else; "near", "toward", "direction",
    "outskirts of", "north of" and the other winds; "demonym" for "Ukrainian"; "metonym" where the name
    stands for a government or a party: nothing takes place there.
    """
    found, stated = found_and_stated(text, gazetteer, profile)
    choices = resolve(text, found, stated, profile, home, rivers)
    return tuple(_toponym(one, choice) for one, choice in zip(found, choices, strict=True))


def found_and_stated(
    text: str, gazetteer: Gazetteer, profile: ConflictProfile
) -> tuple[list[Found], tuple[StatedRelation, ...]]:
    """The names of a text with their candidates, and the distances and directions stated between them."""
    found = find_names(text, gazetteer, profile)
    toponyms = [_toponym(one, Choice(_area(one))) for one in found]
    return found, (*stated_relations(text, toponyms), *between_relations(text, toponyms))


def find_names(text: str, gazetteer: Gazetteer, profile: ConflictProfile) -> list[Found]:
    """Every place name in a text with its candidates, none of them chosen yet."""
    return _share(text, find(text, gazetteer, profile), gazetteer)


def _share(text: str, found: list[Found], gazetteer: Gazetteer) -> list[Found]:
    """What stands once at the end of a list holds for all of it.

    "The Lyman and Kupiansk directions", "Sumy and Kursk oblasts".
    """
    found = list(found)
    sharing = ""
    for at in range(len(found) - 1, -1, -1):
        if at + 1 == len(found) or found[at].relation or not in_list(text, found[at], found[at + 1]):
            sharing = _shared(text, found[at])
        elif sharing == "direction":
            found[at] = replace(found[at], relation=sharing)
        elif sharing == "region" and (regions := tuple(region_of(gazetteer, found[at].phrase))):
            found[at] = replace(found[at], candidates=regions)
    return found


def _shared(text: str, last: Found) -> str:
    """What the last name of a list has that its list shares."""
    if last.relation == "direction" and _DIRECTIONS.match(text, last.end):
        return "direction"
    tail = text[last.end : last.end + _PLURAL]
    return "region" if _REGIONS.search(last.phrase) or _REGIONS.match(tail) else ""


def _area(found: Found) -> Place | None:
    """The first candidate where the name is that of a country or region."""
    return next((p for p in found.candidates[:1] if p.kind != "settlement"), None)


def _toponym(found: Found, choice: Choice) -> Toponym:
    relation = found.use if found.use in ("demonym", "metonym", "embedded") else found.relation or "at"
    candidates: Sequence[int] = [p.id for p in found.candidates[:_REPORTED_CANDIDATES]]
    return Toponym(
        start=found.start,
        end=found.end,
        phrase=found.phrase,
        place=choice.place,
        reason=choice.reason,
        why=choice.why,
        relation=relation,
        confidence=choice.confidence,
        candidates=tuple(candidates),
        radius_km=radius_km(choice.place, relation),
    )

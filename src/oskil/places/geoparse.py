"""Finds the names of places in a text and places them: the finding and the resolving joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oskil.conflict.profile import ConflictProfile
from oskil.places.finding import Found, find
from oskil.places.interface import Gazetteer
from oskil.places.relations import stated_relations
from oskil.places.resolve import Choice, resolve
from oskil.records import Toponym

_LISTED = re.compile(r"^(?:\s+itself)?\s*(?:,|,?\s+and|,?\s+or|/)\s+$|^-$")
_CARRIED = ("near", "toward", "direction")
_REPORTED_CANDIDATES = 10


def find_toponyms(text: str, gazetteer: Gazetteer, profile: ConflictProfile) -> tuple[Toponym, ...]:
    """Every place name in a text, placed or with the reason why not, in order and without overlap.

    `relation` is "at" where the words beside the name say nothing else; "near", "toward", "direction",
    "outskirts of", "north of" and the other winds; "demonym" for "Ukrainian"; "metonym" where the name
    stands for a government or a party: nothing takes place there.
    """
    found = _carry(text, find(text, gazetteer, profile))
    names = [_toponym(one, Choice()) for one in found]
    choices = resolve(text, found, stated_relations(text, names), profile)
    return tuple(_toponym(one, choice) for one, choice in zip(found, choices, strict=True))


def _carry(text: str, found: list[Found]) -> list[Found]:
    """A relation holds for a whole list: "near Lyman, Yampil and Zakitne", "the Lyman and Kupiansk directions"."""
    found = list(found)
    for at in range(1, len(found)):
        before, one = found[at - 1], found[at]
        if not one.relation and before.relation in _CARRIED and _in_list(text, before, one):
            found[at] = replace(one, relation=before.relation)
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        if not one.relation and _shared_after(text, after) and _in_list(text, one, after):
            found[at] = replace(one, relation=after.relation)
    return found


def _in_list(text: str, one: Found, other: Found) -> bool:
    return {one.use, other.use} <= {"name", "unknown"} and bool(_LISTED.match(text[one.end : other.start]))


def _shared_after(text: str, one: Found) -> bool:
    return one.relation == "direction" and bool(
        re.match(r"\s+(?:directions|axes|sectors)\b|-", text[one.end :])
    )


def _toponym(found: Found, choice: Choice) -> Toponym:
    relation = found.use if found.use in ("demonym", "metonym") else found.relation or "at"
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
    )

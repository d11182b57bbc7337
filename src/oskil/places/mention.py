"""A name as it is found, and the text that is searched for names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.places.names import OtherNames
from oskil.places.tokens import Token
from oskil.records import Place

_LISTED = re.compile(
    r"^(?:\s+itself)?\s*(?:,|,?\s+(?:and|or|та|і|й|и|або|или|а\s+також|а\s+также)|/)\s+$|^[-–]$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name as found. `use` is name, demonym, metonym or unknown; `sounded`: only the sound matched.
    `latin` is the nominative in Latin letters, where the name is in others.
    """

    start: int
    end: int
    phrase: str
    use: str
    candidates: tuple[Place, ...] = ()
    relation: str = ""
    sounded: bool = False
    latin: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A text being searched."""

    text: str
    tokens: Sequence[Token]
    gazetteer: Gazetteer
    profile: ConflictProfile
    others: OtherNames
    aliases: Mapping[str, str]
    lower: frozenset[str]


def in_list(text: str, one: Found, other: Found) -> bool:
    """Whether two names stand side by side in an enumeration."""
    return {one.use, other.use} <= {"name", "unknown"} and bool(_LISTED.match(text[one.end : other.start]))

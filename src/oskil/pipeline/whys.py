"""What spoke for each candidate of a name: by itself, or in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oskil.errors import InputError

if TYPE_CHECKING:
    from oskil.conflict import ConflictProfile
    from oskil.places.explaining import Weighed
    from oskil.places.home import Home
    from oskil.places.interface import Gazetteer
    from oskil.places.layers import Layer


@dataclass(frozen=True, slots=True)
class Explained:
    """One use of a name in a text: the words around it, what was decided and why, and the candidates."""

    around: str
    decided: str
    weighed: tuple[Weighed, ...]


def whys(
    name: str,
    text: str | None,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    home: Home | None = None,
    rivers: Layer | None = None,
) -> list[Explained]:
    """The uses of a name in a text; without one, in the bare words "in NAME", or in those of the name itself
    ("near NAME"). Raises InputError for none.
    """
    from oskil.places.asked import asked
    from oskil.places.explaining import explain

    meant = {place.id for place in asked(name, gazetteer)}
    for shown in (f"in {name}", name) if text is None else (text,):
        found = [
            Explained(_around(shown, one.start, one.end), one.decided, one.weighed)
            for one in explain(shown, gazetteer, profile, home, rivers)
            if _meets(one.phrase, name) or any(w.place and w.place.id in meant for w in one.weighed)
        ]
        if found:
            return found
    where = "the text does not name it" if text is not None else "the gazetteer has no place of this name"
    raise InputError(where, name)


def _meets(phrase: str, name: str) -> bool:
    from oskil.places.morphology import is_cyrillic, language_of, nominatives
    from oskil.places.normalise import key, sound_key

    if key(phrase) == key(name) or (sound_key(name) and sound_key(phrase) == sound_key(name)):
        return True
    if not is_cyrillic(phrase):
        return False
    return any(key(form) == key(name) for form in nominatives(phrase, language_of(phrase))[-1])


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())

"""The places of a name as a person types it: in any case form, with "town of" or a preposition before it."""

from __future__ import annotations

from collections.abc import Sequence

from oskil.conflict.choosing import for_text
from oskil.places.geoparse import find_names
from oskil.places.interface import Gazetteer
from oskil.records import Place


def asked(name: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """The places that are so called; else those of the one name that the words hold; else none."""
    if found := gazetteer.search(name):
        return found
    names = find_names(name, gazetteer, for_text(name))
    return names[0].candidates if len(names) == 1 else ()

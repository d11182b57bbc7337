"""Reading: text to claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.conflict.profile import ConflictProfile
    from oskil.places.interface import Gazetteer
    from oskil.reading.interface import Reader


def reader(gazetteer: Gazetteer, profile: ConflictProfile | None = None) -> Reader:
    """The reader in use. Without a profile, each text gets the one that fits it
    (`oskil.conflict.for_text`).
    """
    from oskil.places.geoparse import find_toponyms
    from oskil.reading.rules import RuleReader

    return RuleReader(gazetteer, profile, find_toponyms)

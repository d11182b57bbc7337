"""Reading: text to claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.conflict.profile import ConflictProfile
    from oskil.places.interface import Gazetteer
    from oskil.reading.interface import Reader


def reader(gazetteer: Gazetteer, profile: ConflictProfile) -> Reader:
    """The reader in use."""
    from oskil.places.geoparse import find_toponyms
    from oskil.reading.rules import RuleReader

    return RuleReader(gazetteer, profile, find_toponyms)

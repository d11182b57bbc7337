"""Reading: text to claims."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oskil.conflict.profile import ConflictProfile
    from oskil.places.home import Home
    from oskil.places.interface import Gazetteer
    from oskil.places.layers import Layer
    from oskil.reading.interface import Reader


def reader(
    gazetteer: Gazetteer,
    profile: ConflictProfile | None = None,
    *,
    homes: Mapping[str, Home] | None = None,
    rivers: Layer | None = None,
    threads: int = 0,
) -> Reader:
    """The reader in use. Without a profile, each text gets the one that fits it
    (`oskil.conflict.for_text`). `homes` is where outlets are known to be at home
    (`oskil.places.home_file.load`), `rivers` a layer of rivers. `threads` 0 lets the tagger take all cores.
    """
    from oskil.places.geoparse import find_toponyms
    from oskil.reading.joined import JoinedReader
    from oskil.reading.learned import KindModel, LearnedKinds
    from oskil.reading.tagger.tagger import Tagger

    tagger = Tagger.load(threads=threads)
    decide = LearnedKinds(tagger, KindModel.load())
    find = partial(find_toponyms, rivers=rivers)
    return JoinedReader(gazetteer, profile, find, tagger.tag, decide, homes or {})

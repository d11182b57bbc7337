"""Reports as columns: what was said of who holds which place, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from oskil.weighing.control.layout import IntArray

PLAIN: Final = 0
HEDGED: Final = 1
SHOWN: Final = 2
MANNERS: Final = ("plain", "hedged", "shown")


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: a name, the party it speaks for (None: nobody's or unknown), its role where known."""

    name: str
    side: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Reports:
    """One row a report, sorted by time and id. Columns, all of one length:

    `place`, `source`: rows of `places` (gazetteer ids) and `reporters`; `day`: days since the first day;
    `kind`: row of the setting's kinds; `named`: row of `parties`, or their number for none; `manner`: plain,
    hedged or shown; `relayed`: row of `reporters` that is named as the origin, else -1; `wording`: equal
    where the text is, -1 where unknown. `ids` are the reports' own. `left_out` counts by reason what was not
    used.
    """

    parties: tuple[str, ...]
    places: IntArray
    reporters: tuple[Reporter, ...]
    place: IntArray
    day: IntArray
    source: IntArray
    kind: IntArray
    named: IntArray
    manner: IntArray
    relayed: IntArray
    wording: IntArray
    ids: Sequence[str]
    left_out: tuple[tuple[str, int], ...] = ()

    def __len__(self) -> int:
        return len(self.place)

    def only(self, chosen: IntArray | NDArray[np.bool_]) -> Reports:
        """These rows alone."""
        rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        columns = {name: getattr(self, name)[rows] for name in COLUMNS}
        return replace(self, **columns, ids=[self.ids[int(n)] for n in rows])


COLUMNS: Final = ("place", "day", "source", "kind", "named", "manner", "relayed", "wording")

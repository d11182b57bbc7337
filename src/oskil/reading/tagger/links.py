"""Which content and which source belong to which cue.

Each content goes to the cue that scores highest with it; each cue takes the source that scores highest, or
none. A score is the product of two learned vectors, plus a learned number for how far the two stand apart
and on which side, and one for how many other cues stand between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_GAPS = 10  # on each side: 0, 1, 2-3, 4-7, ... 256 and more units
_BETWEEN = 4  # on each side: 0, 1, 2, 3 and more cues


class Ends(Protocol):
    """Anything with a first and a last unit."""

    @property
    def begin(self) -> int:
        """First unit."""

    @property
    def end(self) -> int:
        """Last unit, inclusive."""


@dataclass(frozen=True, slots=True)
class Linker:
    """The weights of one kind of link. `gap` and `between` hold a number a bucket."""

    cue: Floats
    cue_bias: Floats
    span: Floats
    span_bias: Floats
    gap: Floats
    between: Floats
    free: Floats
    free_bias: Floats

    def scores(self, vectors: Floats, cues: Sequence[Ends], spans: Sequence[Ends]) -> Floats:
        """[cues, spans + 1]; the last column scores a cue's standing alone. `vectors` has a row a unit."""
        c, s = ends(vectors, cues), ends(vectors, spans)
        gap, between = buckets(cues, spans)
        product = (c @ self.cue + self.cue_bias) @ (s @ self.span + self.span_bias).T
        product = product * np.float32(self.cue.shape[1] ** -0.5) + self.gap[gap] + self.between[between]
        alone = c @ self.free + self.free_bias
        return np.concatenate([product, alone], axis=1)


def ends(vectors: Floats, found: Sequence[Ends]) -> Floats:
    """The vectors of first and last unit of each, side by side."""
    first = vectors[[x.begin for x in found]]
    last = vectors[[x.end for x in found]]
    return np.concatenate([first, last], axis=1)


def buckets(cues: Sequence[Ends], spans: Sequence[Ends]) -> tuple[Ints, Ints]:
    """Bucket numbers [cues, spans]: of the units between cue and span, and of the cues between them; those
    of spans before their cue follow those of spans after it."""
    c = np.array([(x.begin, x.end) for x in cues], dtype=np.int64).reshape(-1, 2)
    s = np.array([(x.begin, x.end) for x in spans], dtype=np.int64).reshape(-1, 2)
    before = s[None, :, 0] < c[:, None, 0]
    gap = np.where(before, c[:, None, 0] - s[None, :, 1], s[None, :, 0] - c[:, None, 1]) - 1
    octave = np.ceil(np.log2(np.maximum(gap, 0) + 1)).astype(np.int64)
    rank_cue = np.searchsorted(np.sort(c[:, 0]), c[:, 0])
    rank_span = np.searchsorted(np.sort(c[:, 0]), s[:, 0])
    across = np.where(before, rank_cue[:, None] - rank_span[None], rank_span[None] - rank_cue[:, None] - 1)
    near = np.clip(across, 0, _BETWEEN - 1)
    return np.minimum(octave, _GAPS - 1) + _GAPS * before, near + _BETWEEN * before

"""From the stretches of a window to attributions: each cue with its contents and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oskil.reading.tagger.decode import ROLES, Stretch
from oskil.reading.tagger.links import Linker
from oskil.records import Attribution, Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_SOURCE, _CUE, _CONTENT = range(len(ROLES))


@dataclass(frozen=True, slots=True)
class Linkers:
    """Which cue a content belongs to, and which source a cue has."""

    content: Linker
    source: Linker


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution of one window, by its own units."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]


def linked(stretches: Sequence[Stretch], vectors: Floats, linkers: Linkers) -> list[Found]:
    """One attribution for each cue, in order; then contents and sources that no cue took, each alone."""
    sources, cues, contents = ([s for s in stretches if s.role == r] for r in range(len(ROLES)))
    if not cues:
        return [Found((), (), (c,)) for c in contents] + [Found((s,), (), ()) for s in sources]
    owner = linkers.content.scores(vectors, cues, contents)[:, :-1].argmax(0) if contents else []
    chosen = linkers.source.scores(vectors, cues, sources).argmax(1)
    out = []
    for i, cue in enumerate(cues):
        said = tuple(c for c, of in zip(contents, owner, strict=True) if of == i)
        by = (sources[chosen[i]],) if chosen[i] < len(sources) else ()
        out.append(Found(by, (cue,), said))
    taken = set(chosen.tolist())
    return out + [Found((s,), (), ()) for i, s in enumerate(sources) if i not in taken]


def placed(found: Found, starts: Ints, ends: Ints, shift: int) -> Attribution:
    """The attribution in code points; `shift` is the window's first unit."""

    def spans(stretches: tuple[Stretch, ...]) -> tuple[Span, ...]:
        return tuple(Span(int(starts[s.begin + shift]), int(ends[s.end + shift])) for s in stretches)

    return Attribution(spans(found.source), spans(found.cue), spans(found.content))

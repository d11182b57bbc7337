"""Cues with their contents and sources."""

from __future__ import annotations

import numpy as np

from oskil.reading.tagger.assemble import Linkers, linked, placed
from oskil.reading.tagger.decode import Stretch
from oskil.reading.tagger.links import Linker, buckets
from oskil.records import Attribution, Span

SOURCE, CUE, CONTENT = range(3)


def linker(gap: list[float], alone: float) -> Linker:
    """Vectors of one number, weighted by nothing: only the distance counts."""
    flat, none = np.zeros((2, 1), np.float32), np.zeros(1, np.float32)
    return Linker(
        cue=flat,
        cue_bias=none,
        span=flat,
        span_bias=none,
        gap=np.array(gap, np.float32),
        between=np.zeros(8, np.float32),
        free=flat,
        free_bias=np.array([alone], np.float32),
    )


NEAR = linker([-float(i % 10) for i in range(20)], -4.5)
VECTORS = np.zeros((60, 1), np.float32)


def test_distance_counts_units_between_on_each_side() -> None:
    cue = [Stretch(CUE, 10, 11)]
    spans = [Stretch(CONTENT, b, e) for b, e in ((12, 20), (13, 20), (20, 30), (3, 9), (0, 1))]
    gap, between = buckets(cue, spans)
    assert gap.tolist() == [[0, 1, 4, 10, 14]]
    assert between.tolist() == [[0, 0, 0, 4, 4]]


def test_cues_between_are_counted() -> None:
    cues = [Stretch(CUE, 5, 5), Stretch(CUE, 20, 20), Stretch(CUE, 40, 40)]
    spans = [Stretch(CONTENT, 0, 1), Stretch(CONTENT, 30, 31), Stretch(CONTENT, 50, 51)]
    assert buckets(cues, spans)[1].tolist() == [[4, 1, 2], [5, 0, 1], [6, 4, 0]]


def test_each_content_goes_to_one_cue_and_a_cue_may_have_several() -> None:
    row = [(CONTENT, 0, 4), (SOURCE, 6, 6), (CUE, 7, 7), (CONTENT, 9, 14), (CUE, 30, 30), (CONTENT, 31, 40)]
    found = linked([Stretch(*s) for s in row], VECTORS, Linkers(NEAR, NEAR))
    assert [(len(f.source), f.cue[0].begin, [c.begin for c in f.content]) for f in found] == [
        (1, 7, [0, 9]),
        (0, 30, [31]),
    ]


def test_one_source_serves_two_cues() -> None:
    row = [(SOURCE, 0, 1), (CUE, 2, 2), (CONTENT, 3, 4), (CUE, 6, 6), (CONTENT, 7, 9)]
    found = linked([Stretch(*s) for s in row], VECTORS, Linkers(NEAR, NEAR))
    assert [f.source for f in found] == [(Stretch(SOURCE, 0, 1),)] * 2


def test_what_no_cue_takes_stands_alone() -> None:
    content, source = Stretch(CONTENT, 0, 4), Stretch(SOURCE, 50, 51)
    alone = linked([content, source], VECTORS, Linkers(NEAR, NEAR))
    assert [(f.source, f.cue, f.content) for f in alone] == [((), (), (content,)), ((source,), (), ())]
    far = linked([Stretch(CUE, 2, 2), source], VECTORS, Linkers(NEAR, NEAR))
    assert [(f.source, f.cue) for f in far] == [((), (Stretch(CUE, 2, 2),)), ((source,), ())]


def test_units_become_code_points() -> None:
    starts, ends = np.arange(0, 100, 10), np.arange(5, 105, 10)
    (found,) = linked([Stretch(CUE, 0, 1)], VECTORS, Linkers(NEAR, NEAR))
    assert placed(found, starts, ends, 3) == Attribution((), (Span(30, 45),), ())

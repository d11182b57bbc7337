"""Finds a number in a sorted array on disk by a few small reads, where a map would make far more resident."""

from __future__ import annotations

import numpy as np

from oskil.places.format import Piece

_BLOCK = 512  # numbers of 8 bytes: a page


def seek(piece: Piece, count: int, wanted: int) -> int:
    """Where a number stands among `count` sorted ones of 64 bits, or near where it would.

    Guesses by interpolation, since ids are given out nearly without gaps, and halves in every other step, so
    that it ends soon however they are spread. `count` is at least 1.
    """
    first, last = 0, count  # it stands before `last` and not before `first`, if at all
    low, high = _at(piece, 0), _at(piece, count - 1)
    halve = False
    while last - first > _BLOCK:
        share = 0.5 if halve or high <= low else min(1.0, max(0.0, (wanted - low) / (high - low)))
        start = max(first, min(last - _BLOCK, first + int(share * (last - first)) - _BLOCK // 2))
        block = np.frombuffer(piece(8 * start, 8 * _BLOCK), "<i8")
        if wanted < block[0]:
            last, high = start, int(block[0])
        elif wanted > block[-1]:
            first, low = start + _BLOCK, int(block[-1])
        else:
            return start + int(block.searchsorted(wanted))
        halve = not halve
    block = np.frombuffer(piece(8 * first, 8 * (last - first)), "<i8")
    return min(count - 1, first + int(block.searchsorted(wanted)))


def _at(piece: Piece, at: int) -> int:
    return int.from_bytes(piece(8 * at, 8), "little", signed=True)

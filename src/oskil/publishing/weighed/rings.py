"""Coordinates as short lists of whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Thousandths of a degree: finer than any grid that points are snapped to.
PARTS = 1000


def delta_coded(points: NDArray[np.floating[Any]], grid: float = 0.0) -> list[int]:
    """Points (n, 2) as thousandths of a degree: the first as it is, the others as differences to the one
    before. With a grid in degrees they are snapped to it first. Points that fall together are written once.
    """
    exact = np.rint(points / grid) * grid if grid else points
    whole = np.rint(exact * PARTS).astype(np.int64)
    if len(whole) > 1:
        whole = whole[np.concatenate(([True], (np.diff(whole, axis=0) != 0).any(axis=1)))]
    return [int(n) for n in np.concatenate((whole[:1], np.diff(whole, axis=0))).ravel()]


def ring(points: NDArray[np.floating[Any]], grid: float = 0.0) -> list[int]:
    """A closed ring, without its last point, which is the first again; empty where nothing is left of it."""
    coded = delta_coded(points, grid)
    back = np.array(coded, np.int64).reshape(-1, 2)[1:].sum(axis=0)
    if len(coded) > 2 and not back.any():
        coded = coded[:-2]
    return coded if len(coded) >= 6 else []

"""Linear models over hashed features: small enough to ship, quick enough to ask about every name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from oskil.errors import GazetteerError

BITS = 17


def hashed(features: Iterable[str], bits: int = BITS) -> list[int]:
    """The rows of a weight table that features fall on (CRC-32, its low bits)."""
    mask = (1 << bits) - 1
    crc32 = zlib.crc32
    return [crc32(f.encode()) & mask for f in features]


@dataclass(frozen=True, slots=True)
class HashedModel:
    """Weights by row and class: whole numbers of -127..127, times `scale`."""

    weights: Any
    scale: float
    bias: Any

    def scores(self, rows: Sequence[Sequence[int]]) -> Any:
        """One row of scores (a column a class) for each list of features."""
        if not rows:
            return np.zeros((0, self.weights.shape[1]))
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
        sizes = np.fromiter((len(one) for one in rows), dtype=np.int64, count=len(rows))
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        # Every list of features has at least one, so that reduceat adds up each of them.
        sums = np.add.reduceat(self.weights[flat].astype(np.float32), starts, axis=0)
        return sums * self.scale + self.bias


def load(path: Path, name: str) -> HashedModel:
    """A model of a file of models. Raises GazetteerError where the file is absent or damaged."""
    try:
        with np.load(path) as data:
            return HashedModel(data[f"{name}_weights"], float(data[f"{name}_scale"]), data[f"{name}_bias"])
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(f"the finder's weights cannot be read: {reason}", str(path)) from error

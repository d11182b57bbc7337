"""How likely each candidate is: a log-linear model over the features of `evidence.py`.

The weights are data (`ranking.yaml`, with their origin). Two sets: `alone` knows nothing of the other names;
`together` sees what they are now taken for, and is asked twice. Both are there twice, for texts of an outlet
whose town is known and for all others: where it is known, size says less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from oskil.errors import GazetteerError
from oskil.places.evidence import FEATURES, Table, support
from oskil.places.home import Home

FILE = Path(__file__).parent / "ranking.yaml"
PASSES = 2
ANYWHERE, AT_HOME = "anywhere", "at_home"  # the sections of the file


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a feature; `least` is the probability below which a name stays unplaced."""

    alone: Any
    together: Any
    temperature: float
    least: float


def weights(home: Home | None = None) -> Weights:
    """The shipped weights for an outlet at home there. Raises GazetteerError where the file is damaged."""
    return _shipped()[AT_HOME if home is not None and home.placed else ANYWHERE]


@cache
def _shipped() -> Mapping[str, Weights]:
    try:
        data = yaml.load(FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return {name: read(data[name]) for name in (ANYWHERE, AT_HOME)}
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise GazetteerError(
            f"the weights cannot be read: {' '.join(str(error).split())}", str(FILE)
        ) from error


def read(data: Mapping[str, Any]) -> Weights:
    """Weights from a file's data, in the order of the features; one that is not named weighs nothing."""
    sets = []
    for name in ("alone", "together"):
        if unknown := set(data[name]) - set(FEATURES):
            raise ValueError(f"{name}: no such feature: {', '.join(sorted(unknown))}")
        sets.append(np.array([float(data[name].get(f, 0.0)) for f in FEATURES]))
    return Weights(sets[0], sets[1], float(data["temperature"]), float(data["least"]))


def chances(table: Table, scores: Any) -> tuple[Any, Any]:
    """Probabilities of the candidates and of "none of these", which add up to 1 for each sense."""
    candidates, none = scores[: table.size], scores[table.size :]
    starts = [s.begin for s in table.senses]
    top = np.maximum(np.maximum.reduceat(candidates, starts), none)
    raised, rest = np.exp(candidates - top[table.of]), np.exp(none - top)
    total = np.add.reduceat(raised, starts) + rest
    return raised / total[table.of], rest / total


def scored(table: Table, by: Weights) -> Any:
    """The scores of all rows after the last pass; the table then holds the support that they rest on."""
    if not table.size:
        return np.zeros(0)
    now, _ = chances(table, table.rows @ by.alone)
    for _ in range(PASSES):
        support(table, now)
        scores = table.rows @ by.together
        now, _ = chances(table, scores)
    return scores

"""Learned kinds: where the vocabulary does not decide, the example clauses that are nearest do, by what the
tagger's encoder makes of the clause and by the vocabulary's own scores.

The model is trained on clauses written for it (`training/kinds.py`), on no annotated text. It belongs to one
encoder, whose hash it keeps: with another one its numbers mean nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from oskil.reading.kinds import Clause, best, kinds, precedences, scores
from oskil.reading.tagger.tagger import MODEL, Tagger, window_input
from oskil.reading.tagger.units import units

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "data" / "kinds.npz"
CLEAR = 2.0  # the vocabulary decides where its best kind leads by more than this
LONGEST = 240  # characters of a clause that the encoder is given: fewer units than a window takes


@dataclass(frozen=True, slots=True)
class KindModel:
    """How near a clause is to each example clause, and what each example says of each kind.

    `examples` [examples, features] lie in the space of `features`: the vector less `mean` and over `spread`,
    on the `axes` [width, kept] along which the examples differ most, then the vocabulary's scores and whether
    it is said. Nearness falls with the squared distance over `reach`; `weights` [examples, kinds] are summed
    by it. `names` are the kinds in the order of the columns; `encoder` is the SHA-256 of the tagger that the
    vectors come from.
    """

    names: tuple[str, ...]
    weights: Floats
    examples: Floats
    mean: Floats
    spread: Floats
    axes: Floats
    reach: float
    encoder: str

    @staticmethod
    def load(path: Path = WEIGHTS) -> KindModel:
        """The shipped model, or that of a file."""
        with np.load(path, allow_pickle=False) as arrays:
            weights, examples, mean, spread, axes = (
                arrays[k].astype(np.float32) for k in ("weights", "examples", "mean", "spread", "axes")
            )
            names = tuple(str(n) for n in arrays["names"])
            return KindModel(
                names, weights, examples, mean, spread, axes, float(arrays["reach"]), str(arrays["encoder"])
            )

    def choose(self, vectors: Floats, clauses: Sequence[Clause]) -> list[str]:
        """The kind that the nearest examples speak for most, of each clause; `vectors` [clauses, width]."""
        given = np.concatenate([(vectors - self.mean) / self.spread @ self.axes, features(clauses)], axis=1)
        found = nearness(given, self.examples, self.reach) @ self.weights
        said = np.array([c.attributed for c in clauses])
        found[~said, self.names.index("statement")] = -np.inf
        return [self.names[i] for i in found.argmax(1)]


def nearness(given: Floats, examples: Floats, reach: float) -> Floats:
    """How near each row is to each example, from 1 at no distance down to 0: [rows, examples]."""
    squares = (given**2).sum(1)[:, None] + (examples**2).sum(1) - 2 * given @ examples.T
    near: Floats = np.exp(-np.maximum(squares, 0) / reach)
    return near


@dataclass(frozen=True, slots=True)
class LearnedKinds:
    """Decides kinds: by the vocabulary where it is clear, else by the model."""

    tagger: Tagger
    model: KindModel

    def __call__(self, clauses: Sequence[Clause]) -> list[str]:
        out = [decided(clause) for clause in clauses]
        open_ones = [i for i, kind in enumerate(out) if not kind]
        if open_ones:
            asked = [clauses[i] for i in open_ones]
            chosen = self.model.choose(meanings(self.tagger, [c.words for c in asked]), asked)
            for i, kind in zip(open_ones, chosen, strict=True):
                out[i] = kind
        return out


def decided(clause: Clause) -> str:
    """The kind that the vocabulary clearly prefers, or nothing."""
    found = scores(clause)
    first, second = sorted(found.values(), reverse=True)[:2]
    return best(found, clause) if first - second > CLEAR else ""


def features(clauses: Sequence[Clause]) -> Floats:
    """A row a clause: the vocabulary's score for each kind, at most 10, in fifths; and whether it is said."""
    names = sorted(precedences())
    rows = []
    for clause in clauses:
        found = scores(clause)
        rows.append([min(found.get(n, 0.0), 10.0) / 5 for n in names] + [float(clause.attributed)])
    return np.array(rows, dtype=np.float32).reshape(-1, len(kinds()) + 1)


def meanings(tagger: Tagger, texts: Sequence[str]) -> Floats:
    """The mean of the encoder's vectors over each short text, each read by itself: [texts, width]. A text
    without a word has the mean of a full stop.
    """

    def meaning(text: str) -> Floats:
        found = units(" ".join(text.split())[:LONGEST], tagger.wordpieces)
        found = found if len(found) else units(".", tagger.wordpieces)
        [vectors] = tagger.session.run(["vectors"], window_input(found, 0, len(found)))
        mean: Floats = vectors[0].mean(0)
        return mean

    return np.stack(list(tagger.each(meaning, texts)))


def encoder_hash(folder: Path = MODEL) -> str:
    """The SHA-256 of the tagger's network."""
    return hashlib.sha256((folder / "tagger.onnx").read_bytes()).hexdigest()

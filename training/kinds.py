"""Train the kinds: python -m training.kinds [--cases FILE] [--out FILE]

Least squares over how near clauses are to one another, by the shipped tagger's vectors and the vocabulary's
scores. The clauses of `training/cases/kinds.tsv` were written for this and taken from no text. Deterministic;
some seconds.
It has to be run again whenever the tagger or the vocabulary of kinds changes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from oskil.reading.kinds import Clause
from oskil.reading.learned import WEIGHTS, Floats, KindModel, encoder_hash, features, meanings, nearness
from oskil.reading.tagger.tagger import Tagger

CASES = Path(__file__).parent / "cases" / "kinds.tsv"
# Chosen on three sets of annotated claims, by what is right where the vocabulary leaves it to the model.
COST = 0.3  # added to an example's nearness to itself, which is 1: how little a single one is believed
REACH = 2.0  # of the median squared distance between two clauses
KEPT = 128  # axes of the vectors
SCALE = 5.0  # vectors in fifths of their spread, so that the vocabulary's scores weigh as much


def cases(path: Path) -> tuple[list[str], list[Clause]]:
    """Kinds and clauses of a file of lines `kind, said or own, words`."""
    rows = [line.split("\t") for line in path.read_text("utf8").splitlines() if not line.startswith("#")]
    return [kind for kind, _, _ in rows], [Clause(words, voice == "said") for _, voice, words in rows]


def trained(tagger: Tagger, kinds: list[str], clauses: list[Clause]) -> KindModel:
    """The model of these clauses."""
    names = tuple(sorted(set(kinds)))
    vectors = meanings(tagger, [c.words for c in clauses])
    mean, spread = vectors.mean(0), vectors.std(0) * SCALE
    scaled = (vectors - mean) / spread
    axes = np.linalg.svd(scaled, full_matrices=False)[2][:KEPT].T
    examples = np.concatenate([scaled @ axes, features(clauses)], axis=1)
    reach = float(np.median(nearness_squares(examples))) * REACH
    wanted = np.eye(len(names))[[names.index(k) for k in kinds]] - 1 / len(names)
    near = nearness(examples, examples, reach).astype(np.float64)
    weights = np.linalg.solve(near + COST * np.eye(len(near)), wanted).astype(np.float32)
    return KindModel(names, weights, examples, mean, spread, axes, reach, encoder_hash())


def nearness_squares(rows: Floats) -> Floats:
    """Squared distances between all rows."""
    lengths = (rows**2).sum(1)
    squares: Floats = lengths[:, None] + lengths - 2 * rows @ rows.T
    return squares


def save(model: KindModel, path: Path) -> None:
    """The model in half precision: some hundred kilobytes."""
    fields = ("weights", "examples", "mean", "spread", "axes")
    arrays = {k: getattr(model, k).astype(np.float16) for k in fields}
    names, encoder = np.array(model.names), np.array(model.encoder)
    np.savez_compressed(path, names=names, encoder=encoder, reach=np.array(model.reach), **arrays)


def main() -> None:
    """Parse, train, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    save(trained(Tagger.load(), *cases(given.cases)), given.out)
    print(f"written: {given.out}")


if __name__ == "__main__":
    main()

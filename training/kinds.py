"""Train the kinds: python -m training.kinds [--cases FILE] [--out FILE]

Log-linear over the shipped tagger's vectors and the vocabulary's scores, on the clauses of
`training/cases/kinds.tsv`, which were written for this and taken from no text. Deterministic; some seconds.
It has to be run again whenever the tagger or the vocabulary of kinds changes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from oskil.reading.kinds import Clause
from oskil.reading.learned import WEIGHTS, Floats, KindModel, encoder_hash, features, meanings
from oskil.reading.tagger.tagger import Tagger

CASES = Path(__file__).parent / "cases" / "kinds.tsv"
COST = (
    0.3  # of an error, beside half the squared weights; chosen with the documents of the benchmark left out
)
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
    given = np.concatenate([(vectors - mean) / spread, features(clauses)], axis=1).astype(np.float64)
    weights, bias = fitted(given, np.array([names.index(k) for k in kinds]), len(names))
    return KindModel(names, weights, bias, mean, spread, encoder_hash())


def fitted(given: np.ndarray, wanted: np.ndarray, size: int) -> tuple[Floats, Floats]:
    """Weights [size, features] and biases of the multinomial model, by L-BFGS from zero."""
    rows, width = given.shape
    truth = np.eye(size)[wanted]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(size, width + 1)
        scores = given @ table[:, :-1].T + table[:, -1]
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        error = np.exp(logs) - truth
        slope = np.concatenate([COST * error.T @ given + table[:, :-1], COST * error.sum(0)[:, None]], axis=1)
        return 0.5 * (table[:, :-1] ** 2).sum() - COST * logs[np.arange(rows), wanted].sum(), slope.ravel()

    found = minimize(
        loss, np.zeros(size * (width + 1)), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    )
    table = found.x.reshape(size, width + 1).astype(np.float32)
    return table[:, :-1], table[:, -1]


def save(model: KindModel, path: Path) -> None:
    """The weights in half precision: some kilobytes."""
    arrays = {k: getattr(model, k).astype(np.float16) for k in ("weights", "bias", "mean", "spread")}
    np.savez_compressed(path, names=np.array(model.names), encoder=np.array(model.encoder), **arrays)


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

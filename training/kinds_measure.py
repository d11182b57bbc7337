"""How often kinds are right: python -m training.kinds_measure

On the quotations of every set of annotated claims, as the reader decides (the vocabulary where it is clear,
else the model), by the vocabulary alone and by the model alone; and on the clauses that the model learned
from, with each left out in turn. Prints figures and no text.
"""

from __future__ import annotations

import json

import numpy as np

from benchmarks.claims import _gold as gold_of
from benchmarks.claims import groups
from oskil.reading.kinds import Clause, by_rules
from oskil.reading.learned import KindModel, LearnedKinds, decided, meanings, nearness
from oskil.reading.tagger.tagger import Tagger
from training.kinds import CASES, COST, cases


def quotations(names: list[str]) -> tuple[list[str], list[Clause]]:
    """The kinds and quotations of some annotated documents."""
    golds = (json.loads(gold_of(name).read_text(encoding="utf-8")) for name in names)
    found = [claim for gold in golds for claim in gold["claims"]]
    return [c["kind"] for c in found], [Clause(c["quote"], c["speaker"] is not None) for c in found]


def left_out(model: KindModel, kinds: list[str], clauses: list[Clause]) -> list[str]:
    """What the model would say of each of its own clauses without having seen it, in closed form: what a
    clause adds to its own answer is taken off.
    """
    near = nearness(model.examples, model.examples, model.reach).astype(np.float64)
    wanted = np.eye(len(model.names))[[model.names.index(k) for k in kinds]] - 1 / len(model.names)
    inverse = np.linalg.inv(near + COST * np.eye(len(near)))
    found = wanted - inverse @ wanted / np.diag(inverse)[:, None]
    said = np.array([c.attributed for c in clauses])
    found[~said, model.names.index("statement")] = -np.inf
    return [model.names[i] for i in found.argmax(1)]


def joined(clauses: list[Clause], chosen: list[str]) -> list[str]:
    """The vocabulary's kind where it is clear, else the one chosen."""
    return [decided(clause) or kind for clause, kind in zip(clauses, chosen, strict=True)]


def right(found: list[str], kinds: list[str]) -> str:
    """The share of equals, in percent."""
    return f"{100 * np.mean([a == b for a, b in zip(found, kinds, strict=True)]):.1f}"


def main() -> None:
    """Print a line a set."""
    tagger, model = Tagger.load(), KindModel.load()
    decide = LearnedKinds(tagger, model)
    print("set, claims, as the reader decides, vocabulary alone, model alone")
    for name, documents in groups().items():
        kinds, clauses = quotations(documents)
        alone = model.choose(meanings(tagger, [c.words for c in clauses]), clauses)
        figures = (right(found, kinds) for found in (decide(clauses), by_rules(clauses), alone))
        print(name, len(kinds), *figures)
    kinds, clauses = cases(CASES)
    out = left_out(model, kinds, clauses)
    figures = (right(found, kinds) for found in (joined(clauses, out), by_rules(clauses), out))
    print("clauses", len(kinds), *figures)


if __name__ == "__main__":
    main()

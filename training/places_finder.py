"""Trains the finder of place names: `python -m training.places_finder OUT.npz [--only lgl|tr-news]`.

Two linear models over hashed features (`oskil.places.clues`), by Adagrad on the logistic loss, seeded:

1. which capitalised words belong to persons, bodies and places: from the entity tags of the parsed PolNeAR
   articles (`polnear-parse-train`: silver, made by CoreNLP);
2. which stretches are place names: from the toponyms of LGL and TR-News, or of one of them alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from oskil.conflict.choosing import for_text
from oskil.places import gazetteer
from oskil.places.clues import CLASSES, Clues
from oskil.places.finding import by_rules, searched
from oskil.places.interface import Gazetteer
from oskil.places.learned import STRETCH_BITS, WORD_BITS, chosen, judged, judged_by
from oskil.places.linear import HashedModel, hashed

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
CORPORA = ("lgl", "tr-news")
_TAGS = {"PERSON": 1, "ORGANIZATION": 2, "LOCATION": 3}
_SEED = 20221122

Example = tuple[list[int], int]


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def clues_of(text: str, names: Gazetteer, *, rules: bool) -> Clues:
    """A text's features; with what the rules find, where wanted."""
    it = searched(text, names, for_text(text))
    return Clues(it, by_rules(it) if rules else ())


def words(names: Gazetteer, limit: int | None = None) -> Iterator[Example]:
    """Capitalised words of PolNeAR with their silver classes."""
    folder = SHARED / "polnear"
    texts = {r["id"]: r["text"] for r in records(folder / "polnear-train.jsonl.gz")}
    for number, record in enumerate(records(folder / "polnear-parse-train.jsonl.gz")):
        if number == limit:
            return
        tags = {t[0]: _TAGS.get(t[4], 0) for s in record["sentences"] for t in s["tokens"]}
        clues = clues_of(texts[record["id"]], names, rules=False)
        for at in clues.capitals:
            label = tags.get(clues.it.tokens[at].start)
            if label is not None:
                yield hashed(clues.of_word(at), WORD_BITS), label


def stretches(corpus: str, model: HashedModel, names: Gazetteer) -> Iterator[list[Example]]:
    """The stretches of each document of a corpus, and whether each is a toponym there."""
    for record in records(SHARED / "geoparse" / f"{corpus}.jsonl.gz"):
        gold = {(t["start"], t["end"]) for t in record["toponyms"]}
        clues = clues_of(record["text"], names, rules=True)
        yield [(rows, int((one.start, one.end) in gold)) for one, rows in judged(clues, model)]


def train(
    examples: Sequence[Example], bits: int, classes: int, *, epochs: int, rate: float, decay: float
) -> HashedModel:
    """Adagrad over mini-batches; a softmax over classes. The weights are rounded to 8 bits at the end."""
    chance = np.random.default_rng(_SEED)
    weights = np.zeros((1 << bits, classes), np.float32)
    squares = np.full((1 << bits, classes), 1e-6, np.float32)
    labels = np.array([label for _, label in examples])
    for _ in range(epochs):
        order = chance.permutation(len(examples))
        for begin in range(0, len(order), 256):
            batch = order[begin : begin + 256]
            sizes = np.array([len(examples[i][0]) for i in batch])
            flat = np.concatenate([np.asarray(examples[i][0]) for i in batch])
            starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
            scores = np.add.reduceat(weights[flat], starts, axis=0)
            chances = np.exp(scores - scores.max(1, keepdims=True))
            chances /= chances.sum(1, keepdims=True)
            chances[np.arange(len(batch)), labels[batch]] -= 1
            rows, where = np.unique(flat, return_inverse=True)
            slope = np.zeros((len(rows), classes), np.float32)
            np.add.at(slope, where, np.repeat(chances.astype(np.float32), sizes, axis=0))
            slope = slope / len(batch) + decay * weights[rows]
            squares[rows] += slope**2
            weights[rows] -= rate * slope / np.sqrt(squares[rows])
    scale = float(np.abs(weights).max()) / 127
    return HashedModel(np.rint(weights / scale).astype(np.int8), scale, np.zeros(classes, np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", choices=CORPORA)
    given = parser.parse_args()
    names = gazetteer.load()
    save(given.out, *trained(names, (given.only,) if given.only else CORPORA))


def trained(names: Gazetteer, corpora: Sequence[str]) -> tuple[HashedModel, HashedModel]:
    """Both models, the second from the corpora named."""
    first = _words_model(names)
    examples = [one for corpus in corpora for document in stretches(corpus, first, names) for one in document]
    return first, _stretches_model(examples)


def left_out(names: Gazetteer, least: float, at_home: float) -> dict[str, float]:
    """Exact F, in percent, on each corpus of a finder that learned from the other one only."""
    first = _words_model(names)
    known = {corpus: list(stretches(corpus, first, names)) for corpus in CORPORA}
    out = {}
    for corpus in CORPORA:
        others = [one for c, texts in known.items() if c != corpus for text in texts for one in text]
        second = _stretches_model(others)
        hits = predicted = gold = 0
        for record in records(SHARED / "geoparse" / f"{corpus}.jsonl.gz"):
            judged_here = judged_by(clues_of(record["text"], names, rules=True), first, second)
            mine = {(one.start, one.end) for one, _ in chosen(judged_here, least, at_home)}
            right = {(t["start"], t["end"]) for t in record["toponyms"]}
            hits, predicted, gold = hits + len(mine & right), predicted + len(mine), gold + len(right)
        out[corpus] = 200 * hits / max(1, predicted + gold)
    return out


def _words_model(names: Gazetteer) -> HashedModel:
    return train(list(words(names)), WORD_BITS, len(CLASSES), epochs=4, rate=0.1, decay=1e-6)


def _stretches_model(examples: Sequence[Example]) -> HashedModel:
    return train(examples, STRETCH_BITS, 2, epochs=4, rate=0.1, decay=1e-4)


def save(path: Path, first: HashedModel, second: HashedModel) -> None:
    """One file for both."""
    parts: dict[str, Any] = {}
    for name, model in (("words", first), ("stretches", second)):
        parts |= {f"{name}_weights": model.weights, f"{name}_scale": model.scale, f"{name}_bias": model.bias}
    np.savez_compressed(path, **parts)


if __name__ == "__main__":
    main()

"""How well sources, cues and contents are found, by the scorer that comes with the gold.

Two sets of US political news: `valid` is the validation part that published tables use (CofeNet, COLING
2022), paragraph by paragraph with blanks between tokens; `dev` the same articles whole, where a content
counts as linked if it is exact and its source is the right one.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import OSKIL, SHARED, Figure, digest, timed

FOLDER = SHARED / "data" / "polnear"
SETS = {"valid": FOLDER / "cofenet-valid.jsonl.gz", "dev": FOLDER / "polnear-dev.jsonl.gz"}
SCORER = SHARED / "score" / "attribution.py"
GOALS = {"source": 83.2, "cue": 75.3, "content": 72.9, "linked": 60.0}


def available() -> bool:
    """Whether the gold and its scorer lie beside the checkout."""
    return SCORER.is_file() and all(path.is_file() for path in SETS.values())


def data_hash() -> str:
    """The hash that the floors are pinned to."""
    return digest([SCORER, *SETS.values()])


def scored() -> dict[str, float]:
    """Exact F of each role on `valid`, of linked contents on `dev`, in percent, through `oskil annotate`."""
    valid, dev = (_score(path) for path in SETS.values())
    roles = {role: valid[f"{role}_exact_prf"][2] for role in ("source", "cue", "content")}
    return {**roles, "linked": dev["content_linked_prf"][2]}


def _score(gold: Path) -> dict[str, list[float]]:
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        texts = [{k: record[k] for k in ("id", "text")} for record in map(json.loads, lines)]
    predicted = timed((*OSKIL, "annotate"), stdin="".join(json.dumps(t) + "\n" for t in texts).encode())
    with tempfile.TemporaryDirectory() as folder:
        guess = Path(folder) / "predicted.jsonl"
        guess.write_text(predicted.out, encoding="utf-8")
        result = timed((sys.executable, str(SCORER), str(gold), str(guess), "--json"))
    score: dict[str, list[float]] = json.loads(result.out)
    return score


def figures() -> list[Figure]:
    """The table's rows."""
    found = scored()
    names = {role: f"{role}, exact F, paragraphs of `valid`" for role in ("source", "cue", "content")}
    names["linked"] = "content with its source, F, whole articles of `dev`"
    return [Figure(names[key], found[key], "%", f"≥ {GOALS[key]}") for key in names]

"""What is claimed: the kind of a proposition, by the vocabulary in `vocabulary/*.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from oskil.errors import ProfileError
from oskil.reading.lexicon import HERE, read_yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of claim: its id, what it is about, and the patterns that speak for it."""

    id: str
    about: str
    near_acled: str
    precedence: int
    patterns: tuple[tuple[re.Pattern[str], float], ...]

    def score(self, words: str) -> float:
        """The sum of the weights of the patterns that occur in `words` (lower-cased)."""
        return sum(weight for pattern, weight in self.patterns if pattern.search(words))


@lru_cache
def kinds() -> tuple[Kind, ...]:
    """The vocabulary, highest precedence first. Raises ProfileError with the file where one is wrong."""
    out = []
    for path in sorted((HERE / "vocabulary").glob("*.yaml")):
        data = read_yaml(path)
        try:
            patterns = tuple((re.compile(p), float(w)) for p, w in data["patterns"])
            out.append(Kind(data["id"], data["about"], data["near_acled"], int(data["precedence"]), patterns))
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise ProfileError(f"not a kind of claim: {error}", str(path)) from error
    return tuple(sorted(out, key=lambda k: -k.precedence))


def classify(words: str, *, attributed: bool, nested: bool = False, stance: str = "asserted") -> str:
    """The kind of a proposition from its words.

    What no pattern knows is a `statement` where somebody says it, `background` in the outlet's own voice;
    a nested phrase (an apposition, a bracket) leans to `background`, and what is predicted to `forecast`.
    """
    low = " ".join(words.lower().replace("’", "'").split())
    scores = {kind.id: kind.score(low) for kind in kinds()}
    scores["background"] += 5.0 if nested else 0.0
    scores["forecast"] += 5.0 if stance == "forecast" else 0.0
    if not attributed:
        scores["background"] += scores.pop("statement")
    best = max(scores, key=lambda k: (scores[k], _precedence(k)))
    if scores[best] > 0:
        return best
    return "statement" if attributed else "background"


def _precedence(kind: str) -> int:
    return next(k.precedence for k in kinds() if k.id == kind)

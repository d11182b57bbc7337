"""What is claimed: the kind of a proposition, by the vocabulary in `vocabulary/*.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from oskil.errors import ProfileError
from oskil.reading.grammar import head
from oskil.reading.lexicon import HERE, read_yaml
from oskil.reading.text import tokens
from oskil.records import Span


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that speak for a kind, and how much; `anywhere` ones count in full wherever in the clause
    they stand.
    """

    words: re.Pattern[str]
    weight: float
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of claim: its id, what it is about, and the patterns that speak for it."""

    id: str
    about: str
    near_acled: str
    precedence: int
    patterns: tuple[Pattern, ...]

    def score(self, words: str, head: tuple[int, int]) -> float:
        """The sum of the weights of the patterns that occur in `words` (lower-cased).

        What touches the main predicate counts in full; what only the subject, an infinitive or a later phrase
        mentions, in part.
        """
        total = 0.0
        for pattern in self.patterns:
            shares = [_share(words, m.start(), m.end(), head) for m in pattern.words.finditer(words)]
            if shares:
                total += pattern.weight * (IN_HEAD if pattern.anywhere else max(shares))
        return total


# "to recapture" names a purpose; "failed to encircle", "managed to seize" the event itself.
PURPOSE = re.compile(
    r"(?<!\bfailed )(?<!\bable )(?<!\bunable )(?<!\bmanaged )(?<!\btried )(?<!\battempted"
    r" )(?<!\bcontinued )(?<!\bforced )"
    r"(?<!\bbegan )(?<!\bstarted )\bto\s+(?:\w+ly\s+)?$"
)
IN_HEAD, IN_PURPOSE, ELSEWHERE = 1.0, 0.4, 0.6  # by hand, on texts of our own


def _share(words: str, start: int, end: int, head: tuple[int, int]) -> float:
    purpose = PURPOSE.search(words[:start]) is not None
    if purpose and start > head[0] + 1:
        return IN_PURPOSE
    return IN_HEAD if start < head[1] and head[0] < end else ELSEWHERE


@lru_cache
def kinds() -> tuple[Kind, ...]:
    """The vocabulary, highest precedence first. Raises ProfileError with the file where one is wrong."""
    out = []
    for path in sorted((HERE / "vocabulary").glob("*.yaml")):
        data = read_yaml(path)
        try:
            patterns = tuple(Pattern(re.compile(p), float(w), *rest) for p, w, *rest in data["patterns"])
            out.append(Kind(data["id"], data["about"], data["near_acled"], int(data["precedence"]), patterns))
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise ProfileError(f"not a kind of claim: {error}", str(path)) from error
    return tuple(sorted(out, key=lambda k: -k.precedence))


def classify(words: str, *, attributed: bool, nested: bool = False, stance: str = "asserted") -> str:
    """The kind of a proposition from its words.

    What no pattern knows is a judgement where somebody says it and `background` in the outlet's own voice; a
    nested phrase (an apposition, a bracket) leans to `background`, and what is predicted to `forecast`.
    """
    low = words.lower().replace("’", "'").replace("\n", " ")
    window = head(tokens(low, Span(0, len(low))))
    scores = {kind.id: kind.score(low, window) for kind in kinds()}
    scores["background"] += 5.0 if nested else 0.0
    scores["forecast"] += 5.0 if stance == "forecast" else 0.0
    if not attributed:
        scores["background"] += scores.pop("statement")
    best = max(scores, key=lambda k: (scores[k], _precedence(k)))
    if scores[best] > 0:
        return best
    return "assessment" if attributed else "background"


def _precedence(kind: str) -> int:
    return next(k.precedence for k in kinds() if k.id == kind)

"""What is claimed: the kind of a proposition, by the vocabulary in `vocabulary/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from oskil.errors import ProfileError
from oskil.reading.grammar import head
from oskil.reading.lexicon import HERE, read_yaml
from oskil.reading.needles import Sieve
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

    def score(self, words: str, head: tuple[int, int]) -> float:
        """The weight where it occurs in `words` (lower-cased), else 0.

        What touches the main predicate counts in full; what only the subject, an infinitive or a later phrase
        mentions, in part.
        """
        shares = [_share(words, m.start(), m.end(), head) for m in self.words.finditer(words)]
        return self.weight * (IN_HEAD if self.anywhere else max(shares)) if shares else 0.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of claim: its id, what it is about, and the patterns that speak for it."""

    id: str
    about: str
    near_acled: str
    precedence: int
    patterns: tuple[Pattern, ...]


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


@dataclass(frozen=True, slots=True)
class Clause:
    """What the kind of a proposition is told from: its words without the facts nested in them, whether
    somebody says it, whether it is nested itself (an apposition, a bracket), and what its cue does to it.
    """

    words: str
    attributed: bool
    nested: bool = False
    stance: str = "asserted"


def by_rules(clauses: Sequence[Clause]) -> list[str]:
    """The kind of each clause by the vocabulary alone."""
    return [best(scores(clause), clause) for clause in clauses]


@lru_cache
def _sieve() -> tuple[Sieve, tuple[tuple[str, Pattern], ...]]:
    """All patterns with the kinds that they speak for, and the sieve that says which may match."""
    patterns = tuple((kind.id, pattern) for kind in kinds() for pattern in kind.patterns)
    return Sieve(pattern.words for _, pattern in patterns), patterns


def scores(clause: Clause) -> dict[str, float]:
    """What the vocabulary gives each kind.

    A nested phrase leans to `background`, what is predicted to `forecast`; the outlet's own voice makes no
    statements.
    """
    found = dict(_scores(clause.words.lower().replace("’", "'").replace("\n", " ")))
    found["background"] += 5.0 if clause.nested else 0.0
    found["forecast"] += 5.0 if clause.stance == "forecast" else 0.0
    if not clause.attributed:
        found["background"] += found.pop("statement")
    return found


@lru_cache(maxsize=1024)  # asked again by whoever learns from the scores
def _scores(low: str) -> Mapping[str, float]:
    window = head(tokens(low, Span(0, len(low))))
    found = {kind.id: 0.0 for kind in kinds()}
    sieve, patterns = _sieve()
    for kind, pattern in (patterns[k] for k in sieve.may_match(low)):
        found[kind] += pattern.score(low, window)
    return found


def best(found: Mapping[str, float], clause: Clause) -> str:
    """The kind with the highest score, by precedence among equals. What no pattern knows is a judgement
    where somebody says it and `background` in the outlet's own voice.
    """
    kind = max(found, key=lambda k: (found[k], precedences()[k]))
    if found[kind] > 0:
        return kind
    return "assessment" if clause.attributed else "background"


@lru_cache
def precedences() -> dict[str, int]:
    """The precedence of each kind."""
    return {kind.id: kind.precedence for kind in kinds()}

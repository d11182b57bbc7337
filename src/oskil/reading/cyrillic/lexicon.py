"""The words that Cyrillic reports are read by: `words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from oskil.errors import ProfileError
from oskil.reading.lexicon import read_yaml

FILE = Path(__file__).with_name("words.yaml")
PRESENCE = ("stays", "none", "men")
CHANGES = ("frees", "occupies", "takes", "loses", "expels", "stands")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of claim and what speaks for it, with weights: single words, and patterns of several."""

    id: str
    precedence: int
    single: dict[str, float]
    patterns: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`groups` are sets of dictionary words by name; `stances` tells what a reporting verb does."""

    groups: dict[str, frozenset[str]]
    stances: dict[str, str]
    rumours: tuple[tuple[str, ...], ...]
    evidence: dict[str, frozenset[str]]
    days: dict[str, int]
    months: dict[str, int]
    kinds: tuple[Kind, ...]


@cache
def lexicon() -> Lexicon:
    """Loads the file once. Raises ProfileError with its name where it is not as it should be."""
    data = read_yaml(FILE)
    try:
        return _lexicon(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProfileError(f"not a list of words to read by: {error}", str(FILE)) from error


def _lexicon(data: Any) -> Lexicon:
    plain = (
        "that",
        "reports",
        "crowds",
        "hedges",
        "conditions",
        "negations",
        "bodies",
        "enemy",
        "own",
        "from",
        *PRESENCE,
    )
    groups = {name: _set(data[name]) for name in plain}
    groups |= {f"according {name}": _set(listed) for name, listed in data["according"].items()}
    groups |= {name: _set(data["changes"][name]) for name in CHANGES}
    stances = {lemma: stance for stance, listed in data["speech"].items() for lemma in listed.split()}
    months = {lemma: k % 12 + 1 for k, lemma in enumerate(data["months"].split())}
    kinds = tuple(
        Kind(
            name,
            int(kind["precedence"]),
            {p: float(weight) for p, weight in kind["patterns"].items() if " " not in p},
            tuple((tuple(p.split()), float(weight)) for p, weight in kind["patterns"].items() if " " in p),
        )
        for name, kind in data["kinds"].items()
    )
    return Lexicon(
        groups,
        stances,
        tuple(tuple(r.split()) for r in data["rumours"]),
        {name: _set(listed) for name, listed in data["evidence"].items()},
        dict(data["days"]),
        months,
        kinds,
    )


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())

"""Lists of events without verbs: "six dead, the bridge gone, two mills burned"."""

from __future__ import annotations

from collections.abc import Sequence

from oskil.reading.lexicon import words
from oskil.reading.text import Token

MOST = 14  # words of one item
NO_ITEM = frozenset("he she they it we you i them him her which who whom that where".split())
ENDS = frozenset((",", ";", ":", ".", "–", "—", "--"))


def is_result(item: Sequence[Token]) -> bool:
    """Whether words are an item of such a list: what it happened to, then what happened, no verb."""
    said = [t.low for t in item if t.is_word and t.low != "and"]
    results = [k for k, low in enumerate(said) if low in words().groups["results"]]
    if not results or results[0] == 0 or len(said) > MOST:
        return False
    return not any(low in words().auxiliaries or low in NO_ITEM for low in said)


def between_results(left: Sequence[Token], mark: Token, right: Sequence[Token]) -> bool:
    """Whether a comma, a semicolon or an "and" stands between two items of such a list."""
    if mark.text not in (",", ";") and mark.low != "and":
        return False
    return is_result(_last_item(left)) and is_result(_first_item(right))


def _first_item(right: Sequence[Token]) -> Sequence[Token]:
    return right[: next((k for k, t in enumerate(right) if k and t.text in ENDS), len(right))]


def _last_item(left: Sequence[Token]) -> Sequence[Token]:
    return left[next((k + 1 for k in range(len(left) - 1, -1, -1) if left[k].text in ENDS), 0) :]

"""What a text must hold for a pattern to match at all: a cheap test before a dear search.

Most of the patterns that a clause is held against cannot match it, since none of the words that they are
made of occurs in it; to see that takes a search for those words and no regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # another Python: every pattern is then searched for
    _parser = None

# Letters that match another one regardless of case though lower() does not make them that one.
_ODD = re.compile("[\u0130\u0131\u017f\u00b5\u0345\u03c2\u03d0-\u03f5\u1c80-\u1c8a\u1e9b\u1fbe\ufb05\ufb06]")
_MOST = 200  # words of a pattern; to look for more is no cheaper than the pattern itself


def needles(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Words in lower case one of which is in every match of a pattern; None where none can be told."""
    if _parser is None:
        return None
    found = _of(_parser.parse(pattern.pattern, pattern.flags))
    return found if found and len(found) <= _MOST else None


class Sieve:
    """Several patterns, of which only those are searched for that may match."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._always: list[int] = []
        by_word: dict[str, list[int]] = {}
        for k, pattern in enumerate(patterns):
            found = needles(pattern)
            if found is None:
                self._always.append(k)
            for word in found or ():
                by_word.setdefault(word, []).append(k)
        self._words = tuple(by_word.items())
        self._size = k + 1

    def may_match(self, words: str) -> Sequence[int]:
        """The numbers, in order, of the patterns that may match within these words."""
        if not words.isascii() and _ODD.search(words):
            return range(self._size)
        low = words.lower()
        return sorted({*self._always, *chain(*[numbers for word, numbers in self._words if word in low])})


def _of(parsed: Iterable[Any]) -> frozenset[str] | None:
    """The best of what each part of a sequence asks for: the longest words, and of like ones the fewest."""
    asked = [one for one in _asked(parsed) if one and all(one)]
    # "the" is in every clause, and tells nothing.
    return max(asked, key=lambda one: ("the" not in one, min(3, min(map(len, one))), -len(one)), default=None)


def _asked(parsed: Iterable[Any]) -> Iterator[frozenset[str] | None]:
    run = ""
    for kind, given in parsed:
        name = str(kind)
        if name == "LITERAL":
            run += chr(given).lower()
            continue
        if run:
            yield frozenset((run,))
        run = ""
        if name == "SUBPATTERN":
            yield _of(given[-1])
        elif name == "BRANCH":
            each = [_of(branch) for branch in given[1]]
            yield frozenset().union(*(e for e in each if e)) if all(each) else None
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and given[0] >= 1:
            yield _of(given[-1])
        elif name == "ATOMIC_GROUP":
            yield _of(given)
    if run:
        yield frozenset((run,))

"""Ways in which things meet in groups that do not depend on their order: ranges and sets of words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def in_common(
    items: Iterable[T], ends: Callable[[T], tuple[Any, Any]], name: Callable[[T], str]
) -> Iterator[list[T]]:
    """The fewest groups in which all ranges of a group have a point in common.

    `ends` gives the first and the last point of an item, both inclusive. Of the ranges that are left, the
    one that ends first makes a group with all that have begun by then. Takes n log n.
    """
    begun = sorted(((*ends(item), name(item), item) for item in items), key=lambda entry: entry[:3])
    taken = 0
    for last in sorted(entry[1] for entry in begun):
        # All that began by an earlier end are in a group already; the others end here or later.
        upto = taken
        while upto < len(begun) and begun[upto][0] <= last:
            upto += 1
        if upto > taken:
            yield [entry[3] for entry in begun[taken:upto]]
            taken = upto


Words = tuple[frozenset[str], frozenset[str]]


def grouped(sets: Sequence[Words], share: float, least: int) -> list[int]:
    """For each set of words the head of its group: groups are what chains of likenesses join.

    Each entry gives all words, and the names among them. Two are alike where twice the words shared are at
    least `share` of the words of both, at least `least` of them, and the same holds for the names. Only those
    that share one of their rarer words are compared, which any two that are alike must (prefix filtering:
    Chaudhuri and others, ICDE 2006), so that many on many matters cost little more than their number.
    """
    heads = list(range(len(sets)))
    held: dict[Words, int] = {}
    for index, own in enumerate(sets):
        # Equal sets are one from here on: a text that hundreds repeat is compared once.
        first = held.setdefault(own, index)
        if len(own[0]) >= least:
            join(heads, index, first)
    for one, other in _near(sets, sorted(held.values()), share, least):
        join(heads, one, other)
    return [head(heads, index) for index in range(len(sets))]


def _near(
    sets: Sequence[Words], wanted: Sequence[int], share: float, least: int
) -> Iterator[tuple[int, int]]:
    often = Counter(word for index in wanted for word in sets[index][0])
    holding: dict[str, list[int]] = defaultdict(list)
    for index in wanted:
        own, names = sets[index]
        ordered = sorted(own, key=lambda word: (often[word], word))
        # Two sets alike by `share` have at least this many words of the smaller one in common.
        must = max(least, math.ceil(len(own) * share / (2 - share)))
        rare = ordered[: max(0, len(own) - must + 1)]
        for other in sorted({other for word in rare for other in holding[word]}):
            words, others = sets[other]
            if len(own & words) >= least and _alike(own, words, share) and _alike(names, others, share):
                yield index, other
        for word in rare:
            holding[word].append(index)


def _alike(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    return 2 * len(one & other) >= share * (len(one) + len(other))


def head(heads: list[int], index: int) -> int:
    """The head of the group that an index belongs to; paths are shortened on the way."""
    while heads[index] != index:
        heads[index] = heads[heads[index]]
        index = heads[index]
    return index


def join(heads: list[int], one: int, other: int) -> None:
    """Make the groups of two indices one, under the lesser head."""
    first, second = sorted((head(heads, one), head(heads, other)))
    heads[second] = first

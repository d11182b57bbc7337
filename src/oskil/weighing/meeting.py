"""Ways in which things meet in groups that do not depend on their order: ranges and sets of words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
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


def alike(
    items: Sequence[T], words: Callable[[T], frozenset[str]], share: float, least: int
) -> Iterator[list[T]]:
    """Groups of items that a chain of likenesses joins: twice the words shared over the words of both.

    Items are compared only where they share one of their rarer words, which those that are alike enough must
    (prefix filtering: Chaudhuri and others, ICDE 2006), so that many items on many matters cost little more
    than their number. Items with equal words are joined however few they are.
    """
    sets = [words(item) for item in items]
    heads = list(range(len(items)))
    held: dict[Hashable, int] = {}
    for index, own in enumerate(sets):
        join(heads, index, held.setdefault(own, index))
    # Equal sets are one from here on: a text that hundreds repeat is compared once.
    for one, other in _near(sets, sorted(held.values()), share, least):
        join(heads, one, other)
    groups: dict[int, list[T]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[head(heads, index)].append(item)
    yield from groups.values()


def _near(
    sets: Sequence[frozenset[str]], wanted: Sequence[int], share: float, least: int
) -> Iterator[tuple[int, int]]:
    often = Counter(word for index in wanted for word in sets[index])
    holding: dict[str, list[int]] = defaultdict(list)
    for index in wanted:
        own = sorted(sets[index], key=lambda word: (often[word], word))
        # Two sets alike by `share` have at least this many words of the smaller one in common.
        must = max(least, math.ceil(len(own) * share / (2 - share)))
        rare = own[: max(0, len(own) - must + 1)]
        for other in sorted({other for word in rare for other in holding[word]}):
            both = len(sets[index] & sets[other])
            if both >= least and 2 * both >= share * (len(own) + len(sets[other])):
                yield index, other
        for word in rare:
            holding[word].append(index)


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

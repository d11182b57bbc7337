"""Reused wording: passages of one text that stood in another before, letter for letter or nearly so.

Candidates are found by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003), which is MinHash in windows:
of every few shingles in a row the one with the least hash is kept, and texts that keep the same one are
compared there word by word. Unlike MinHash over whole texts, which estimates how much two texts have in
common, this finds one paragraph taken into a long report, and is sure to: no run of `shingle + window - 1`
shared words is missed.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from oskil.records import Document, Span
from oskil.weighing.moments import told_order
from oskil.weighing.origins.thresholds import Wording, thresholds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORD = re.compile(r"\w+")
# Titles and captions are rewritten by each outlet, and menus are no report.
BODY = frozenset(("body", "standfirst", "update", "embed"))


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of `document` (at `span`) that stood in `source` (at `found`) before. Both are document ids.

    `words` is the number of words that are the same in both.
    """

    document: str
    source: str
    span: Span
    found: Span
    words: int


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a body with their places, by number: equal words have equal numbers."""

    id: str
    key: str
    words: array[int]
    starts: array[int]
    ends: array[int]


def passages(documents: Iterable[Document], known: Wording | None = None) -> tuple[Passage, ...]:
    """Every passage that a text took from an earlier one, in the order of the texts and their characters.

    Each is traced to the earliest text that has its words (`told_order`); revisions of one text are not set
    against one another. About 4 million words a minute and core, whatever the number of texts.
    """
    given = known or thresholds().wording
    texts, shared = _compared(documents, given)
    found: list[Passage] = []
    for copy, sources in sorted(shared.items()):
        found += _passages(texts[copy], {n: texts[n] for n in sources}, sources, given)
    return tuple(found)


def near_duplicates(
    documents: Iterable[Document], known: Wording | None = None
) -> tuple[tuple[str, str, float], ...]:
    """Pairs of texts of which one is a copy of the other: earlier id, later id, the share that is copied.

    The share is that of the words of the shorter body that stand in shingles of the other, wherever there: a
    text cut and put together in another order is a copy still.
    """
    given = known or thresholds().wording
    texts, shared = _compared(documents, given)
    held = lru_cache(maxsize=4096)(lambda number: frozenset(_shingles(texts[number].words, given.shingle)))
    found = []
    for copy, sources in shared.items():
        for source in sources:
            shorter, longer = sorted((copy, source), key=lambda number: len(texts[number].words))
            share = _standing(texts[shorter].words, held(longer), given.shingle)
            if share >= given.near_duplicate:
                found.append((texts[source].id, texts[copy].id, round(share, 4)))
    return tuple(sorted(found))


def _shingles(words: array[int], size: int) -> Iterator[tuple[int, ...]]:
    return (tuple(words[n : n + size]) for n in range(len(words) - size + 1))


def _standing(words: array[int], held: Container[tuple[int, ...]], size: int) -> float:
    """The share of the words of a text that lie in runs of `size` words which another has too."""
    covered, upto = 0, 0
    for n, shingle in enumerate(_shingles(words, size)):
        if shingle in held:
            covered += n + size - max(upto, n)
            upto = n + size
    return covered / max(1, len(words))


def _compared(
    documents: Iterable[Document], known: Wording
) -> tuple[list[_Text], dict[int, dict[int, list[tuple[int, int]]]]]:
    """The texts in the order of telling, and where they keep shingles that an earlier one has."""
    numbers: dict[str, int] = {}
    ordered = sorted({document.id: document for document in documents}.values(), key=told_order)
    spelled: dict[str, int] = {}
    texts = [_text(document, numbers, spelled) for document in ordered]
    return texts, _shared(texts, list(numbers), known)


def _text(document: Document, numbers: dict[str, int], spelled: dict[str, int]) -> _Text:
    """The words of a body; `numbers` gives those of words without case, `spelled` of words as they stand."""
    words, starts, ends = array("q"), array("q"), array("q")
    for match in _words(document):
        spelling = match.group()
        number = spelled.get(spelling)
        if number is None:
            number = spelled[spelling] = numbers.setdefault(spelling.casefold(), len(numbers))
        start, end = match.span()
        words.append(number)
        starts.append(start)
        ends.append(end)
    return _Text(document.id, document.key, words, starts, ends)


def _words(document: Document) -> Iterator[re.Match[str]]:
    spans = [part.span for part in document.parts if part.role in BODY] or [Span(0, len(document.text))]
    for span in spans:
        yield from WORD.finditer(document.text, span.start, span.end)


def _shared(
    texts: Sequence[_Text], words: Sequence[str], known: Wording
) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """Where texts keep a shingle that an earlier text has: by later text and earlier text, both positions."""
    import numpy as np

    sizes = np.array([len(text.words) for text in texts], dtype=np.int64)
    flat = np.fromiter(
        (word for text in texts for word in text.words), dtype=np.int64, count=int(sizes.sum())
    )
    # Of the letters, not of the numbers, so that what is kept does not hang on the other texts.
    of_word = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    owner, begins = np.repeat(np.arange(len(texts)), sizes), np.cumsum(sizes) - sizes
    kept, hashes = _winnowed(of_word[flat], (begins + sizes)[owner], known)
    if not len(kept):
        return {}
    text = owner[kept]
    order = np.lexsort((kept, hashes))
    kept, hashes, text = kept[order], hashes[order], text[order]
    # Texts are in the order of telling, so the first of equal hashes is the earliest that has the words.
    new = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    first = np.flatnonzero(new)[np.cumsum(new) - 1]
    later = np.flatnonzero(text != text[first])
    found: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    ones, others = text[later], text[first[later]]
    at, there = kept[later] - begins[ones], kept[first[later]] - begins[others]
    for one, other, here, source in zip(
        ones.tolist(), others.tolist(), at.tolist(), there.tolist(), strict=True
    ):
        if texts[one].key != texts[other].key:
            found[one][other].append((here, source))
    return found


def _winnowed(
    words: NDArray[np.uint64], ends: NDArray[np.int64], known: Wording
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The positions of the shingles kept, and their hashes. `ends` says where each word's text ends."""
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    count = len(words) - known.shingle + 1
    if count < known.window:
        return np.array([], dtype=np.int64), np.array([], dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(known.shingle):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + words[offset : offset + count]
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(29)
    windows = sliding_window_view(hashes, known.window)
    least = np.arange(len(windows)) + windows.argmin(axis=1)
    # A window that runs from one text into the next belongs to neither.
    whole = np.arange(len(windows)) + known.window + known.shingle - 1 <= ends[: len(windows)]
    kept = np.unique(least[whole])
    return kept, hashes[kept]


def _passages(
    copy: _Text,
    texts: Mapping[int, _Text],
    seeds: Mapping[int, Sequence[tuple[int, int]]],
    known: Wording,
) -> Iterator[Passage]:
    made = []
    for number, source in texts.items():
        for here, there, length, same in _runs(copy, source, seeds[number], known):
            if same >= known.least_words:
                span = Span(copy.starts[here], copy.ends[here + length - 1])
                found = Span(source.starts[there], source.ends[there + length - 1])
                made.append(Passage(copy.id, source.id, span, found, same))
    yield from sorted(made, key=lambda p: (p.span, p.source, p.found))


def _runs(
    copy: _Text, source: _Text, seeds: Sequence[tuple[int, int]], known: Wording
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of equal words, with their places in both texts, their length, and how many words are the same.

    Runs on one diagonal (the same distance apart in both texts) with a few changed words between are one.
    """
    last: tuple[int, int, int, int] | None = None
    for here, there in sorted(set(seeds), key=lambda seed: (seed[0] - seed[1], seed[0])):
        if last and last[0] - last[1] == here - there and here < last[0] + last[2]:
            continue
        begin, end = _stretched(copy.words, source.words, here, there)
        shift = here - there
        if last and last[0] - last[1] == shift and begin - (last[0] + last[2]) <= known.gap_words:
            last = last[0], last[1], end - last[0], last[3] + end - begin
            continue
        if last:
            yield last
        last = begin, begin - shift, end - begin, end - begin
    if last:
        yield last


def _stretched(one: Sequence[int], other: Sequence[int], here: int, there: int) -> tuple[int, int]:
    """How far the words are the same round a place: first and one past the last, in the first text."""
    begin, shift = here, there - here
    while begin > 0 and begin + shift > 0 and one[begin - 1] == other[begin - 1 + shift]:
        begin -= 1
    end = here
    while end < len(one) and end + shift < len(other) and one[end] == other[end + shift]:
        end += 1
    return begin, end

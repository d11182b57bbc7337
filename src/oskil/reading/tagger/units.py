"""Text into units: words and marks with their offsets, word pieces and a few features.

A unit is a run of letters and digits, or one mark (`wordpieces.py`). Spans begin and end at units. The
encoder reads each unit's word pieces; the heads see one vector a unit.

The encoder knows no case and no layout, so three features are given beside the pieces: how the unit is
written, where it stands to quotation marks, and whether it opens a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oskil.reading.tagger.wordpieces import WordPieces

Ints = NDArray[np.int64]

CASES = 6  # lower, Capitalised, CAPITALS, miXed, digits, marks
QUOTES = 4  # outside, inside, opening mark, closing mark
EDGES = 3  # within a line, opens a line, opens a paragraph

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_STRAIGHT = '"'
# Marks that the vocabulary writes otherwise; every replacement keeps the length, so offsets stay right.
_PLAIN = str.maketrans("“”„«»‘’‚`´", "\"\"\"\"\"'''''")
_DOUBLED = {"``": "“ ", "''": "” ", "‘‘": "“ ", "’’": "” "}
_DOUBLED_MARK = re.compile("``|''|‘‘|’’")
_MARK_OR_BREAK = re.compile(r'["“”„«»]|\n\s*\n')


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one text. `first[i]` is the index of unit i's first piece; `first[-1]` counts all pieces.

    `starts` and `ends` are code points of the text. `case`, `quote` and `edge` hold one number a unit.
    """

    starts: Ints
    ends: Ints
    pieces: Ints
    first: Ints
    case: Ints
    quote: Ints
    edge: Ints

    def __len__(self) -> int:
        return len(self.starts)


def directed(text: str) -> str:
    """The text with doubled quotation marks made one mark and a blank, of the same length."""
    return _DOUBLED_MARK.sub(lambda m: _DOUBLED[m.group()], text)


def units(text: str, wordpieces: WordPieces) -> Units:
    """The units of a text of any kind and length. What no unit covers is white space or controls."""
    text = directed(text)
    words = wordpieces.split(text.translate(_PLAIN))
    starts = np.array(words.starts, dtype=np.int64)
    ends = np.array(words.ends, dtype=np.int64)
    first = np.cumsum([0, *words.counts], dtype=np.int64)
    pieces = np.array(words.pieces, dtype=np.int64)
    case, quote = _cases(text, starts, ends), _quotes(text, starts)
    return Units(starts, ends, pieces, first, case, quote, _edges(text, starts))


def _cases(text: str, starts: Ints, ends: Ints) -> Ints:
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return np.fromiter((_case(text[s:e]) for s, e in pairs), dtype=np.int64, count=len(starts))


def _case(word: str) -> int:
    if word.islower():
        return 0
    if word.isalpha():
        if word.isupper():
            return 2 if len(word) > 1 else 1
        return 1 if word.istitle() else 3
    return 4 if word.isalnum() else 5


def _quotes(text: str, starts: Ints) -> Ints:
    """Where each unit stands to double quotation marks. A paragraph's end closes what is open."""
    out = np.zeros(len(starts), dtype=np.int64)
    inside = False
    done = 0
    for found in _MARK_OR_BREAK.finditer(text):
        here = int(np.searchsorted(starts, found.start()))
        out[done:here] = inside
        done = here
        mark = found.group()
        if mark not in _OPENING | _CLOSING | {_STRAIGHT}:
            inside = False
            continue
        inside = mark in _OPENING or (mark == _STRAIGHT and not inside)
        if here < len(starts) and starts[here] == found.start():
            out[here] = 2 if inside else 3
            done = here + 1
    out[done:] = inside
    return out


def _edges(text: str, starts: Ints) -> Ints:
    """2 where a blank line or nothing stands before the unit, 1 after a line break, else 0."""
    out = np.zeros(len(starts), dtype=np.int64)
    if not len(starts):
        return out
    for found in re.finditer(r"\n[\s]*", text):
        here = int(np.searchsorted(starts, found.end()))
        if here < len(starts):
            out[here] = 2 if found.group().count("\n") > 1 else max(1, int(out[here]))
    out[0] = 2
    return out


def sentence_starts(text: str, found: Units) -> Ints:
    """Indices of units that may begin a sentence: after a stop and its closing marks, before a capital or a
    mark. Used only to choose where a long text is cut, so that a wrong one costs little."""
    ends = [m.end() for m in re.finditer(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*", text)]
    here = np.searchsorted(found.starts, np.asarray(ends, dtype=np.int64))
    return np.unique(here[here < len(found)])


def windows(found: Units, sentences: Ints, most: int) -> list[tuple[int, int]]:
    """The units cut into stretches of at most `most` pieces, at paragraphs' ends where possible, else at
    sentences' ends, else anywhere. A unit has at most 100."""
    out: list[tuple[int, int]] = []
    paragraphs = np.flatnonzero(found.edge == 2)
    start, size = 0, len(found)
    while start < size:
        reach = int(np.searchsorted(found.first, found.first[start] + most, side="right")) - 1
        end = size if reach >= size else _cut(start, max(reach, start + 1), paragraphs, sentences)
        out.append((start, end))
        start = end
    return out


def _cut(start: int, reach: int, paragraphs: Ints, sentences: Ints) -> int:
    """The last paragraph's or sentence's start in (start, reach], or `reach`."""
    for places in (paragraphs, sentences):
        i = int(np.searchsorted(places, reach, side="right")) - 1
        if i >= 0 and places[i] > start:
            return int(places[i])
    return reach

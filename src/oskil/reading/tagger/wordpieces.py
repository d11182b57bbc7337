"""Text into words and marks, and those into word pieces: BERT's uncased tokenizer, with code point offsets.

Letters lose case and accents; control characters are left out; white space parts words; a mark of
punctuation and a Chinese character stand alone. A word is the longest pieces of the vocabulary from left to
right; one that cannot be made of pieces, or of more than 100 letters, is unknown. Checked against the
`tokenizers` library: the same numbers for the same text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

# Classes of characters, written as letters so that a regular expression finds the words in a text of them.
_LETTER, _MARK, _BLANK, _NOTHING = "w", "p", " ", "x"
_WORD = re.compile("p|w(?:x*w)*")
_LONGEST = 100
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words and marks in order: their offsets, all pieces, and how many pieces each has."""

    starts: list[int]
    ends: list[int]
    pieces: list[int]
    counts: list[int]


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The vocabulary: the number of each piece. `known` keeps the words already split."""

    vocabulary: dict[str, int]
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @staticmethod
    def load(path: Path) -> WordPieces:
        """From a text file with a piece a line."""
        lines = path.read_text(encoding="utf8").splitlines()
        return WordPieces({piece: i for i, piece in enumerate(lines)})

    def split(self, text: str) -> Words:
        """The words of any text. Time is linear in its length, but for words never met before."""
        letters = {ord(c): (_class(c), _plain(c)) for c in set(text)}
        classes = text.translate({c: kind for c, (kind, _) in letters.items()})
        plain = {c: form for c, (_, form) in letters.items() if form != chr(c)}
        out = Words([], [], [], [])
        for found in _WORD.finditer(classes):
            start, end = found.span()
            pieces = self._pieces(text[start:end].translate(plain))
            out.starts.append(start)
            out.ends.append(end)
            out.pieces.extend(pieces)
            out.counts.append(len(pieces))
        return out

    def _pieces(self, word: str) -> tuple[int, ...]:
        pieces = self.known.get(word)
        if pieces is None:
            pieces = self._split(word)
            if len(self.known) < 100_000:
                self.known[word] = pieces
        return pieces

    def _split(self, word: str) -> tuple[int, ...]:
        unknown = (self.vocabulary["[UNK]"],)
        if len(word) > _LONGEST:
            return unknown
        out: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self.vocabulary.get(prefix + word[start:end])
                if number is not None:
                    break
            else:
                return unknown
            out.append(number)
            start = end
        return tuple(out) or unknown


def _class(char: str) -> str:
    if char in " \t\n\r":
        return _BLANK
    category = unicodedata.category(char)
    if char == "\ufffd" or category[0] == "C":
        return _NOTHING
    if char.isspace():
        return _BLANK
    if _is_mark(char, category) or any(low <= ord(char) <= high for low, high in _IDEOGRAPHS):
        return _MARK
    return _LETTER if _plain(char) else _NOTHING


def _is_mark(char: str, category: str) -> bool:
    return category[0] == "P" or (char.isascii() and not char.isalnum())


def _plain(char: str) -> str:
    """Without accents and in lower case; empty for an accent by itself and for a control character."""
    if char == "\ufffd" or unicodedata.category(char)[0] == "C":
        return ""
    letters = unicodedata.normalize("NFD", char)
    return "".join(c for c in letters if unicodedata.category(c) != "Mn").lower()

"""Words of a text with their offsets, and its sentences: as much as finding names needs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from oskil.places import abbreviations

_LETTERS = r"[^\W\d_]"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|(?:St|Ft|Mt)\.(?=\s)|{_LETTERS}+(?:['’ʼʹ`-]{_LETTERS}+)*")
_APOSTROPHES = ("'", "’", "ʼ")
_SENTENCE_END = re.compile(r"[.!?]+[\"”’')\[\]\d]*\s+(?=[\"“‘'(\[]?[^\W\d_])|\s*\n\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Gen|Lt|Col|Maj|Capt|Sgt|Brig|Adm|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|St|Mt|Ft|No|Jr|Sr|vs|approx|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.\s+$"
)
_OPENING = "\"“”‘'’([«„"


class Token(NamedTuple):
    """A word. `end` leaves out the possessive; `heads`: it opens a sentence, clause or quotation."""

    start: int
    end: int
    text: str
    low: str
    capital: bool
    possessive: bool
    heads: bool


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    found = []
    at = 0
    while match := _WORD.search(text, at):
        start, end = match.span()
        if text.startswith(".", end) and text[start].isupper():
            # The party letter of "D-S.C." is a word of its own.
            if text[start + 1 : start + 2] == "-" and text[start + 2 : start + 3].isupper():
                end = start + 1
            else:
                end = abbreviations.dotted(text, start, end)
        found.append(_token(text, start, end))
        at = end
    return found


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    possessive = False
    if word[-1] in "sS":
        if word[-2:-1] in _APOSTROPHES and len(word) > 2:
            possessive = True
            word, end = word[:-2], end - 2
        else:
            possessive = text[end : end + 1] in ("'", "’") and not text[end + 1 : end + 2].isalpha()
    return Token(start, end, word, word.lower(), _capital(word), possessive, _heads(text, start))


def _capital(word: str) -> bool:
    if word[0].isupper():
        return True
    if "-" not in word:
        return False
    # "al-Bab", "el-Obeid": the article in lower case belongs to the name.
    first, _, rest = word.partition("-")
    return rest[:1].isupper() and first in _ARTICLES


_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ed", "er", "es"])


def _heads(text: str, start: int) -> bool:
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return False
    before = text[max(0, start - 6) : start].rstrip(_OPENING + " \t\u00a0")
    if before == "":
        return start < 6 or text[max(0, start - 6) : start].strip() == ""
    quoted = text[start - 1 : start] in ('"', "“", "«", "„") if start else False
    return before[-1] in ".!?:\n•–—" or quoted


class Sentences:
    """Where each sentence and paragraph of a text begins; tells in which an offset lies."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._paragraphs = [0]
        for match in _SENTENCE_END.finditer(text):
            broken = "\n" in match.group()
            if not broken and _ABBREVIATION.search(text[max(0, match.start() - 8) : match.end()]):
                continue
            self._starts.append(match.end())
            if broken:
                self._paragraphs.append(match.end())

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._starts, offset) - 1

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that holds an offset."""
        return bisect_right(self._paragraphs, offset) - 1


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Whether two tokens stand side by side, parted by one blank and nothing else."""
    return not left.possessive and text[left.end : right.start] in (" ", "\u00a0")


def phrase(text: str, run: Sequence[Token]) -> str:
    """The characters from the first token of a run to its last, without the last's possessive."""
    return text[run[0].start : run[-1].end]

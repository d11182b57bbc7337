"""Words as the page's search compares them; `static/js/search.js` does the same in the browser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_APOSTROPHES = str.maketrans("", "", "'’ʼ`")
# Letters and digits of any script: \w without the underscore.
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
# Shorter words are in too many claims to find one by.
LEAST = 2
_OFFSET, _PRIME, _MASK = 2166136261, 16777619, 0xFFFFFFFF


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case, without apostrophes and, in Latin letters, without diacritics."""
    plain = text if text.isascii() else "".join(map(_bare, text))
    for word in _WORD.findall(plain.lower().translate(_APOSTROPHES)):
        if len(word) >= LEAST:
            yield word


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """A letter without its marks; Cyrillic ones stay as they are, as theirs are other letters (й, ї)."""
    if "\u0400" <= letter <= "\u04ff":
        return letter
    return _MARKS.sub("", unicodedata.normalize("NFD", letter))


@lru_cache(maxsize=65536)
def shard(word: str, shards: int) -> int:
    """The number of the piece that holds a word: FNV-1a of its first three letters, modulo `shards`."""
    found = _OFFSET
    for byte in word[:3].encode():
        found = ((found ^ byte) * _PRIME) & _MASK
    return found % shards

"""Names brought to one form, so that spellings of one name meet in the index.

`key` unites case, diacritics, apostrophes, soft signs and hyphens. `sound_key` goes further and unites
the common romanisations of one name (Kupyansk and Kupiansk, Kharkov and Kharkiv, El Fasher and Al
Fashir); it is coarse, so what it finds is to be checked with `alike`.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

# Apostrophes, primes, modifier letters and the Cyrillic soft and hard signs: texts set or drop them at will.
_SILENT = (
    "'`\"\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u05f4\u2018\u2019\u201a"
    "\u201b\u201c\u201d\u2032\u2033\u2035\u00b7\ua78c\uff07\u0640ьъ"
)
_GAPS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212_./,;:()[]=|\\\u00a0"
# Letters that no decomposition takes apart.
_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ə": "e",
    "ħ": "h",
}
_TABLE = str.maketrans({**dict.fromkeys(_SILENT), **dict.fromkeys(_GAPS, " "), **_LETTERS})
# Latin and Cyrillic accents, Arabic vowel marks. Marks of Indic and other scripts are letters and stay.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")

_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|ad|adh|an|at|ath|az|ed|er|es|esh|et|ez)\s+(?=\S{3})")
_SOUNDS = [
    (re.compile(pattern), to)
    for pattern, to in [
        (r"shch|sch|sh|š", "s"),
        (r"tch|tsch|ch|ts|tz", "c"),
        (r"dzh|zh", "z"),
        (r"kh|gh|g|h", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ck|q|k", "k"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"ou", "u"),
        # The vowels that spellings confuse most: -ivka and -ovka, -iv and -ov, y, i, j, e.
        (r"[eiyjo]+", "i"),
        (r"(.)\1+", r"\1"),
        (r"[aiuh]+$", ""),
    ]
]


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """The form under which a name is indexed; idempotent, empty where nothing of the name is left."""
    if name.isascii():
        folded = name.lower()
    else:
        folded = unicodedata.normalize("NFKD", name).casefold()
        folded = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return " ".join(folded.translate(_TABLE).split())


def sound_key(name: str) -> str:
    """A coarse key of how a name in Latin letters sounds; empty for other scripts and for short names."""
    text = key(name)
    if not text.isascii() or len(text) < 4:
        return ""
    text = _ARTICLE.sub("", text).replace(" ", "")
    for pattern, to in _SOUNDS:
        text = pattern.sub(to, text)
    return text if len(text) >= 3 else ""


def alike(one: str, other: str) -> float:
    """How like two names are written, 0..1 (the matching ratio of Ratcliff and Obershelp over their keys)."""
    return SequenceMatcher(None, key(one), key(other)).ratio()


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """`alike`, remembered, and 1 at once where the keys are the same."""
    return 1.0 if key(one) == key(other) else alike(one, other)

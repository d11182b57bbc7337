"""Which texts can be read: English by the rules and the tagger, Russian and Ukrainian by their own rules.

A text in another language is not read: its words would be mistaken for names and claims. The test is coarse
and errs on the side of reading.
"""

from __future__ import annotations

import re

from oskil.places.morphology import is_cyrillic
from oskil.records import Document

READ = frozenset(("en", "ru", "uk"))
ENOUGH = 20  # words, before a language is told from them
SHARE = 0.08  # of the words of English prose that are among the commonest; in prose it is 0.25 and more
LETTERS = 40  # letters, before a script is told from them
WORD = re.compile(r"[^\W\d_]+")
COMMON = frozenset(
    "the of and to in a that is was for on with as by at from his he it are were be this have has had or an"
    " they which not but their its said who been will more when we".split()
)


def unread(document: Document) -> str:
    """Why a document's text is not read; nothing where it is."""
    found = [w.lower() for w in WORD.findall(document.text)]
    sample = found[:5000]
    letters = "".join(sample)
    if len(letters) < LETTERS or len(sample) < ENOUGH:
        return ""
    latin = sum(c < "\u0250" for c in letters) / len(letters)
    if is_cyrillic(letters):
        code = (document.language or "uk").split("-")[0].lower()
        return "" if code in READ else _reason(code)
    if latin < 0.5:
        return _reason(document.language or "")
    if sum(w in COMMON for w in sample) >= SHARE * len(sample):
        return ""
    # English by its own account, without the words of English prose: a list, a table, a line of names.
    code = (document.language or "").split("-")[0].lower()
    return "" if code in READ else _reason(code)


def _reason(code: str) -> str:
    named = f" ({code})" if code and code not in READ else ""
    return f"in a language that cannot be read{named}: English, Russian and Ukrainian can"

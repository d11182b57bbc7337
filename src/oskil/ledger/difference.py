"""What changed between two revisions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
# A block of more words than this on both sides is told as a whole: comparing costs the product.
_MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of words that stayed, was taken away, or was added."""

    change: Literal["same", "gone", "new"]
    text: str


def between(old: str, new: str) -> list[Stretch]:
    """The newer text with what is gone from the older in its place; together they are both texts, letter by
    letter. Paragraphs are matched first, and words within those that changed.
    """
    return list(_joined(_lines(old.splitlines(keepends=True), new.splitlines(keepends=True))))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(old[a:b]))
        else:
            yield from _words(_WORDS.findall("".join(old[a:b])), _WORDS.findall("".join(new[c:d])))


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS:
        yield Stretch("gone", "".join(old))
        yield Stretch("new", "".join(new))
        return
    gone = came = ""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        # Words changed in a row are told as one change, with the blanks between them.
        if tag == "equal" and (before.strip() or not (gone or came)):
            yield from (Stretch("gone", gone), Stretch("new", came), Stretch("same", before))
            gone = came = ""
        else:
            gone, came = gone + before, came + after
    yield from (Stretch("gone", gone), Stretch("new", came))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for one in stretches:
        if not one.text:
            continue
        if last is not None and last.change == one.change:
            last = Stretch(last.change, last.text + one.text)
        else:
            if last is not None:
                yield last
            last = one
    if last is not None:
        yield last

"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

# Characters that have no place in a text that people read: controls (which could drive a terminal), marks
# that turn the direction of writing around so that a text shows as other than it is, invisible fillers, and
# halves of surrogate pairs, which cannot be stored as UTF-8.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SPACE = re.compile("[\u00a0\u2007\u202f\t]")
_LINE = re.compile("\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Mapped:
    """`offsets[i]` is the index in the text as given of character i of `text`; never decreasing."""

    text: str
    offsets: Sequence[int]

    def through(self, outer: Sequence[int]) -> Mapped:
        """The same text mapped one step further back, where `outer` maps the text that this was made from."""
        return Mapped(self.text, array("q", (outer[i] for i in self.offsets)))

    def slice(self, start: int, end: int) -> Mapped:
        """A stretch of it."""
        return Mapped(self.text[start:end], self.offsets[start:end])


class Editor:
    """Collects deletions and replacements over one text, then applies them in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._drop = bytearray(len(text))
        self._instead: dict[int, str] = {}

    def drop(self, start: int, end: int) -> None:
        """Leave out these characters."""
        self._drop[start:end] = b"\x01" * (end - start)

    def replace(self, start: int, end: int, words: str) -> None:
        """Put `words` in place of these characters; all of them map to `start`."""
        self.drop(start, end)
        if start < end:
            self._instead[start] = words

    def forget(self, start: int, end: int) -> None:
        """Leave out these characters, and what was to stand in their place."""
        self.drop(start, end)
        for index in range(start, end):
            self._instead.pop(index, None)

    def apply(self) -> tuple[Mapped, Sequence[int]]:
        """The edited text, and for each index of the old text (its length included) the index in the new."""
        pieces: list[str] = []
        offsets, moved = array("q"), array("q")
        at, length = 0, len(self.text)
        while at < length:
            stop = self._drop.find(1, at)
            stop = length if stop < 0 else stop
            pieces.append(self.text[at:stop])
            moved.extend(range(len(offsets), len(offsets) + stop - at))
            offsets.extend(range(at, stop))
            at = self._drop.find(0, stop)
            at = length if at < 0 else at
            for index in range(stop, at):
                moved.append(len(offsets))
                new = self._instead.get(index, "")
                pieces.append(new)
                offsets.extend([index] * len(new))
        moved.append(len(offsets))
        return Mapped("".join(pieces), offsets), moved


def identity(text: str) -> Mapped:
    """A text as its own source."""
    return Mapped(text, range(len(text)))


def readable(text: str) -> Mapped:
    """The text with one kind of line end and of space, and without characters that are not for reading."""
    if not (_DROPPED.search(text) or _SPACE.search(text) or _LINE.search(text)):
        return identity(text)
    editor = Editor(text)
    for found in _DROPPED.finditer(text):
        editor.drop(*found.span())
    for found in _LINE.finditer(text):
        editor.replace(*found.span(), "\n")
    for found in _SPACE.finditer(text):
        editor.replace(*found.span(), " ")
    return editor.apply()[0]


# Each begins only where a run of spaces does, which keeps them linear.
_BLANK = re.compile(r"(?<! ) *+\n(?: *+\n)++ *+")
_AROUND = re.compile(r"(?<! ) ++(?=\n)|(?<=[\n ]) +")


def tidy(text: str) -> tuple[Mapped, Sequence[int]]:
    """One empty line between paragraphs, no spaces in a row or at line ends; also the old-to-new index."""
    editor = Editor(text)
    for found in _BLANK.finditer(text):
        if found[0] != "\n\n":
            editor.replace(*found.span(), "\n\n")
    for found in _AROUND.finditer(text):
        editor.drop(*found.span())
    editor.forget(0, len(text) - len(text.lstrip()))
    editor.forget(len(text.rstrip()), len(text))
    return editor.apply()

"""A clean text as paragraphs, with what punctuation and the format tell of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.records import Span

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|$)))*")
_WORD = re.compile(r"[^\s\w]*+\w\S*")
_NOTE_NUMBERS = re.compile(r"(?:\s?\[\d{1,3}\])+$")
_END = re.compile(r"[.!?…。！？؟۔।](?:\s?[\"'”’»)\]*_])*$|[”»\"]$|[,;]$")
_SHORTEST_SENTENCE = 5  # words
_MENU_WORDS = 8  # a longer line of links alone may be a sentence that somebody linked whole
_LONG = 25  # words; so long a line is a sentence however it ends


@dataclass(frozen=True, slots=True)
class Embedded:
    """A post that the format marks as one: its span, who wrote it, and where."""

    start: int
    end: int
    by: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What the format tells of stretches of the text. `menus` are lines that are nothing but links."""

    headings: Sequence[Span] = ()
    quotes: Sequence[Span] = ()
    captions: Sequence[Span] = ()
    menus: Sequence[Span] = ()
    embeds: Sequence[Embedded] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `folded` is its words in lower case, for comparing; `ended`: it ends as sentences do."""

    start: int
    end: int
    text: str
    folded: str
    words: int
    ended: bool
    heading: bool
    caption: bool
    menu: bool
    quote: int | None

    @property
    def sentence(self) -> bool:
        """Whether it reads as running text."""
        return (self.ended and self.words >= _SHORTEST_SENTENCE) or self.words >= _LONG


def folded(text: str) -> str:
    """Words alone, in lower case, for comparing what is set differently."""
    return " ".join(re.findall(r"\w+", text.lower()))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, the numbers of notes aside."""
    return bool(_END.search(_NOTE_NUMBERS.sub("", text[-80:].rstrip())))


def menu_line(paragraph: Paragraph, linked: Sequence[Span]) -> bool:
    """Whether a short line is nothing but links; `linked` are the words of links, in order."""
    if paragraph.words > _MENU_WORDS or paragraph.heading or paragraph.ended:
        return False
    first = bisect_right(linked, paragraph.start, key=lambda span: span.start + 1)
    words: list[str] = []
    for span in linked[first:]:
        if span.end > paragraph.end:
            break
        words.append(paragraph.text[span.start - paragraph.start : span.end - paragraph.start])
    return bool(words) and folded(" ".join(words)) == paragraph.folded


def split(text: str, marks: Marks) -> list[Paragraph]:
    """The paragraphs of a text, without the white space around them."""
    return [_paragraph(found, marks) for found in _PARAGRAPH.finditer(text)]


def _paragraph(found: re.Match[str], marks: Marks) -> Paragraph:
    text = found[0].rstrip()
    start, end = found.start(), found.start() + len(text)
    return Paragraph(
        start,
        end,
        text,
        folded(text),
        len(_WORD.findall(text)),
        ends_sentence(text),
        _holds(marks.headings, start, end) is not None,
        _holds(marks.captions, start, end) is not None,
        _holds(marks.menus, start, end) is not None,
        _holds(marks.quotes, start, end),
    )


def _holds(spans: Sequence[Span], start: int, end: int) -> int | None:
    """The index of the span (they are in order) that holds all of start..end."""
    index = bisect_right(spans, start, key=lambda span: span.start) - 1
    return index if index >= 0 and spans[index].end >= end else None

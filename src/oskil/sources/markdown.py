"""Markdown and the link clutter of scraping, down to the words; every character keeps its place."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from oskil.records import Link, Span
from oskil.sources import markdown_inline as inline
from oskil.sources.mapped import Editor, Mapped, readable, tidy

_HEADING = re.compile(r"^ {0,3}#{1,6}[ ]+(?=\S)", re.M)
_UNDERLINE = re.compile(r"^ {0,3}(?:={3,}|-{3,})[ ]*$", re.M)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ ]*){3,}|(?:_[ ]*){3,}|(?:-[ ]+){3,})$", re.M)
_QUOTE = re.compile(r"^(?: {0,3}>(?:[ ]|$))+", re.M)
# A line between dashes ("- What is known -") is a subhead of agencies, no list.
_BULLET = re.compile(r"^[ ]{0,12}(?:[-+*]|[•▪●])[ ]+(?=\S)(?![^\n]*[ ]-[ ]*$)", re.M)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.M)
_TABLE_RULE = re.compile(r"^ {0,8}\|? {0,8}:?-+:? {0,8}(?:\| {0,8}:?-+:? {0,8})+\|? {0,8}$", re.M)
_TABLE_ROW = re.compile(r"^ {0,8}(\|)[^\n]*(\|) {0,8}$", re.M)

_LONGEST_HEADING = 12  # words; a longer line over "---" is a paragraph over a rule


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text; `offsets[i]` is the index in the input of its character i, never decreasing.

    `headings` and `quotes` are the lines that were marked as headings and the runs that were
    quoted with ">", as spans of the clean text. `links` are those that lead into the web; `linked`
    are the words of all.
    """

    text: str
    offsets: Sequence[int]
    links: tuple[Link, ...] = ()
    headings: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    linked: tuple[Span, ...] = ()


def rewritten(old: Cleaned, new: Mapped, moved: Sequence[int]) -> Cleaned:
    """The same after one more edit: `new` maps to `old.text`; `moved` leads from old indices to new ones."""

    def place(start: int, end: int) -> Span:
        return Span(moved[start], moved[end])

    links = (Link(p.start, p.end, x.url) for x in old.links for p in [place(x.start, x.end)])
    return Cleaned(
        new.text,
        new.through(old.offsets).offsets,
        tuple(x for x in links if x.start < x.end),
        _placed(old.headings, place),
        _placed(old.quotes, place),
        _placed(old.linked, place),
    )


def cut(old: Cleaned, start: int, end: int) -> Cleaned:
    """A stretch of it, with the marks that lie wholly inside."""
    inside = Span(start, end)

    def kept(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(s.start - start, s.end - start) for s in spans if s.inside(inside))

    links = (x for x in old.links if start <= x.start and x.end <= end)
    return Cleaned(
        old.text[start:end],
        old.offsets[start:end],
        tuple(replace(x, start=x.start - start, end=x.end - start) for x in links),
        kept(old.headings),
        kept(old.quotes),
        kept(old.linked),
    )


@dataclass(slots=True)
class _Marks:
    headings: list[Span] = field(default_factory=list)
    quotes: list[Span] = field(default_factory=list)


def clean(text: str) -> Cleaned:
    """Take markdown's marks out of `text`; one without any comes back as it is, mapped to itself.

    Emphasis, headings, quotes, list bullets, tables, entities, escapes, HTML tags, images and the
    numbers of notes go; the words of links stay and their targets are told in `links`. A single line
    end inside a paragraph stays one character. Any string is accepted, in time linear in its length.
    """
    base = readable(text)
    editor = Editor(base.text)
    marks = _blocks(base.text, editor)
    found = inline.links(base.text, editor)
    inline.markup(base.text, editor, found)
    first, moved = editor.apply()
    second, settled = tidy(first.text)

    def place(start: int, end: int) -> Span:
        return Span(settled[moved[start]], settled[moved[end]])

    web = [link for link in found if link.url.lower().startswith(("http://", "https://"))]
    links = [Link(p.start, p.end, link.url) for link in web for p in [place(link.start, link.end)]]
    offsets = second.offsets
    for outer in (first.offsets, base.offsets):
        offsets = outer if offsets == range(len(outer)) else array("q", (outer[i] for i in offsets))
    return Cleaned(
        second.text,
        offsets,
        tuple(sorted((x for x in links if x.start < x.end), key=lambda link: link.start)),
        _placed(marks.headings, place),
        _placed(marks.quotes, place),
        _placed([Span(link.start, link.end) for link in found], place),
    )


def _placed(spans: Sequence[Span], place: Callable[[int, int], Span]) -> tuple[Span, ...]:
    moved = (place(s.start, s.end) for s in spans)
    return tuple(sorted(s for s in moved if s.start < s.end))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _blocks(text: str, editor: Editor) -> _Marks:
    """Drop what marks whole lines, and set headings, list items and table rows apart as paragraphs."""
    marks = _Marks()
    for pattern in (_RULE, _FENCE, _TABLE_RULE):
        for found in pattern.finditer(text):
            editor.drop(*found.span())
    for found in _TABLE_ROW.finditer(text):
        editor.drop(*found.span(1))
        editor.drop(*found.span(2))
        _apart(text, editor, *found.span())
    for found in _BULLET.finditer(text):
        editor.drop(*found.span())
        _apart(text, editor, found.start(), None)
    for found in _HEADING.finditer(text):
        marks.headings.append(_heading(text, editor, found))
    for found in _UNDERLINE.finditer(text):
        marks.headings.extend(_underlined(text, editor, found))
    marks.quotes.extend(_quotes(text, editor))
    return marks


def _apart(text: str, editor: Editor, start: int, end: int | None) -> None:
    """Let a paragraph begin at `start` and end at `end`."""
    if start > 0:
        editor.replace(start - 1, start, "\n\n")
    if end is not None and end < len(text):
        editor.replace(end, end + 1, "\n\n")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _heading(text: str, editor: Editor, found: re.Match[str]) -> Span:
    end = _line_end(text, found.end())
    words_end = found.end() + len(text[found.end() : end].rstrip().rstrip("#").rstrip())
    editor.drop(*found.span())
    editor.drop(words_end, end)
    _apart(text, editor, found.start(), end)
    return Span(found.end(), max(words_end, found.end()))


def _underlined(text: str, editor: Editor, found: re.Match[str]) -> Iterator[Span]:
    editor.drop(*found.span())
    end = found.start() - 1
    start = text.rfind("\n", 0, max(end, 0)) + 1
    line = text[start : max(end, start)].strip()
    alone = start < 2 or text[start - 2 : start] == "\n\n"
    if line and alone and len(line.split()) <= _LONGEST_HEADING and line[-1] not in ".!?:;,":
        _apart(text, editor, start, end)
        yield Span(start, end)


def _quotes(text: str, editor: Editor) -> Iterator[Span]:
    run: Span | None = None
    for found in _QUOTE.finditer(text):
        editor.drop(*found.span())
        end = _line_end(text, found.end())
        if run and found.start() == run.end + 1:
            run = Span(run.start, end)
            continue
        if run:
            yield run
        _apart(text, editor, found.start(), None)
        run = Span(found.start(), end)
    if run:
        yield run

"""Paragraphs, sentences, quotations and tokens of a document, all as offsets into its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oskil.records import Span

OPENING, CLOSING, STRAIGHT = "“«„", "”»", '"'
VARIATIONS = "\ufe0e\ufe0f\u200d\u20e3•‣◦"  # of the character before; and bullets
TOKEN = re.compile(
    r"\d{1,2}:\d{2}(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:\w+)?|\w+(?:[’'.\-‑]\w+)*[’'](?=\s)|\w+(?:[’'.\-‑]\w+)*|--|\.\.\.|[^\w\s]"
)
SENTENCE_END = re.compile(r"[.!?…]+[”»\"’')\]]*(?:\[\d+\])*(?=\s)")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Brig|Adm|St|No|vs|etc|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept|Sep|Oct|Nov|Dec|approx|ca|p|km|e\.g|i\.e|a\.m|p\.m|[A-Z])|(?:\b[A-Z]\.)+[A-Z])\.$"
)
# The article of an Arabic name, as a pattern: "al-Burhan".
AL = r"(?:(?<![\w-])(?:al|el|as|ash|an|ad|at|ar|az|es|ed|ul|bin|ibn)-)"
PICTURE = r"[\u2190-\u2bff\U0001f000-\U0001faff]"
PARAGRAPH = re.compile(r"[^\n](?:.|\n(?!\s*\n))*")
ITEM = re.compile(rf"\s*(?:{PICTURE}|[-*•–—▪●◦‣]\s|\d{{1,2}}[.)]\s)")
SENTENCE_OVER = re.compile(r"[.!?…:;][”»\"’')\]]*\s*$")
WRAPPED = 110  # characters of a line that nobody wraps so late
STARTER = re.compile(rf"\s+(?:{PICTURE}[\ufe0e\ufe0f\u200d\u20e3\s]*)*[\"“«„‘'(\[–-]*\s*[A-ZА-ЯІЇЄҐ0-9]")


class Token(NamedTuple):
    """A word or a mark of punctuation. `quoted` says that it stands inside quotation marks."""

    text: str
    start: int
    end: int
    quoted: bool

    @property
    def low(self) -> str:
        """Lower case, with the typewriter's apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.text[0].isalnum()


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The stretches between blank lines, trimmed; a line that begins anew is one of its own."""
    for match in PARAGRAPH.finditer(text[span.start : span.end]):
        block = Span(span.start + match.start(), span.start + match.end())
        start = block.start
        for end in [*_line_ends(text, block), block.end]:
            stripped = trim(text, Span(start, end))
            if stripped.start < stripped.end:
                yield stripped
            start = end


def _line_ends(text: str, block: Span) -> Iterator[int]:
    """Where lines of a block end that are no part of the next: every line where one is too long to have been
    wrapped; else those before an item of a list, those in capitals, and those that end a sentence where no
    line is wrapped.
    """
    ends = [m.start() for m in re.finditer(r"\n", text[block.start : block.end])]
    if not ends:
        return
    lines = text[block.start : block.end].split("\n")
    whole = max(map(len, lines)) > WRAPPED
    wrapped = any(line.lstrip()[:1].islower() for line in lines[1:])
    for end, line, after in zip(ends, lines, lines[1:], strict=False):
        ended = SENTENCE_OVER.search(line) or (ITEM.match(line) and after.lstrip()[:1].isupper())
        over = bool(ended) and not wrapped and not _quote_open(line)
        if whole or over or ITEM.match(after) or (line.isupper() and len(line) > 1):
            yield block.start + end


def _quote_open(line: str) -> bool:
    return sum(c in OPENING for c in line) > sum(c in CLOSING for c in line) or line.count(STRAIGHT) % 2 == 1


def trim(text: str, span: Span, marks: str = "") -> Span:
    """The span without white space, pictures (emoji, flags) and the given marks at its ends."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in marks or is_picture(text[start])):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks or is_picture(text[end - 1])):
        end -= 1
    return Span(start, end)


def is_picture(char: str) -> bool:
    """Whether a character is a pictograph, one that varies them, or a bullet; "№" and "°" are none."""
    return char in VARIATIONS or (char >= "\u2190" and unicodedata.category(char) in ("So", "Sk"))


def quotations(text: str, span: Span) -> tuple[Span, ...]:
    """What stands between quotation marks, without the marks; an unclosed one runs to the paragraph's end."""
    out, opened = [], None
    for i in range(span.start, span.end):
        char = text[i]
        if opened is None and (char in OPENING or char == STRAIGHT):
            opened = i + 1
        elif opened is not None and (char in CLOSING or char == STRAIGHT):
            if not _is_nickname(text, Span(opened, i)):
                out.append(Span(opened, i))
            opened = None
    if opened is not None:
        out.append(Span(opened, span.end))
    return tuple(out)


def _is_nickname(text: str, inside: Span) -> bool:
    """A word or two in quotation marks between capitalised words: Serhiy "Flash" Beskrestnov."""
    if inside.end - inside.start > 24:
        return False
    before = re.search(r"[A-Z]\w+\s$", text[: inside.start - 1][-30:])
    return before is not None and re.match(r"\s[A-Z]\w", text[inside.end + 1 : inside.end + 4]) is not None


def sentences(text: str, span: Span, quotes: Sequence[Span] = ()) -> Iterator[Span]:
    """Sentences; one that holds a quotation of several sentences stays whole."""
    start = span.start
    for match in SENTENCE_END.finditer(text, span.start, span.end):
        head = text[start : match.end()]
        if ABBREVIATION.search(head) or not STARTER.match(text, match.end()):
            continue
        if any(q.start <= match.start() and match.end() < q.end for q in quotes):
            continue
        if match.end() - start > 1:
            yield trim(text, Span(start, match.end()))
            start = match.end()
    last = trim(text, Span(start, span.end))
    if last.start < last.end:
        yield last


def tokens(text: str, span: Span, quotes: Sequence[Span] = ()) -> list[Token]:
    """The words and marks of a span."""
    here = [q for q in quotes if q.overlaps(span)]
    found = TOKEN.finditer(text, span.start, span.end)
    if not here:
        return [Token(m.group(), *m.span(), False) for m in found]
    return [Token(m.group(), *m.span(), any(q.start <= m.start() < q.end for q in here)) for m in found]

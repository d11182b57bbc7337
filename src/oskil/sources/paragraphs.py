"""Whether a single line end is a paragraph's end: scraped texts have a paragraph a line, typed ones wrap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oskil.sources.mapped import Editor, Mapped, identity

_WIDEST = 120  # characters; nobody wraps text wider than this
_NARROWEST = 45  # characters; shorter lines are lists, menus and verse
_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s*$")


def separate(text: str) -> tuple[Mapped, Sequence[int]]:
    """Put an empty line between lines that are paragraphs; also the old-to-new index.

    Lines of a block are one wrapped paragraph where each is as full as the width of the block
    allows (the first word of the next line would not have fitted) and not all of them end as
    sentences do. Everything else is a paragraph a line. Line ends inside wrapped paragraphs stay.
    """
    breaks = list(_breaks(text))
    if not breaks:
        return identity(text), range(len(text) + 1)
    editor = Editor(text)
    for index in breaks:
        editor.replace(index, index + 1, "\n\n")
    return editor.apply()


def _breaks(text: str) -> Iterator[int]:
    """The line ends between lines that are paragraphs of their own."""
    at = 0
    for block in text.split("\n\n"):
        lines = block.split("\n")
        if len(lines) > 1 and not wrapped(lines):
            end = at
            for line in lines[:-1]:
                end += len(line)
                if line.strip():
                    yield end
                end += 1
        at += len(block) + 2


def wrapped(lines: Sequence[str]) -> bool:
    """Whether these lines are one paragraph broken to a width."""
    width = max(map(len, lines))
    if all(_END.search(line) for line in lines[:-1]):
        return False
    if not _NARROWEST <= width <= _WIDEST:
        return False
    return all(
        len(line) + 1 + len(after.split(None, 1)[0] if after.strip() else "") >= width
        for line, after in zip(lines, lines[1:], strict=False)
    )

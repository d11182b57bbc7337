"""Posts of other people inside an article: found by their signature, "— Name (@handle) May 3, 2021"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.records import Part
from oskil.sources.layout_paragraphs import Marks, Paragraph

_SIGNATURE = re.compile(r"(?:^|(?<=\s))[—–-]{1,2}\s*([^\n@()]{1,80}?)\s*\(@(\w{1,30})\)\s*([^\n.!?]{0,40})$")
_REMAINS = re.compile(
    r"(?:\s*(?:pic\.(?:twitter|x)\.com/\w+|https?://(?:t\.co|pic\.(?:twitter|x)\.com)/\w+))+\s*$"
)
_VIA = "Twitter"  # whose embedding code writes signatures in this form


def embeds(found: Sequence[Paragraph], marks: Marks) -> dict[int, tuple[Part, ...]]:
    """By paragraph, the parts of posts in it: the words ("embed"), the signature ("byline"), link remains."""
    parts: dict[int, tuple[Part, ...]] = {}
    for index, paragraph in enumerate(found):
        signature = _SIGNATURE.search(paragraph.text)
        if signature:
            _signed(found, index, signature, parts)
    for post in marks.embeds:
        for index, paragraph in enumerate(found):
            if post.start <= paragraph.start and paragraph.end <= post.end and index not in parts:
                parts[index] = _post(paragraph.start, paragraph.text, post.by, post.via)
    return parts


def _signed(
    found: Sequence[Paragraph], index: int, signature: re.Match[str], parts: dict[int, tuple[Part, ...]]
) -> None:
    paragraph, by = found[index], signature[2]
    at = paragraph.start + signature.start()
    words = paragraph.text[: signature.start()].rstrip()
    signed = Part(at, paragraph.end, "byline", by, _VIA)
    parts[index] = (*(_post(paragraph.start, words, by, _VIA) if words else ()), signed)
    if words:
        return
    for earlier in range(index - 1, -1, -1):
        other = found[earlier]
        same_quote = paragraph.quote is not None and other.quote == paragraph.quote
        if earlier in parts or other.heading or not (earlier == index - 1 or same_quote):
            return
        parts[earlier] = _post(other.start, other.text, by, _VIA)


def _post(start: int, words: str, by: str | None, via: str | None) -> tuple[Part, ...]:
    remains = _REMAINS.search(words)
    end = start + (remains.start() if remains else len(words))
    if not remains:
        return (Part(start, end, "embed", by, via),)
    tail = Part(end + len(remains[0]) - len(remains[0].lstrip()), start + len(words.rstrip()), "boilerplate")
    return (Part(start, end, "embed", by, via), tail) if end > start else (tail,)

"""Cutting a text into blocks and pieces, so that every claim is marked where it stands.

Claims may nest, overlap and be discontinuous. A piece is a stretch that the same claims cover; the
pieces of a block, joined, are the block's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from oskil.records import Part, Span

EMPTY: Mapping[int, Sequence[int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the indices of the claims that cover it, the widest first."""

    text: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of one role. Paragraphs of one part bear its number, so that a post is shown as one.

    `stops` tells which marks stand behind which of the pieces: (piece's index, the marks' numbers).
    """

    role: str
    pieces: tuple[Piece, ...]
    by: str | None = None
    via: str | None = None
    part: int = 0
    stops: tuple[tuple[int, tuple[int, ...]], ...] = ()


_PARAGRAPH = re.compile(r"\n{2,}")


def blocks(
    text: str,
    parts: Sequence[Part],
    spans: Sequence[Sequence[Span]],
    stops: Mapping[int, Sequence[int]] = EMPTY,
) -> tuple[Block, ...]:
    """The paragraphs of a text with their roles; `spans` holds the spans of each claim by its index, `stops`
    the numbers of the marks to stand at an offset.

    Text outside every part is body. Paragraphs end at blank lines and at the ends of parts.
    """
    found: list[Block] = []
    for number, part in enumerate(_covering(parts, len(text))):
        for start, end in _paragraphs(text, part.start, part.end):
            here = [at for at in stops if start < at <= end]
            cut = pieces(text, start, end, spans, here)
            marks = tuple(_marks(cut, start, stops)) if here else ()
            found.append(Block(part.role, cut, part.by, part.via, number, marks))
    return tuple(found)


def _marks(
    cut: Sequence[Piece], start: int, stops: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    at = start
    for number, piece in enumerate(cut):
        at += len(piece.text)
        if at in stops:
            yield number, tuple(stops[at])


def pieces(
    text: str, start: int, end: int, spans: Sequence[Sequence[Span]], stops: Sequence[int] = ()
) -> tuple[Piece, ...]:
    """The stretches of text[start:end], cut wherever a claim begins or ends, and at the stops."""
    here = Span(start, end)
    inside = [(i, s) for i, claim in enumerate(spans) for s in claim if s.overlaps(here)]
    widths = {i: sum(s.end - s.start for s in spans[i]) for i, _ in inside}
    cuts = {start, end, *stops}
    for _, span in inside:
        cuts.update((max(span.start, start), min(span.end, end)))
    edges = sorted(cuts)
    found: list[Piece] = []
    for left, right in zip(edges, edges[1:], strict=False):
        cover = {i for i, s in inside if s.start <= left and right <= s.end}
        found.append(Piece(text[left:right], tuple(sorted(cover, key=lambda i: (-widths[i], i)))))
    return tuple(found)


def _covering(parts: Sequence[Part], length: int) -> list[Part]:
    """The parts in order, with body parts put in the gaps between them."""
    found: list[Part] = []
    at = 0
    for part in sorted(parts, key=lambda p: p.start):
        start, end = max(part.start, at), min(part.end, length)
        if start >= end:
            continue
        if at < start:
            found.append(Part(at, start, "body"))
        found.append(Part(start, end, part.role, part.by, part.via))
        at = end
    return [*found, Part(at, length, "body")] if at < length else found


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs between two offsets, without the white space around them."""
    found, at = [], start
    for gap in [*_PARAGRAPH.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        piece = text[at:stop]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append((at + lead, at + len(piece.rstrip())))
        at = gap.end() if gap else end
    return found

"""PolNeAR's articles as units with labelled stretches, links and syntax, cut into pieces for training."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from oskil.reading.tagger.decode import ROLES, Stretch
from oskil.reading.tagger.units import Units, units
from oskil.reading.tagger.wordpieces import WordPieces

# White space and marks that the comparison leaves out at a span's ends, so that they need not be learned.
MARGIN = " \t\n\r\"'`“”‘’«».,;:…"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


Link = tuple[int, list[int], list[int]]  # a cue, its contents, its sources


@dataclass(frozen=True, slots=True)
class Article:
    """An article read into units. `links` are (cue, contents, sources) as indices into `stretches`.

    `heads` are unit indices, -1 where unknown or root; `tags` and `relations` are -1 where unknown. `cuts`
    are the units at which a sentence begins.
    """

    id: str
    units: Units
    stretches: list[Stretch]
    links: list[Link]
    cuts: list[int]
    tags: np.ndarray
    relations: np.ndarray
    heads: np.ndarray


@dataclass(slots=True)
class Names:
    """Numbers for names, given in the order of their first appearance."""

    known: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known))

    def __len__(self) -> int:
        return len(self.known)


def articles(
    path: Path, parses: Path | None, wordpieces: WordPieces, tags: Names, relations: Names
) -> list[Article]:
    parsed = {p["id"]: p["sentences"] for p in read_lines(parses)} if parses else {}
    return [_article(d, parsed.get(d["id"], []), wordpieces, tags, relations) for d in read_lines(path)]


def _article(
    doc: dict[str, Any], sentences: list[Any], wordpieces: WordPieces, tags: Names, relations: Names
) -> Article:
    found = units(doc["text"], wordpieces)
    stretches, links = _labels(doc, found)
    count = len(found)
    tag, relation, head = (np.full(count, -1, dtype=np.int64) for _ in range(3))
    cuts = set(np.flatnonzero(found.edge == 2).tolist())
    for sentence in sentences:
        at = [int(np.searchsorted(found.starts, token[0])) for token in sentence["tokens"]]
        cuts.add(at[0])
        for i, token in zip(at, sentence["tokens"], strict=True):
            if i < count and found.starts[i] == token[0]:
                tag[i], relation[i] = tags[token[2]], relations[token[6].split(":")[0]]
                head[i] = at[token[5]] if token[5] >= 0 else -1
    return Article(
        doc["id"], found, stretches, links, sorted(c for c in cuts if c < count), tag, relation, head
    )


def _labels(doc: dict[str, Any], found: Units) -> tuple[list[Stretch], list[Link]]:
    """Stretches without overlap, in order, and their links. Of two that overlap, the former stays."""
    number: dict[Stretch, int] = {}
    taken = np.zeros(len(found), dtype=bool)

    def numbers(role: int, spans: list[list[int]]) -> list[int]:
        out = []
        for span in spans:
            stretch = _stretch(doc["text"], found, role, *span)
            if stretch is None:
                continue
            inside = slice(stretch.begin, stretch.end + 1)
            if stretch not in number:
                if taken[inside].any():
                    continue
                taken[inside] = True
                number[stretch] = len(number)
            out.append(number[stretch])
        return out

    links = []
    for a in doc["attributions"]:
        source, cue, content = (numbers(i, a.get(role) or []) for i, role in enumerate(ROLES))
        if cue:
            links.append((cue[0], content, source))
    order = sorted(number, key=lambda s: s.begin)
    place = {number[s]: i for i, s in enumerate(order)}
    return order, [(place[c], [place[x] for x in xs], [place[x] for x in ss]) for c, xs, ss in links]


def _stretch(text: str, found: Units, role: int, start: int, end: int) -> Stretch | None:
    while start < end and text[start] in MARGIN:
        start += 1
    while end > start and text[end - 1] in MARGIN:
        end -= 1
    begin = int(np.searchsorted(found.ends, start, side="right"))
    last = int(np.searchsorted(found.starts, end, side="left")) - 1
    return Stretch(role, begin, last) if start < end and begin <= last else None


def cut(article: Article, rng: random.Random, most: int, single: float) -> list[tuple[int, int]]:
    """The article in stretches of units for one pass: paragraphs by themselves (a share of `single`), else as
    many sentences as fit a length drawn anew. No cut goes through an attribution unless it must."""
    found = article.units
    held = np.zeros(len(found) + 1, dtype=bool)  # cutting before such a unit would part an attribution
    for cue, contents, sources in article.links:
        parts = [article.stretches[i] for i in (cue, *contents, *sources)]
        held[min(p.begin for p in parts) + 1 : max(p.end for p in parts) + 1] = True
    cuts = [c for c in article.cuts if not held[c]] + [len(found)]
    paragraphs = {c for c in cuts if c < len(found) and found.edge[c] == 2} | {len(found)}
    out: list[tuple[int, int]] = []
    start = 0
    while start < len(found):
        alone = rng.random() < single
        room = most if rng.random() < 0.5 else rng.randint(48, most)
        reach = int(np.searchsorted(found.first, found.first[start] + room, side="right")) - 1
        reach = min(max(reach, start + 1), len(found))
        ahead = [c for c in cuts if start < c <= reach]
        stops = [c for c in ahead if c in paragraphs]
        end = (stops[0] if alone else stops[-1]) if stops else (ahead[-1] if ahead else reach)
        out.append((start, end))
        start = end
    return out

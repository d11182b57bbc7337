"""Loss lists as saved pages: headings of categories with their totals, and under each a line for each model,
whose links are the pictures: "T-62M: (1, destroyed) (2 and 3, captured)".
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import LossEntry
from oskil.sources.losses.words import words
from oskil.sources.parties import party_id

_HEADING = re.compile(
    r"^(?P<name>.{2,120}?)\s*[(\-–—:]+\s*(?P<total>\d[\d,]*)\s*,?\s*of which:?\s*(?P<of>.*?)\)?$"
)
_OF = re.compile(r"([a-z][a-z ]*?)\s*:\s*(\d[\d,]*)", re.I)
_LINK = re.compile(
    r"^\W*(?P<numbers>\d[\d\s,&]*(?:and\s+\d+)?[\d\s,]*?)\s*,\s*(?P<status>[^\d()][^()]*?)\s*\)?\W*$"
)
_COUNT = re.compile(r"^\s*(\d+)\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Stated:
    """A heading with what it says: how many in all, and by status."""

    name: str
    total: int
    by_status: dict[str, int]


def title_of(tree: Any) -> str:
    """The page's title, its headline first."""
    for path in ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()"):
        found = " ".join(" ".join(map(str, tree.xpath(path))).split())
        if found:
            return found
    return ""


def entries(
    tree: Any, title: str, day: dt.date, where: str, profile: ConflictProfile
) -> tuple[tuple[LossEntry, ...], tuple[str, ...]]:
    """The entries in the page's order, all listed on the page's day, and where its own totals disagree."""
    found: list[LossEntry] = []
    stated: list[tuple[Stated, int]] = []
    side, category = _party_in(title, profile), ""
    times: Counter[str] = Counter()
    for element in tree.iter("h2", "h3", "h4", "li"):
        text = _text(element)
        if element.tag != "li":
            heading = _heading(text)
            if heading:
                party = party_id(heading.name, profile)
                side, category = (party, "") if party else (side, heading.name)
                stated.append((heading, len(found)))
            continue
        if element.find(".//li") is None:
            found.extend(_line(element, side, category, day, times))
    if not found:
        raise SourceError("no entry of a loss list was found in this page", where)
    if any(not entry.side for entry in found):
        raise SourceError("whose losses these are is not told by the title or a heading", where)
    return tuple(found), tuple(_disagreements(stated, found, profile))


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _heading(text: str) -> Stated | None:
    found = _HEADING.match(text)
    if found is None:
        return None
    by = {status.strip().lower(): _number(n) for status, n in _OF.findall(found["of"])}
    return Stated(found["name"].strip(" -–—:("), _number(found["total"]), by)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _party_in(title: str, profile: ConflictProfile) -> str | None:
    """The only party that the words of a title name."""
    found = {party for word in _WORD.findall(title) if (party := party_id(word, profile))}
    before = title.lower().partition("losses")[0]
    if len(found) > 1:  # "... Ukrainian Equipment Losses During The Russian Invasion ..."
        found = {party for word in _WORD.findall(before) if (party := party_id(word, profile))}
    return found.pop() if len(found) == 1 else None


def _line(
    element: Any, side: str | None, category: str, day: dt.date, times: Counter[str]
) -> Iterator[LossEntry]:
    links = [a for a in element.iter("a") if _LINK.match(_text(a))]
    if not links:
        return
    item = _COUNT.sub("", _before(element, links[0])).strip(" :\u00a0-–")
    for link in links:
        match = _LINK.match(_text(link))
        if match is None or not words().is_status(match["status"]):
            continue
        url = (link.get("href") or "").strip()
        for _ in range(_how_many(match["numbers"])):
            # The picture stays while status and category are corrected: it is what an entry is known by.
            mark = f"{side}|{url or item}"
            times[mark] += 1
            ident = hashlib.sha256(f"{mark}|{times[mark]}".encode()).hexdigest()[:16]
            yield LossEntry(
                id=ident,
                side=side or "",
                category=category,
                item=item,
                status=match["status"].lower(),
                listed=day,
                evidence=url,
            )


def _before(element: Any, link: Any) -> str:
    """The words of a line before its first link."""
    pieces = []
    for step in element.iter():
        if step is link:
            break
        pieces.append(step.text or "" if isinstance(step.tag, str) else "")
        if len(step) == 0 and step is not element:
            pieces.append(step.tail or "")
    return " ".join(" ".join(pieces).split())


def _how_many(numbers: str) -> int:
    return len(re.findall(r"\d+", numbers))


def _disagreements(
    stated: list[tuple[Stated, int]], found: list[LossEntry], profile: ConflictProfile
) -> Iterator[str]:
    """Where a heading's totals are not those of the entries below it."""
    ends = [start for _, start in stated[1:]] + [len(found)]
    for (heading, start), end in zip(stated, ends, strict=True):
        party = party_id(heading.name, profile)
        below = [e for e in found if e.side == party] if party else found[start:end]
        if len(below) != heading.total:
            yield f"{heading.name}: the page says {heading.total:,} in all and lists {len(below):,}"
        if party is None:
            for status, number in heading.by_status.items():
                counted = sum(e.status.startswith(status) for e in below)
                if counted != number:
                    yield f"{heading.name}: the page says {number:,} {status} and lists {counted:,}"

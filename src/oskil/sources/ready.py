"""Documents of structured inputs: a line of text for each record, and a claim that keeps its line."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from oskil.records import Claim, Document, Link, Part, Period, Quantity, Reading, Span, Toponym
from oskil.sources import documents
from oskil.sources.interface import Hints, Loaded
from oskil.sources.metadata import Metadata, from_hints


@dataclass(slots=True)
class Sheet:
    """A text that grows line by line, with the claims that its lines make.

    The first line is the title. `line` gives the characters of the line it adds; `claim` makes a claim of it.
    """

    title: str
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    toponyms: list[Toponym] = field(default_factory=list)
    length: int = 0

    def __post_init__(self) -> None:
        self.line(self.title)
        self.line("")

    def line(self, text: str, link: str = "") -> Span:
        """Add a line; a link is carried by its last characters. Returns the line's characters."""
        text = " ".join(text.split())
        span = Span(self.length, self.length + len(text))
        self.pieces.append(text)
        self.length = span.end + 1
        if link:
            self.links.append(Link(max(span.start, span.end - len(link)), span.end, link))
        return span

    def claim(self, span: Span, kind: str, **fields: Any) -> None:
        """Let a line make a claim; `fields` are those of `Claim`."""
        self.claims.append({"spans": (span,), "kind": kind, **fields})

    def text(self) -> str:
        """All lines."""
        return "\n".join(self.pieces).rstrip("\n")


def loaded(
    sheet: Sheet,
    hints: Hints,
    *,
    key: str,
    where: str,
    raw: bytes,
    reader: str,
    **known: str,
) -> Loaded:
    """The document of a sheet with its reading. `known` are fields of metadata that the input states.

    Hints win over them.
    """
    metadata = Metadata()
    from_hints(metadata, hints)
    for name, value in {"title": sheet.title, **known, "language": known.get("language", "en")}.items():
        metadata.offer(name, value, "the file")
    text = sheet.text()
    parts = _parts(sheet, text)
    document = documents.build(
        text,
        parts,
        sheet.links,
        metadata,
        where=where,
        key=key,
        raw=raw,
    )
    claims = (_claim(fields, document) for fields in sheet.claims)
    return Loaded(
        document, raw, Reading(document.id, reader, _each_once(claims), toponyms=tuple(sheet.toponyms))
    )


def _parts(sheet: Sheet, text: str) -> list[Part]:
    start = min(len(sheet.title) + 2, len(text))
    return [Part(0, min(len(sheet.pieces[0]), len(text)), "title"), Part(start, len(text), "body")]


def _claim(fields: dict[str, Any], document: Document) -> Claim:
    (span,) = fields["spans"]
    payload = f"{document.id}|{span.start}|{span.end}|{fields['kind']}|{fields.get('speaker') or ''}"
    digest = hashlib.sha256(payload.encode()).hexdigest()[:16]
    # A line is folded when it is made, so that it is its own quotation.
    return Claim(id=digest, document=document.id, quote=document.text[span.start : span.end], **fields)


def _each_once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, with ids of their own also where one line makes several of a kind."""
    seen: dict[str, int] = {}
    kept = []
    for claim in claims:
        times = seen[claim.id] = seen.get(claim.id, 0) + 1
        again = hashlib.sha256(f"{claim.id}|{times}".encode()).hexdigest()[:16]
        kept.append(claim if times == 1 else replace(claim, id=again))
    return tuple(kept)


def on(day: dt.date) -> Period:
    """That day alone."""
    return Period(day, day)


def quantity(line: Span, words: str, text: str, value: float, unit: str) -> Quantity:
    """A number whose words stand in a line."""
    at = line.start + text.index(words)
    return Quantity(value=value, unit=unit, start=at, end=at + len(words))

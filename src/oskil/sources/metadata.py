"""What is known of a document beside its words, and where each piece of it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from oskil.records import Part
from oskil.sources import dates
from oskil.sources.interface import Hints
from oskil.sources.vocabulary import outlet_of, words

Medium = Literal["article", "post", "summary"]

# Parameters that tell how a reader came to a page, and not which page it is.
_TRACKING = re.compile(r"^(?:utm_|fbclid$|gclid$|yclid$|igshid$|mc_[ce]id$|ref$|ref_src$|cmpid$)", re.I)
_BY = re.compile(r"^(?:by|von|par|por|автор|автори|авторы|authors?)[\s:]+", re.I)
_PLACE = re.compile(r"\s+(?:in|at|for|from|near)\s+.*$")
_JOINT = re.compile(r"\s*(?:,|;|&|/|\||\band\b|\bwith\b|\bи\b|\bта\b|\bі\b|\bund\b|\bet\b)\s*", re.I)
_ORIGINAL = re.compile(
    r"(?:original|source|canonical)(?:\s+(?:url|link))?\s*:?\s*<?(https?://[^\s<>)]+)", re.I
)
_LONGEST = 500  # characters of any piece of metadata
_ENOUGH = 40  # letters, before a language is told from them


class Metadata:
    """Collects metadata; the first value that is offered for a field stays, with its provenance."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.found: dict[str, str] = {}

    def offer(self, field: str, value: object, provenance: str) -> None:
        """Take `value` for `field` unless one is known, or it is empty or a link that is not of the web."""
        if field in self.values or not value:
            return
        taken: object = _names(value) if field == "authors" else " ".join(str(value).split())[:_LONGEST]
        if field == "url":
            taken = web_link(str(value).strip())
        if field == "published":
            self._offer_date(str(value), provenance)
        elif taken:
            self.values[field] = taken
            self.found[field] = provenance

    def _offer_date(self, value: str, provenance: str) -> None:
        stamp = dates.normal(value)
        if stamp is None:
            return
        self.values["published"], self.found["published"] = stamp.iso, provenance
        if stamp.zone:
            self.offer("timezone", stamp.zone, provenance)

    def get(self, field: str) -> str | None:
        """A field's value, or None."""
        value = self.values.get(field)
        return None if value is None else str(value)

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors."""
        return tuple(self.values.get("authors", ()))

    @property
    def medium(self) -> Medium:
        """The medium that the document states, else "article"."""
        stated = str(self.values.get("medium", "article")).lower()
        media: tuple[Medium, ...] = ("post", "summary")
        return next((m for m in media if m == stated), "article")

    def provenance(self) -> Mapping[str, str]:
        """Where each field of the document came from."""
        return MappingProxyType({k: v for k, v in sorted(self.found.items()) if k != "description"})


def _names(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list | tuple) else [value]
    cleaned = (" ".join(str(x).split())[:_LONGEST] for x in items if isinstance(x, str))
    return tuple(dict.fromkeys(x for x in cleaned if x))


def web_link(url: str) -> str | None:
    """A link of the web without fragment and tracking parameters, or None for anything else."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"[\s<>\"'`{}\\]", url):
        return None
    named = f"[{host}]" if ":" in host else host
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    )
    return urlunsplit(
        (parts.scheme.lower(), f"{named}:{port}" if port else named, parts.path or "/", query, "")
    )


def from_hints(known: Metadata, hints: Hints) -> None:
    """What the user states."""
    for field in ("title", "outlet", "published", "url", "language"):
        known.offer(field, getattr(hints, field), "given by the user")


def from_text(known: Metadata, text: str, parts: Sequence[Part]) -> None:
    """What the text's own title, bylines, date lines and last links tell."""
    for part in parts:
        line = text[part.start : part.end]
        if part.role == "title":
            known.offer("title", line, "title line")
        elif part.role == "byline" and part.by is None:
            stamp = dates.date_line(line)
            if stamp and not dates.is_change(line):
                known.offer("published", line[stamp.start : stamp.end], "date line")
            elif not stamp:
                known.offer("authors", authors_of(line), "byline")
    original = _ORIGINAL.search(text)
    if original:
        known.offer("url", original[1], "link to the original in the text")


def from_address(known: Metadata, where: str) -> None:
    """What the link, the title and the file's name tell, where nothing better did."""
    url = known.get("url")
    if url:
        host = urlsplit(url).hostname or ""
        known.offer("outlet", outlet_of(host), "domain of the link, by the list of outlets")
        known.offer("outlet", host.removeprefix("www."), "domain of the link")
        known.offer("published", dates.in_path(url), "day in the link")
    title = dates.first_date(known.get("title") or "")
    known.offer("published", title.iso if title else None, "day in the title")
    known.offer("published", dates.in_name(PurePath(where).name), "day in the file's name")


def language_of(known: Metadata, text: str) -> None:
    """The language that the text is written in, where nothing states it."""
    if "language" in known.values or sum(c.isalpha() for c in text[:4000]) < _ENOUGH:
        return
    from py3langid.langid import classify

    code: str = classify(text[:4000])[0]  # type: ignore[no-untyped-call]
    known.offer("language", code, "py3langid, from the text")


def authors_of(line: str) -> list[str]:
    """The names in a byline ("By Ann Lee and Bo Ek in Kyiv" gives two), agencies left out."""
    bare = _PLACE.sub("", _BY.sub("", line.strip()).strip())
    names = [name.strip(" .*_") for name in _JOINT.split(bare)]
    return [n for n in names if n and n.lower() not in words().agencies and any(c.isalpha() for c in n)]

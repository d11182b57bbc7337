"""RSS and Atom by feedparser. The publisher of an entry is the one that its `<source>` names."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from oskil.errors import SourceError
from oskil.records import Link, Part, Refusal
from oskil.sources import days, documents
from oskil.sources.documents import Carried
from oskil.sources.given import Given
from oskil.sources.interface import Context, Hints, Loaded, Raw
from oskil.sources.mapped import readable, tidy
from oskil.sources.metadata import Metadata, from_hints, language_of, web_link
from oskil.sources.wires import credits_of

MOST = 5_000  # entries; the longest archives of a feed have some hundreds
_IS_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_END = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>", re.I)
_END_OF_ENTRY = re.compile(rb"</(?:item|entry)\s*>", re.I)
_BLOCKS = frozenset("p div li h1 h2 h3 h4 h5 h6 blockquote br tr figcaption".split())


class Feed:
    """A feed as a server gives it or as it was saved."""

    name = "feed"

    def accepts(self, given: Given) -> bool:
        """Whether its first element is that of a feed."""
        head = given.head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        return head.startswith(b"<") and bool(_IS_FEED.search(head)) and b"<html" not in head.lower()

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """Its entries with words; a Refusal for each that cannot be read."""
        yield from entries(given.raw(), context.hints)


def entries(raw: Raw, hints: Hints) -> Iterator[Loaded | Refusal]:
    """The documents of a feed. Raises SourceError where it is none, or declares entities."""
    import feedparser

    if b"<!ENTITY" in raw.data[:65536]:
        raise SourceError("it declares entities, which no feed needs", raw.where)
    told = {"content-location": raw.url or "", "content-type": raw.media_type or "application/xml"}
    feed = feedparser.parse(raw.data, response_headers=told)
    if not feed.version and not feed.entries:
        problem = " ".join(str(feed.get("bozo_exception", "no feed")).split())
        raise SourceError(f"this is no feed that can be read: {problem[:120]}", raw.where)
    if not feed.entries:
        raise SourceError("there is no entry in this feed", raw.where)
    whole = _whole(raw.data, len(feed.entries))
    for number, entry in enumerate(islice(feed.entries, min(whole, MOST)), 1):
        where = f"{raw.where}, entry {number}"
        try:
            loaded = _loaded(entry, feed.feed, hints, where, raw)
        except SourceError as error:
            yield Refusal(error.where or where, error.message)
            continue
        if loaded:
            yield loaded
    if len(feed.entries) > MOST:
        yield Refusal(raw.where, f"more than {MOST:,} entries; those after are not read")
    if not _END.search(raw.data):
        yield Refusal(raw.where, f"it is cut short, after {whole:,} whole entries")


def _whole(data: bytes, entries: int) -> int:
    """How many of the entries that were found are whole: of a feed that is cut short, the last may not be."""
    return entries if _END.search(data) else min(entries, len(_END_OF_ENTRY.findall(data)))


def _loaded(entry: Any, feed: Any, hints: Hints, where: str, raw: Raw) -> Loaded | None:
    title = plain(entry.get("title", ""))[0].replace("\n", " ").strip()
    html = next(
        (c.get("value") for c in entry.get("content", ()) if c.get("value")), entry.get("summary", "")
    )
    body, links = plain(html)
    if not (title or body):
        return None
    known = Metadata()
    from_hints(known, hints)
    publisher = plain(entry.get("source", {}).get("title", ""))[0]
    known.offer("title", title, "the feed's entry")
    known.offer("outlet", publisher, "the feed's source")
    known.offer("outlet", plain(feed.get("title", ""))[0], "the feed")
    known.offer("authors", [a.get("name") for a in entry.get("authors", ()) if a.get("name")], "the feed")
    known.offer("url", web_link(entry.get("link", "") or "") or "", "the feed")
    known.offer("published", _moment(entry, where), "the feed's entry")
    known.offer("language", (feed.get("language") or "")[:2].lower(), "the feed")
    text, parts, moved = _put_together(title, body)
    language_of(known, text)
    shifted = [Link(x.start + moved, x.end + moved, x.url) for x in links]
    credits = credits_of(text, parts, known.get("outlet"))
    through = plain(feed.get("title", ""))[0] if publisher else ""
    if through and through != publisher:
        known.found["feed"] = through
    document = documents.build(
        text,
        parts,
        shifted,
        known,
        where=where,
        key=known.get("url") or entry.get("id") or None,
        raw=raw.data,
        carried=Carried(credits=credits),
    )
    return Loaded(document, raw.data)


def _put_together(title: str, body: str) -> tuple[str, tuple[Part, ...], int]:
    """Title and body as one text with its parts, and how far the body was moved."""
    if not body or body == title:
        return title, (Part(0, len(title), "body"),), 0
    lead = len(title) + 2 if title else 0
    parts = [Part(0, len(title), "title")] if title else []
    at = lead
    for paragraph in body.split("\n\n"):
        parts.append(Part(at, at + len(paragraph), "body"))
        at += len(paragraph) + 2
    return (f"{title}\n\n{body}" if title else body), tuple(p for p in parts if p.start < p.end), lead


def _moment(entry: Any, where: str) -> str | None:
    """When an entry was published, in UTC; None where it does not say. SourceError for what cannot be."""
    said = str(entry.get("published") or entry.get("updated") or "").strip()
    if not said:
        return None
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    if parsed is None:
        days.day(said, where)  # a date that no calendar has is refused, one in an odd form is left out
        return said
    days.day(f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}", where)
    return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC).isoformat()


def plain(markup: Any) -> tuple[str, list[Link]]:
    """The text of a piece of HTML, a paragraph a block, with its links."""
    from lxml import etree

    given = str(markup or "").strip()
    if "<" not in given and "&" not in given:
        return tidy(readable(given).text)[0].text, []
    # Parsers stop at 256 levels unless they are told not to, and lose what is deeper; `walk` goes any depth.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    tree = etree.fromstring(f"<div>{given}</div>".encode("utf8", "replace"), parser)
    return ("", []) if tree is None else walk(tree)


def walk(tree: Any) -> tuple[str, list[Link]]:
    """The words below an element with their links; blocks are apart by an empty line, scripts left out."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    found: list[tuple[int, int, str]] = []
    starts: list[int] = []
    length = hidden = 0

    def add(words: str) -> None:
        nonlocal length
        if not hidden:
            pieces.append(words)
            length += len(words)

    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        apart = "\n\n" if tag in _BLOCKS else ""
        if event == "start":
            add(apart)
            hidden += tag in ("script", "style")
            starts.append(length)
            add(_folded(element.text))
            continue
        start = starts.pop()
        if tag == "a" and element.get("href"):
            found.append((start, length, element.get("href")))
        hidden -= tag in ("script", "style")
        add(apart)
        if element is not tree:
            add(_folded(element.tail))
    clean, moved = tidy("".join(pieces))
    links = ((moved[a], moved[b], web_link(url)) for a, b, url in found)
    return clean.text, [Link(a, b, url) for a, b, url in sorted(links, key=lambda x: x[:2]) if url and a < b]


def _folded(words: str | None) -> str:
    return re.sub(r"\s+", " ", readable(words or "").text)

"""The last step of every source: a Document with its key and its id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from oskil.records import Document, Link, Media, Part
from oskil.sources.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Carried:
    """Whose words a document passes on, as far as its source says so; the fields are those of Document."""

    forwarded_from: str | None = None
    reply_to: str | None = None
    credits: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()


NOTHING = Carried()


def key_of(known: Metadata, where: str, text: str) -> str:
    """What names the text across its revisions: canonical link, else file name, else its own hash."""
    url = known.get("url")
    if url:
        return url
    name = PurePath(where).name
    if name and where != "-":
        return name
    return "sha256:" + hashlib.sha256(text.encode("utf8")).hexdigest()


def build(
    text: str,
    parts: Sequence[Part],
    links: Sequence[Link],
    known: Metadata,
    *,
    where: str,
    key: str | None = None,
    raw: bytes = b"",
    raw_sha256: str | None = None,
    carried: Carried = NOTHING,
) -> Document:
    """Put the record together. The id covers key, text and the metadata that changes what the text means.

    `raw_sha256` spares hashing the raw bytes again where many documents share them.
    """
    key = key or key_of(known, where, text)
    telling = ["title", "outlet", "published", "timezone", "url"]
    content = [key, text, known.medium, list(known.authors), *(known.get(field) for field in telling)]
    if carried.forwarded_from or carried.reply_to:
        content += [carried.forwarded_from, carried.reply_to]
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf8", "surrogatepass")
    return Document(
        id=hashlib.sha256(packed).hexdigest(),
        key=key,
        text=text,
        parts=tuple(parts),
        links=tuple(links),
        title=known.get("title"),
        authors=known.authors,
        outlet=known.get("outlet"),
        published=known.get("published"),
        timezone=known.get("timezone"),
        url=known.get("url"),
        language=known.get("language"),
        medium=known.medium,
        retrieved_from=where,
        raw_sha256=raw_sha256 or (hashlib.sha256(raw).hexdigest() if raw else ""),
        found=known.provenance(),
        forwarded_from=carried.forwarded_from,
        reply_to=carried.reply_to,
        credits=carried.credits,
        media=carried.media,
    )

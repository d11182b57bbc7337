"""What bytes are, by their first few: pictures and archives under a text's name are told from texts."""

from __future__ import annotations

import json
import re

from oskil.errors import SourceError
from oskil.sources.interface import Raw

# From the formats' own definitions; (offset, bytes, what to call it).
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF87a", "a GIF picture"),
    (0, b"GIF89a", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (4, b"ftyp", "a video or a picture (ISO media)"),
    (0, b"\x1aE\xdf\xa3", "a video (Matroska)"),
    (0, b"OggS", "a sound or video (Ogg)"),
    (0, b"ID3", "a sound (MP3)"),
    (0, b"%PDF-", "a PDF"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"PK\x05\x06", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\x00", "an xz archive"),
    (0, b"(\xb5/\xfd", "a zstd archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document of the old kind"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
)
_HTML = re.compile(
    rb"(?:\s|<!--(?:[^-]|-(?!->))*+-->|<\?xml[^<>]*\?>)*+<(?:!doctype\s+html|html|head|body|title|meta|article|div|script)\b",
    re.I,
)
_XML = re.compile(rb"\s*<\?xml\b|\s*<(?:rss|feed|svg|kml|gpx)\b", re.I)
_TAGS = re.compile(rb"<(?:p|div|h1|article|table|span)\b", re.I)
_LOOKED_AT = 20_000  # bytes


def refuse_what_is_no_text(raw: Raw) -> None:
    """Raise SourceError where the bytes are empty, blank, or of a format that holds no plain text."""
    head = raw.data[:600]
    if not raw.data:
        raise SourceError("the file is empty" if raw.where != "-" else "nothing came in", raw.where)
    for offset, magic, name in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            raise SourceError(f"this is {name}, not a text", raw.where)
    if not raw.data.strip(b" \t\r\n\x0b\x0c\x00\xff\xfe\xef\xbb\xbf"):
        raise SourceError("there is nothing but white space in it", raw.where)


def is_html(raw: Raw) -> bool:
    """Whether the bytes are a page: by their first element, else by name or media type together with tags."""
    head = raw.data[:_LOOKED_AT]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return True
    said = (raw.media_type or "").lower().startswith(("text/html", "application/xhtml"))
    named = raw.where.lower().endswith((".html", ".htm", ".xhtml"))
    return (said or named) and bool(_TAGS.search(raw.data))


def structured(raw: Raw) -> str | None:
    """The name of a data format that is written in text but is no article, or None."""
    if _XML.match(raw.data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")) and not is_html(raw):
        return "XML"
    data = raw.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(b"window.YTD."):
        return "a part of an archive of X that holds no posts"
    named = raw.where.lower().endswith((".json", ".jsonl", ".geojson"))
    if data[:1] in (b"{", b"[") and (named or "json" in (raw.media_type or "") or _is_json(data)):
        return "JSON"
    return None


def _is_json(data: bytes) -> bool:
    """Whether all of it is JSON, under whatever name: a text may begin with a bracket too."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True

"""The YAML between two "---" lines at the top of a markdown file."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from oskil.sources.metadata import Metadata

_FRONT = re.compile(
    r"\A\ufeff?\s{0,20}---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S
)
_LINE = re.compile(r"([A-Za-z]\w{0,30}):[ \t]+(\S.*)")
# What the keys are called by those who write them; ours come first.
_NAMES = {
    "title": ("title", "headline"),
    "authors": ("author", "authors", "byline", "by"),
    "outlet": ("outlet", "channel", "publisher", "site", "sitename", "site_name"),
    "published": ("published", "date", "published_at", "datepublished", "pubdate"),
    "timezone": ("timezone",),
    "url": ("url", "canonical", "link", "original_url", "source_url", "source"),
    "language": ("language", "lang"),
    "medium": ("medium",),
    "description": ("description", "standfirst", "summary"),
}


def read(text: str) -> tuple[dict[str, Any], int]:
    """The fields and the index after them; nothing and 0 where there is no front matter.

    It is YAML; where it is not, as with a colon in a title ("title: Kyiv: the town is ours"), it is taken
    line by line, as it was meant.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, 0
    try:
        fields = yaml.load(found[1], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        fields = _by_line(found[1])
        return fields, found.end() if fields else 0
    if not isinstance(fields, dict):
        return {}, 0
    return {str(k).lower(): v for k, v in fields.items()}, found.end()


def _by_line(block: str) -> dict[str, Any]:
    """The fields where every line is a name, a colon and a value, and one of the names is known."""
    lines = [line for line in block.splitlines() if line.strip()]
    found = [_LINE.fullmatch(line.rstrip()) for line in lines]
    fields = {one[1].lower(): one[2].strip("\"'") for one in found if one}
    known = {name for names in _NAMES.values() for name in names}
    return fields if len(fields) == len(lines) and known & fields.keys() else {}


def offer(known: Metadata, fields: dict[str, Any]) -> None:
    """Offer the fields that are metadata of ours."""
    for field, names in _NAMES.items():
        for name in names:
            value = _scalar(fields.get(name), several=field == "authors")
            if field == "title" and value:
                value = without_site(str(value))
            known.offer(field, value, f"front matter, {name}")


def _scalar(value: object, *, several: bool) -> object:
    """A value that is one piece of metadata, or None: structures are not looked into."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if several and isinstance(value, list):
        return [x for x in value if isinstance(x, str)]
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def without_site(title: str) -> str:
    """A page's title without the names of section and site that follow it after " | "."""
    head = title.split(" | ")[0].strip()
    return head or title

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
    """The fields and the index after them; nothing and 0 where there is no front matter that is YAML."""
    found = _FRONT.match(text)
    if not found:
        return {}, 0
    try:
        fields = yaml.load(found[1], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, 0
    if not isinstance(fields, dict):
        return {}, 0
    return {str(k).lower(): v for k, v in fields.items()}, found.end()


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

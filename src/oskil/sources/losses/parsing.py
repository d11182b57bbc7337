"""From the bytes of a loss list to its record."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath
from typing import Any

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import DataSource, LossList
from oskil.sources import days, packed, sniffing
from oskil.sources.decoding import decode
from oskil.sources.interface import Raw
from oskil.sources.losses import page, table
from oskil.sources.losses.words import words
from oskil.sources.parties import profile_in_use


def parse(
    raw: Raw, *, assessor: str | None = None, day: str | None = None, profile: ConflictProfile | None = None
) -> LossList:
    """The loss list in a table or in a saved page, plain or gzipped.

    A page lists no days: all its entries are listed on the page's own, which is `day`, else the day in its
    name, else that of its last change. `assessor` wins over what the file says of itself. Sides are the ids
    of the parties of `profile`, or of the profile in use. Raises SourceError, one line of what and where.
    """
    profile = profile or profile_in_use()
    data = packed.gunzipped(raw.data, raw.where) if raw.data.startswith(packed.GZIP) else raw.data
    inner = Raw(where=raw.where, data=data, media_type=raw.media_type, url=raw.url, encoding=raw.encoding)
    text = decode(inner, longest_line=None).text
    name = PurePath(raw.where).name
    if is_page(raw):
        tree = page_tree(text, raw.where)
        title = page.title_of(tree)
        who = assessor or words().assessor(name, title, raw.url or "", _link(tree))
        entries, notes = page.entries(tree, title, _day(tree, raw, day), raw.where, profile)
    else:
        who = assessor or words().assessor(name)
        entries, notes = table.entries(text, raw.where, profile)
    if not who:
        raise SourceError("who keeps this list is not told; say so with --outlet", raw.where)
    if not entries:
        raise SourceError("there is no row in this list", raw.where)
    version = max(entry.listed for entry in entries).isoformat()
    source = DataSource(f"{who} loss list", version, hashlib.sha256(raw.data).hexdigest())
    return LossList(assessor=who, entries=entries, source=source, notes=notes)


def is_page(raw: Raw) -> bool:
    """Whether a list is a saved page, and no table."""
    data = packed.gunzipped(raw.data, raw.where) if raw.data.startswith(packed.GZIP) else raw.data
    return sniffing.is_html(Raw(where=raw.where.removesuffix(".gz"), data=data, media_type=raw.media_type))


def page_tree(text: str, where: str) -> Any:
    """The elements of a page. Raises SourceError where there are none."""
    from oskil.sources import html_body

    tree = html_body.parse(text)
    if tree is None:
        raise SourceError("there is no element of HTML in it", where)
    return tree


def _link(tree: Any) -> str:
    return " ".join(
        map(str, tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"))
    )


def _day(tree: Any, raw: Raw, stated: str | None) -> dt.date:
    if stated:
        return days.day(stated, raw.where)
    named = days.day_in(PurePath(raw.where).name)
    if named:
        return named
    for path in (
        "//*[@itemprop='dateModified']/@content",
        "//*[@itemprop='dateModified']/@datetime",
        "//meta[@property='article:modified_time']/@content",
    ):
        for value in tree.xpath(path):
            return days.day(value, raw.where)
    raise SourceError("the day of this list is not told; say so with --published", raw.where)

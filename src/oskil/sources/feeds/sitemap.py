"""Sitemaps (sitemaps.org 0.9, with the extension for news): addresses of pages, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from oskil.errors import SourceError
from oskil.records import Refusal
from oskil.sources import packed
from oskil.sources.given import Given, from_raw
from oskil.sources.html_page import HtmlPage
from oskil.sources.interface import Context, Loaded, Raw
from oskil.sources.metadata import web_link

MOST = 200  # pages that are asked for at one reading, the newest first
MOST_MAPS = 20  # sitemaps that an index leads to
_IS_SITEMAP = re.compile(rb"<(?:urlset|sitemapindex)[\s>]", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """An address of a sitemap. `changed` is an ISO date as it says, or empty; `index` marks another map."""

    url: str
    changed: str = ""
    index: bool = False


class Sitemap:
    """A sitemap as a server gives it or as it was saved."""

    name = "sitemap"

    def accepts(self, given: Given) -> bool:
        """Whether its first element is that of a sitemap."""
        return bool(_IS_SITEMAP.search(given.head[:4096]))

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """The articles of its newest pages, each asked for in turn; a Refusal for each that holds none."""
        raw = given.raw()
        for page in newest(raw, context):
            try:
                answer = context.fetch.get(page.url)
                for document in HtmlPage().documents(answer, context.hints):
                    yield Loaded(document, answer.data)
            except SourceError as error:
                yield Refusal(error.where or page.url, error.message)


def newest(raw: Raw, context: Context) -> list[Page]:
    """The newest pages of a sitemap, or of the newest maps that an index leads to."""
    found = pages(raw)
    maps = [page for page in found if page.index][:MOST_MAPS]
    for one in maps:
        found += [page for page in pages(context.fetch.get(one.url)) if not page.index]
    own = {page.url: page for page in found if not page.index}
    return sorted(own.values(), key=lambda page: page.changed, reverse=True)[:MOST]


def pages(raw: Raw) -> list[Page]:
    """The addresses of one sitemap, newest first; only those of its own host, as the protocol has it."""
    from lxml import etree

    data = packed.gunzipped(raw.data, raw.where) if raw.data.startswith(packed.GZIP) else raw.data
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"not a sitemap at line {error.lineno}: {error.msg}", raw.where) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("it declares a document type with entities, which no sitemap needs", raw.where)
    host = urlsplit(raw.url or "").hostname
    found = []
    for element in root.iter("{*}url", "{*}sitemap"):
        url = web_link((element.findtext("{*}loc") or "").strip())
        day = element.findtext("{*}lastmod") or element.findtext("{*}news/{*}publication_date") or ""
        if url and (host is None or urlsplit(url).hostname == host):
            found.append(Page(url, day.strip(), element.tag.endswith("}sitemap") or element.tag == "sitemap"))
    return sorted(found, key=lambda page: page.changed, reverse=True)


def read(raw: Raw, context: Context) -> Iterator[Loaded | Refusal]:
    """The articles of a sitemap that is at hand."""
    return Sitemap().loaded(from_raw(raw), context)

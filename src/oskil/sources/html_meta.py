"""What a page says of itself: JSON-LD, meta elements, canonical link, the language of its root."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from oskil.sources.frontmatter import without_site
from oskil.sources.html_body import words_of
from oskil.sources.metadata import Metadata, authors_of

_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")
_SAVED = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_DEEPEST = 6  # levels of JSON-LD
# Names of meta elements, best first; publication before modification, which is never taken for it.
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "dc.date",
        "dcterms.created",
        "sailthru.date",
        "parsely-pub-date",
    ),
    "authors": ("author", "article:author", "parsely-author", "dc.creator", "byl"),
    "outlet": ("application-name",),
    "description": ("og:description", "description", "twitter:description"),
    "language": ("og:locale", "content-language", "dc.language"),
}


def offer(known: Metadata, tree: HtmlElement, address: str | None) -> None:
    """Offer all that the page states; `address` is where it was fetched from, if it was."""
    metas = _metas(tree)
    articles = list(_articles(tree))
    _links(known, tree, metas, articles, address)
    known.offer("outlet", metas.get("og:site_name"), "meta og:site_name")
    for article in articles:
        _from_json(known, article)
    for field, names in _META.items():
        for name in names:
            value = metas.get(name)
            if field == "authors":
                _authors(known, value, f"meta {name}")
            elif field == "language":
                known.offer(field, _code(value), f"meta {name}")
            else:
                known.offer(field, value, f"meta {name}")
    known.offer("language", _code(tree.get("lang") or tree.get("xml:lang")), "html lang")
    for element in tree.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            known.offer("published", element.get("datetime"), "time element")
    heads = [words_of(h) for h in tree.iter("h1")]
    known.offer("title", heads[0] if len(heads) == 1 else None, "h1")
    title = tree.find(".//title")
    known.offer("title", without_site(words_of(title)) if title is not None else None, "title element")


def _links(
    known: Metadata,
    tree: HtmlElement,
    metas: dict[str, str],
    articles: list[dict[str, Any]],
    address: str | None,
) -> None:
    """The canonical link. A fetched page may name only one of its own site: none can pass for another's."""
    canonical = [e.get("href", "") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    offers = [(href, "link rel=canonical") for href in canonical]
    offers += [(metas.get("og:url", ""), "meta og:url")]
    for article in articles:
        page = article.get("mainEntityOfPage")
        offers += [(str(page.get("@id") or ""), "JSON-LD")] if isinstance(page, dict) else []
        offers += [(x, "JSON-LD") for x in (page, article.get("url")) if isinstance(x, str)]
    for href, provenance in offers:
        url = urljoin(address, href) if address and href else href
        if url and (address is None or _site(url) == _site(address)):
            known.offer("url", url, provenance)
    known.offer("url", address, "the address it was fetched from")
    for comment in tree.getroottree().xpath("//comment()[contains(., 'saved from url')]")[:1]:
        saved = _SAVED.search(comment.text or "")
        known.offer("url", saved[1] if saved else None, "the browser's note of the link")


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return host
    labels = host.split(".")
    # Under "co.uk", "com.ua" and their like the owner's name is the third label from the end.
    shared = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if shared else labels[-2:])


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json":
            try:
                data = json.loads(element.text or "")
            except (ValueError, RecursionError):
                continue
            yield from _walk(data, 0)


def _walk(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        named = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(k, str) and _ARTICLE.search(k) for k in named):
            yield data
        yield from _walk(data.get("@graph"), depth + 1)


def _from_json(known: Metadata, article: dict[str, Any]) -> None:
    where = "JSON-LD"
    known.offer("title", _string(article.get("headline")), f"{where} headline")
    known.offer("published", _string(article.get("datePublished")), f"{where} datePublished")
    known.offer("description", _string(article.get("description")), f"{where} description")
    known.offer("language", _code(_string(article.get("inLanguage"))), f"{where} inLanguage")
    publisher = article.get("publisher")
    if isinstance(publisher, dict):
        known.offer("outlet", _string(publisher.get("name")), f"{where} publisher")
    people = article.get("author")
    names = []
    for person in people if isinstance(people, list) else [people]:
        name = _string(person.get("name") if isinstance(person, dict) else person)
        names += [name] if name and not name.startswith("http") else []
    known.offer("authors", names, f"{where} author")


def _string(value: object) -> str | None:
    """A string of JSON-LD as text: publishers escape it a second time, and some leave tags in it."""
    return _TAG.sub("", html.unescape(value)).strip() or None if isinstance(value, str) else None


def _authors(known: Metadata, value: str | None, provenance: str) -> None:
    if value and not value.startswith("http"):
        known.offer("authors", authors_of(value), provenance)


def _code(value: str | None) -> str | None:
    """The ISO 639 code in "en-GB" or "en_GB"."""
    found = re.match(r"([a-zA-Z]{2,3})(?:[-_]|$)", (value or "").strip())
    return found[1].lower() if found else None

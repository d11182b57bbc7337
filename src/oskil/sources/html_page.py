"""Saved and fetched pages: the article by trafilatura, the metadata by what the page states."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from oskil.errors import SourceError
from oskil.records import Document, Part
from oskil.sources import dates, documents, sniffing
from oskil.sources.decoding import decode
from oskil.sources.documents import Carried
from oskil.sources.interface import Hints, Raw
from oskil.sources.layout import parts as layout_parts
from oskil.sources.layout_paragraphs import ends_sentence, folded
from oskil.sources.metadata import Metadata, from_address, from_hints, from_text, language_of
from oskil.sources.wires import credits_of

_FEWEST_WORDS = 12  # in running sentences; with fewer a page holds menus and notices, no article
_LONG = 25  # words; so long a paragraph is text however it ends
_RUNNING = ("body", "standfirst", "update", "caption", "embed")


class HtmlPage:
    """One page of a site, as a browser or a client saved it."""

    name = "html"

    def accepts(self, raw: Raw) -> bool:
        """Whether the bytes are HTML."""
        return sniffing.is_html(raw)

    def documents(self, raw: Raw, hints: Hints) -> Iterator[Document]:
        """The page's article. Raises SourceError where there is none in it."""
        yield document_from_html(raw, hints)


def document_from_html(raw: Raw, hints: Hints) -> Document:
    """The article of a page with its metadata. Markup never reaches the text as markup."""
    from oskil.sources import html_body, html_meta

    text = decode(raw, longest_line=None).text
    tree = html_body.parse(text)
    if tree is None:
        raise SourceError("there is no element of HTML in it", raw.where)
    known = Metadata()
    from_hints(known, hints)
    html_meta.offer(known, tree, raw.url)
    standfirst = known.get("description")
    shown = standfirst is not None and any(
        _same(html_body.words_of(p), standfirst) for p in tree.iter("p", "h2", "div")
    )
    body = html_body.article(tree, known.get("url"))
    _need_article(body.text, raw.where)
    body = html_body.prepend(body, [known.get("title") or "", (standfirst or "") if shown else ""])
    clean = body.text
    found = layout_parts(clean, known.get("title"), marks=body.marks(), standfirst=standfirst)
    if not any(p.role in _RUNNING for p in found):
        raise SourceError("no article was found in this page", raw.where)
    _infer(known, clean, found, text, raw.where)
    carried = Carried(credits=credits_of(clean, found, known.get("outlet")))
    return documents.build(clean, found, body.links, known, where=raw.where, raw=raw.data, carried=carried)


def _same(shown: str, stated: str) -> bool:
    return len(shown) < 2 * len(stated) + 40 and folded(shown) == folded(stated)


def _need_article(text: str, where: str) -> None:
    running = [p for p in text.split("\n\n") if ends_sentence(p) or len(p.split()) >= _LONG]
    if sum(len(p.split()) for p in running) < _FEWEST_WORDS:
        raise SourceError("no article was found in this page", where)


def _infer(known: Metadata, clean: str, found: tuple[Part, ...], page: str, where: str) -> None:
    from_text(known, clean, found)
    known.offer("published", dates.in_path(known.get("url") or ""), "day in the link")
    if "published" not in known.values:
        known.offer("published", _guessed_date(page, known.get("url")), "htmldate, from the page")
    from_address(known, where)
    language_of(known, "\n".join(clean[p.start : p.end] for p in found if p.role in _RUNNING))


def _guessed_date(page: str, url: str | None) -> str | None:
    from htmldate import find_date

    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    day: str | None = find_date(page, original_date=True, url=url, extensive_search=False)
    return day

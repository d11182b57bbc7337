"""The article inside a page, as paragraphs with what the page's elements tell of them."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from oskil.records import Link, Span
from oskil.sources.layout_paragraphs import Embedded, Marks, folded, menu_line, split
from oskil.sources.mapped import readable
from oskil.sources.vocabulary import platform_of

# Marks that survive the extraction inside the text: private characters, which `parse` takes out first.
_CAPTION = "\ue000"
_POST = 0xE100
_MOST_POSTS = 0x700
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Parsers stop at 256 levels. Runs of mere wrappers are folded into one; their ends are then ignored.
_WRAPPERS = re.compile(r"(?:<(?:div|span|section|font|b|i|center|table|tbody|tr|td)\b[^<>]*>\s*){40,}+", re.I)
_INERT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "object",
    "embed",
    "iframe",
    "form",
    "button",
)
_POST_CLASS = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|fb-post)\b"
)
_ACCOUNT = re.compile(r"https?://[^/]+/(?:s/|@)?([A-Za-z0-9_.]{2,40})/(?:status/|posts/|video/|\d)")
_AD_CLASS = re.compile(
    r"(?:^|\s)(?:ads?|advert\w*|sponsored|promo|newsletter|share-\w+|social-\w+)(?:[-_\s]|$)", re.I
)
_LARGEST_AD = 80  # words
_Owners = list[tuple[str | None, str | None]]
_BLOCKS = frozenset({"p", "head", "quote", "item", "cell", "row", "table", "list", "div", "code"})


@dataclass(slots=True)
class Body:
    """Text with paragraphs apart by an empty line, and what is known of stretches of it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    linked: list[Span] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    quotes: list[Span] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    posts: list[Embedded] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces).rstrip()

    def append(self, text: str) -> Span | None:
        """Add a paragraph; where it stands, or None where it has no words."""
        words = " ".join(readable(text).text.split())
        if not words:
            return None
        span = Span(self.length, self.length + len(words))
        self.pieces += [words, "\n\n"]
        self.length += len(words) + 2
        return span

    def marks(self) -> Marks:
        """The same for the layout, with the lines that are nothing but links."""
        lines = split(self.text, Marks(self.headings))
        menus = [Span(p.start, p.end) for p in lines if menu_line(p, self.linked)]
        return Marks(self.headings, self.quotes, self.captions, menus, self.posts)


def parse(text: str) -> HtmlElement | None:
    """The page as a tree, or None where there is no element in it. Never raises for broken markup."""
    text = _PRIVATE.sub("", _WRAPPERS.sub("<div>", text))
    try:
        parser = HTMLParser(encoding="utf-8")  # type: ignore[no-untyped-call]
        tree: HtmlElement = document_fromstring(text.encode("utf8", "replace"), parser)  # type: ignore[no-untyped-call]
        return tree
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def article(tree: HtmlElement, url: str | None) -> Body:
    """The article's body; empty where none is found. Changes the tree."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    etree.strip_elements(tree, *_INERT, with_tail=False)
    _drop_advertisements(tree)
    owners = _mark_posts(tree)
    _mark_captions(tree)
    found = bare_extraction(
        tree, url=url, favor_recall=True, include_comments=False, include_links=True, with_metadata=False
    )
    body = Body()
    main = getattr(found, "body", None)
    for element in () if main is None else main:
        _add(body, element, owners)
    return body


def _drop_advertisements(tree: HtmlElement) -> None:
    """Take out what is classed as an advertisement, unless it is so long that the class must mislead."""
    for element in list(tree.iter("div", "aside", "section", "p", "span", "ul")):
        if _AD_CLASS.search(element.get("class") or "") and len(words_of(element).split()) < _LARGEST_AD:
            _become(element, element.tag, "")


def _mark_captions(tree: HtmlElement) -> None:
    """Make captions paragraphs, as extraction leaves figures out with all that they hold."""
    for element in list(tree.iter("figcaption")):
        words = words_of(element)
        figure = next((a for a in element.iterancestors("figure")), None)
        _become(element, "p", _CAPTION + words if words else "")
        if figure is not None:
            figure.tag = "div"
            figure.attrib.clear()


def _mark_posts(tree: HtmlElement) -> _Owners:
    """Make embedded posts paragraphs that carry the number of their author; the authors and platforms."""
    owners: _Owners = []
    for element in list(tree.iter("blockquote")):
        links = [a.get("href") or "" for a in element.iter("a")] + [element.get("cite") or ""]
        platforms = [p for p in map(platform_of, links) if p]
        if not _POST_CLASS.search(element.get("class") or "") or len(owners) >= _MOST_POSTS:
            continue
        account = next((m[1] for m in map(_ACCOUNT.match, reversed(links)) if m), None)
        mark = chr(_POST + len(owners))
        owners.append((account, platforms[-1] if platforms else None))
        lines = _lines(element)
        _become(element, "div", "")
        for line in lines:
            paragraph = etree.SubElement(element, "p")
            paragraph.text = mark + line
    return owners


def _lines(element: HtmlElement) -> list[str]:
    """The paragraphs of a post and, as the last line, its signature."""
    inner = [p for p in element.iter("p") if not any(True for _ in p.iterdescendants("p"))]
    lines = [words_of(p) for p in inner]
    whole = words_of(element)
    if not inner:
        return [whole] if whole else []
    rest = whole[whole.rfind(lines[-1]) + len(lines[-1]) :].strip() if lines[-1] else ""
    return [line for line in (*lines, rest) if line]


def words_of(element: HtmlElement) -> str:
    """All the words in an element, by single spaces."""
    return " ".join("".join(element.itertext()).split())


def _become(element: HtmlElement, tag: str, text: str) -> None:
    """Empty an element and make it another; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = tag, text, tail


def _add(body: Body, element: etree._Element, owners: _Owners) -> None:
    """Append an element of the extraction and what it holds, block by block."""
    if element.tag == "row" or not any(child.tag in _BLOCKS for child in element):
        _append(body, element, owners)
        return
    start = body.length
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            body.append("".join(loose))
            loose = []
            _add(body, child, owners)
        else:
            loose.append("".join(child.itertext()))
        loose.append(child.tail or "")
    body.append("".join(loose))
    if element.tag == "quote" and body.length > start:
        body.quotes.append(Span(start, body.length - 2))


def _append(body: Body, element: etree._Element, owners: _Owners) -> None:
    cells = list(element.iter("cell")) or [element]
    text = " ".join(words_of(cell) for cell in cells)
    mark = text[:1]
    words = _PRIVATE.sub("", text)
    span = body.append(words)
    if span is None:
        return
    if mark == _CAPTION:
        body.captions.append(span)
    elif mark and _POST <= ord(mark) < _POST + len(owners):
        by, via = owners[ord(mark) - _POST]
        body.posts.append(Embedded(span.start, span.end, by, via))
    elif element.tag == "head":
        body.headings.append(span)
    elif element.tag == "quote":
        body.quotes.append(span)
    _links(body, element, span)


def _links(body: Body, element: etree._Element, span: Span) -> None:
    shown, at = body.pieces[-2], 0
    for ref in element.iter("ref"):
        words = " ".join(readable("".join(ref.itertext())).text.split())
        start = shown.find(words, at) if words else -1
        url = ref.get("target") or ""
        if start < 0:
            continue
        at = start + len(words)
        body.linked.append(Span(span.start + start, span.start + at))
        if url.lower().startswith(("http://", "https://")):
            body.links.append(Link(span.start + start, span.start + at, url))


def prepend(body: Body, lines: list[str]) -> Body:
    """Put lines (title, standfirst) before the text where it has them not yet; all offsets move along."""
    have = {folded(piece) for piece in body.pieces}
    moved = Body()
    for line in lines:
        if folded(line) not in have:
            moved.append(line)
    shift = moved.length
    moved.pieces += body.pieces
    moved.length += body.length
    moved.links = [Link(x.start + shift, x.end + shift, x.url) for x in body.links]
    moved.linked, moved.headings, moved.quotes, moved.captions = (
        [Span(s.start + shift, s.end + shift) for s in spans]
        for spans in (body.linked, body.headings, body.quotes, body.captions)
    )
    moved.posts = [Embedded(p.start + shift, p.end + shift, p.by, p.via) for p in body.posts]
    return moved

"""Plain text and markdown to a Document, with a map back to the text as it was given."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.errors import SourceError
from oskil.records import Document, Part, Span
from oskil.sources import documents, frontmatter, scraped
from oskil.sources.documents import Carried
from oskil.sources.interface import Hints
from oskil.sources.layout import parts as layout_parts
from oskil.sources.layout_paragraphs import Marks, Paragraph, folded, menu_line, split
from oskil.sources.markdown import Cleaned, clean, cut, rewritten
from oskil.sources.metadata import Metadata, from_address, from_hints, from_text, language_of
from oskil.sources.paragraphs import separate
from oskil.sources.wires import credits_of


@dataclass(frozen=True, slots=True)
class _Given:
    """The stretch of the text that is content, and what the rest tells."""

    start: int
    end: int
    fields: dict[str, object]
    dump: scraped.Dump | None


def document_from_text(
    text: str, hints: Hints, *, where: str, key: str | None = None, raw: bytes = b""
) -> tuple[Document, Sequence[int]]:
    """A Document from text as given, and for each character of its text the index in `text`.

    Markdown, front matter, link clutter and whole dumped pages are recognised and taken away; a text
    that is clean already is kept letter by letter. `where` names the text in errors and gives the
    key where there is no link and no `key`. `raw` is what the text was decoded from. Raises
    SourceError where no words are left.
    """
    given = _given(text)
    cleaned = clean(text[given.start : given.end])
    mapped, moved = separate(cleaned.text)
    cleaned = rewritten(cleaned, mapped, moved)
    known = _stated(hints, given)
    cleaned = _article(cleaned, known, given.dump)
    if not any(character.isalnum() for character in cleaned.text):
        raise SourceError("nothing in it can be read as text", where)
    marks = _marks(cleaned, given.dump)
    found = layout_parts(
        cleaned.text,
        known.get("title"),
        marks=marks,
        medium=known.medium,
        standfirst=known.get("description"),
    )
    _infer(known, cleaned.text, found, where)
    offsets = cleaned.offsets
    if given.start or not isinstance(offsets, range):
        offsets = array("q", (index + given.start for index in offsets))
    document = documents.build(
        cleaned.text,
        found,
        cleaned.links,
        known,
        where=where,
        key=key,
        raw=raw or text.encode("utf8", "replace"),
        carried=Carried(credits=credits_of(cleaned.text, found, known.get("outlet"))),
    )
    return document, offsets


def _given(text: str) -> _Given:
    fields, begin = frontmatter.read(text)
    dump = scraped.read(text[begin:])
    if dump is None:
        return _Given(begin, len(text), fields, None)
    return _Given(begin + dump.start, begin + dump.end, fields, dump)


def _stated(hints: Hints, given: _Given) -> Metadata:
    known = Metadata()
    from_hints(known, hints)
    frontmatter.offer(known, given.fields)
    if given.dump:
        known.offer("url", given.dump.fields.get("url"), "the scraper's note of the link")
        known.offer("title", next(iter(given.dump.titles), None), "the page's first heading")
    return known


def _infer(known: Metadata, text: str, found: Sequence[Part], where: str) -> None:
    from_text(known, text, found)
    from_address(known, where)
    reading = ("body", "standfirst", "update", "caption")
    language_of(known, "\n".join(text[p.start : p.end] for p in found if p.role in reading))


def _article(cleaned: Cleaned, known: Metadata, dump: scraped.Dump | None) -> Cleaned:
    """The article alone, where the text is a whole page."""
    found = split(cleaned.text, _marks(cleaned, dump))
    if not found or not (dump or scraped.cluttered(found)):
        return cleaned
    opening = frontmatter.without_site(found[0].text)
    if any(p.folded == folded(opening) for p in found[1:]):
        known.offer("title", opening, "the page's first line")
    first, last = scraped.article(found, _titles(found, known, dump), dump)
    return cut(cleaned, found[first].start, found[last - 1].end)


def _titles(found: Sequence[Paragraph], known: Metadata, dump: scraped.Dump | None) -> list[str]:
    """What the page may be called: its stated title, its headings, its first line without the site's name."""
    stated = known.get("title")
    titles = [stated] if stated else []
    titles += dump.titles if dump else ()
    titles += [frontmatter.without_site(p.text) for p in found[:1] if p.words > 2]
    return titles


def _marks(cleaned: Cleaned, dump: scraped.Dump | None) -> Marks:
    """What markdown and the dump tell of the lines."""
    headings = list(cleaned.headings)
    menus = [
        Span(p.start, p.end)
        for p in split(cleaned.text, Marks(headings))
        if _is_menu(p, cleaned.linked, dump)
    ]
    if dump:
        named = (p for p in split(cleaned.text, Marks()) if p.folded in dump.headings)
        headings += [Span(p.start, p.end) for p in named if p.folded not in dump.link_words]
    return Marks(sorted(set(headings)), cleaned.quotes, (), menus)


def _is_menu(paragraph: Paragraph, linked: Sequence[Span], dump: scraped.Dump | None) -> bool:
    """Whether a line is one that menus and lists of related pages are made of."""
    if dump and paragraph.folded in dump.link_words and paragraph.folded not in dump.headings:
        return True
    return menu_line(paragraph, linked)

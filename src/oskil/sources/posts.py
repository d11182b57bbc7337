"""Posts of channels and accounts, whatever platform and export they come from, as documents."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from oskil.errors import SourceError
from oskil.records import Link, Media, Part, Refusal
from oskil.sources import documents
from oskil.sources.documents import Carried
from oskil.sources.interface import Hints, Loaded
from oskil.sources.mapped import readable
from oskil.sources.metadata import Metadata, from_hints, language_of, web_link
from oskil.sources.vocabulary import words

_BREAK = re.compile(r"[ \t]*\n\s*")
_WORD = re.compile(r"\w")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FEW = 8  # words of a line that is nothing but links and names of channels
CHUNK = 1 << 16  # characters of posts that are kept together as one piece of raw bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post as its export has it. `text` is as written, `links` are characters of it.

    `name` and `handle` are whose account it stands in, as given; `author` who signed it there. `published`
    and `edited` are ISO date-times. The other fields are those of Document.
    """

    key: str
    text: str
    platform: str
    name: str
    handle: str = ""
    author: str = ""
    published: str = ""
    edited: str = ""
    url: str | None = None
    links: tuple[Link, ...] = ()
    forwarded_from: str | None = None
    reply_to: str | None = None
    media: tuple[Media, ...] = ()
    language: str | None = None
    source: str = ""


@dataclass(slots=True)
class Languages:
    """Which language the posts of one account are in.

    Telling it takes longer than all else that is done to a post. Where the first posts that are long enough
    agree, the rest are taken to be in the same language as long as they are in its script.
    """

    seen: Counter[str] = field(default_factory=Counter)
    cyrillic: bool = False

    def of(self, text: str) -> tuple[str | None, str]:
        """The language of a text, None where it is too short to tell, and how it was told."""
        if self.seen.total() >= _AGREE and len(self.seen) == 1 and _is_cyrillic(text) == self.cyrillic:
            return next(iter(self.seen)), f"the language of the account's first {_AGREE} posts"
        known = Metadata()
        language_of(known, text)
        found = known.get("language")
        if found and self.seen.total() < _AGREE:
            self.seen[found] += 1
            self.cyrillic = _is_cyrillic(text)
        return found, "py3langid, from the text"


_AGREE = 20  # posts


def _is_cyrillic(text: str) -> bool:
    head = text[:200]
    return len(_CYRILLIC.findall(head)) > len(head) / 4


def documents_of(posts: Iterable[Post | Refusal], hints: Hints, where: str) -> Iterator[Loaded | Refusal]:
    """Each post with words as a document; refusals pass through. Neighbours keep their raw bytes together.

    A file for each of hundreds of thousands of posts would cost more than all the rest. Where the posts end
    in a SourceError, those before it are given first.
    """
    languages: dict[str, Languages] = {}
    together: list[Post] = []
    size = 0
    try:
        for post in posts:
            if isinstance(post, Refusal):
                yield post
                continue
            together.append(post)
            size += len(post.source)
            if size >= CHUNK:
                yield from _batch(together, languages, hints, where)
                together, size = [], 0
    except SourceError:
        yield from _batch(together, languages, hints, where)
        raise
    yield from _batch(together, languages, hints, where)


def _batch(
    posts: Sequence[Post], languages: dict[str, Languages], hints: Hints, where: str
) -> Iterator[Loaded]:
    raw = ("[" + ",\n".join(post.source for post in posts) + "]").encode("utf8", "surrogatepass")
    digest = hashlib.sha256(raw).hexdigest()
    for post in posts:
        if _WORD.search(post.text):
            told = languages.setdefault(post.name, Languages())
            yield _loaded(post, told, hints, where, raw, digest)


def _loaded(post: Post, languages: Languages, hints: Hints, where: str, raw: bytes, digest: str) -> Loaded:
    text, links = clean(post.text, post.links)
    known = Metadata()
    from_hints(known, replace(hints, url=None) if hints.url else hints)
    known.values["medium"] = "post"
    handle = f"@{post.handle.lstrip('@')}" if post.handle else ""
    author = post.author or (f"{post.name} ({handle})" if handle else "")
    if "published" not in known.values and post.published.endswith("+00:00"):
        # It is in the form of records already, and looking for dates in it takes as long as all else.
        known.values.update(published=post.published, timezone="+00:00")
        known.found.update(dict.fromkeys(("published", "timezone"), f"{post.platform} export"))
    fields = {"outlet": post.name, "authors": author, "published": post.published, "url": post.url}
    for name, value in fields.items():
        if name not in known.values:
            known.offer(name, value, f"{post.platform} export")
    if post.edited:
        known.found["edited"] = post.edited
    if post.language:
        known.offer("language", post.language, f"{post.platform} export")
    elif "language" not in known.values:
        known.offer("language", *languages.of(text))
    document = documents.build(
        text,
        tuple(_parts(text, links, post)),
        links,
        known,
        where=where,
        key=post.key,
        raw_sha256=digest,
        carried=Carried(post.forwarded_from, post.reply_to, media=post.media),
    )
    return Loaded(document, raw)


def clean(text: str, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
    """A text with a paragraph a line, as all documents have it, and its links at their new places."""
    plain = readable(text)
    if plain.text != text:
        new = {old: index for index, old in reversed(list(enumerate(plain.offsets)))}
        shifted = ((new.get(x.start, -1), new.get(x.end - 1, -2) + 1, x.url) for x in links)
        links = [Link(start, end, url) for start, end, url in shifted if 0 <= start < end]
    return _spread(plain.text, links)


def _spread(text: str, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
    """A text without blanks around it and with an empty line for every break, and its links."""
    lead = len(text) - len(text.lstrip())
    ends, shifts, pieces = [0], [-lead], []
    at, last = lead, len(text.rstrip())
    for found in _BREAK.finditer(text, lead, last):
        pieces.append(text[at : found.start()])
        at = found.end()
        ends.append(at)
        shifts.append(shifts[-1] + 2 - (at - found.start()))
    pieces.append(text[at:last])

    def moved(index: int) -> int:
        return index + shifts[bisect_right(ends, index) - 1]

    kept = (x for x in links if lead <= x.start < x.end <= last)
    return "\n\n".join(pieces), tuple(Link(moved(x.start), moved(x.end - 1) + 1, x.url) for x in kept)


def _parts(text: str, links: Sequence[Link], post: Post) -> Iterator[Part]:
    """The paragraphs: the post's own words or those of whom it forwards; lines of links are neither."""
    at = 0
    for paragraph in text.split("\n\n"):
        end = at + len(paragraph)
        if paragraph:
            if _only_links(paragraph, at, end, links):
                yield Part(at, end, "boilerplate")
            elif post.forwarded_from:
                yield Part(at, end, "embed", post.forwarded_from, post.platform)
            else:
                yield Part(at, end, "body")
        at = end + 2


def _only_links(paragraph: str, start: int, end: int, links: Sequence[Link]) -> bool:
    low = paragraph.lower()
    if words().starts.match(low) or low.strip(" .:!") in words().exact:
        return True
    own = [link for link in links if start <= link.start and link.end <= end]
    if not own:
        return False
    rest = [paragraph[: own[0].start - start]]
    rest += [paragraph[a.end - start : b.start - start] for a, b in zip(own, own[1:], strict=False)]
    rest.append(paragraph[own[-1].end - start :])
    linked = sum(len(paragraph[x.start - start : x.end - start].split()) for x in own)
    return linked <= _FEW and not any(_WORD.search(piece) for piece in rest)


def link_of(start: int, end: int, url: str) -> Link | None:
    """A link of the web, or None for anything else."""
    address = web_link(url if "://" in url else f"https://{url}")
    return Link(start, end, address) if address and start < end else None

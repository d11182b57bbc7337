"""Bluesky: the repository that an account can download (`repo.car`), and JSON as the API answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oskil.errors import SourceError
from oskil.records import Link, Media, Refusal
from oskil.sources import days, packed, posts
from oskil.sources.accounts import cbor
from oskil.sources.decoding import decode
from oskil.sources.given import Given
from oskil.sources.interface import Context, Hints, Loaded
from oskil.sources.posts import Post, link_of

PLATFORM = "Bluesky"
_POST = "app.bsky.feed.post"
_ROOTS = b"eroots"  # a CAR's header is a map with this key
_IS_JSON = re.compile(rb'"(?:feed|records|posts)"\s*:\s*\[.{0,65000}?at://did:', re.S)


@dataclass(frozen=True, slots=True)
class Found:
    """One record of a post: its address, whose it is, the record, and who passed it on."""

    uri: str
    record: Mapping[str, Any]
    name: str = ""
    handle: str = ""
    reposted: str = ""


class BlueskyExport:
    """A `repo.car`, or JSON of the API: getAuthorFeed, getPosts, listRecords."""

    name = "Bluesky export"

    def accepts(self, given: Given) -> bool:
        """Whether it begins as a CAR, or is JSON with addresses of the AT protocol."""
        return _ROOTS in given.head[:16] or (
            given.head.lstrip()[:1] == b"{" and bool(_IS_JSON.search(given.head))
        )

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """Every post with words; a repost as a forward of the account that it repeats."""
        raw = given.raw(largest=packed.LARGEST)
        if _ROOTS in raw.data[:16]:
            found = _of_repository(raw.data, given.where)
        else:
            found = _of_api(decode(raw, longest_line=None).text, given.where)
        made = _posts(found, context.hints, given.where)
        yield from posts.documents_of(made, context.hints, given.where)


def _of_repository(data: bytes, where: str) -> Iterator[Found]:
    """The posts of a repository: the tree of keys names each record by collection and number."""
    records: dict[bytes, Mapping[str, Any]] = {}
    keys: dict[bytes, str] = {}
    did = ""
    for cid, block in cbor.blocks(data, where):
        if not isinstance(block, dict):
            continue
        if block.get("$type") == _POST:
            records[cid.data] = block
        elif "did" in block and "rev" in block:
            did = str(block["did"])
        elif isinstance(block.get("e"), list):
            keys.update(_keys(block["e"]))
    for number, (ident, record) in enumerate(records.items()):
        key = keys.get(ident, f"{_POST}/{number}")
        yield Found(f"at://{did}/{key}", record)


def _keys(entries: list[Any]) -> Iterator[tuple[bytes, str]]:
    """The keys of one node of the tree; each begins as the one before it did (`p` characters)."""
    before = b""
    for entry in entries:
        before = before[: entry["p"]] + entry["k"]
        if isinstance(entry.get("v"), cbor.Cid):
            yield entry["v"].data, before.decode("ascii", "replace")


def _of_api(text: str, where: str) -> Iterator[Found]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(f"not JSON: {error}", where) from error
    for entry in data.get("feed") or data.get("posts") or data.get("records") or ():
        post = entry.get("post", entry) if isinstance(entry, dict) else {}
        author = post.get("author") or {}
        reason = entry.get("reason") or {}
        by = reason.get("by") or {} if "repost" in str(reason.get("$type", "")).lower() else {}
        record = post.get("record") or post.get("value")
        if isinstance(record, dict):
            name = str(author.get("displayName") or "")
            reposted = str(by.get("displayName") or by.get("handle") or "")
            yield Found(str(post.get("uri") or ""), record, name, str(author.get("handle") or ""), reposted)


def _posts(found: Iterator[Found], hints: Hints, where: str) -> Iterator[Post | Refusal]:
    for number, one in enumerate(found, 1):
        at = one.uri or f"post {number}"
        try:
            yield _post(one, hints, at)
        except SourceError as error:
            yield Refusal(f"{where}, {error.where or at}", error.message)


def _post(found: Found, hints: Hints, at: str) -> Post:
    record = found.record
    said = str(record.get("createdAt") or "")
    days.day(said, at)
    text = str(record.get("text") or "")
    did, _, number = found.uri.removeprefix("at://").partition("/")
    who = found.handle or did
    reply = ((record.get("reply") or {}).get("parent") or {}).get("uri")
    languages = record.get("langs") or []
    name = found.name or found.handle or hints.outlet or did
    return Post(
        key=found.uri + (f" by {found.reposted}" if found.reposted else ""),
        text=text,
        platform=PLATFORM,
        name=found.reposted or name,
        handle="" if found.reposted else found.handle,
        published=said,
        url=f"https://bsky.app/profile/{who}/post/{number.rpartition('/')[2]}",
        links=tuple(_links(text, record.get("facets") or ())),
        forwarded_from=(found.name or f"@{found.handle}") if found.reposted else None,
        reply_to=str(reply) if reply else None,
        media=tuple(_media(record.get("embed") or {})),
        language=str(languages[0])[:2] if len(languages) == 1 else None,
        source=json.dumps({"uri": found.uri, "value": _plain(record)}, ensure_ascii=False),
    )


def _links(text: str, facets: Any) -> Iterator[Link]:
    """Links and mentions; their places are in bytes of UTF-8."""
    data = text.encode("utf8")
    for facet in facets:
        index = facet.get("index") or {}
        start, end = index.get("byteStart", 0), index.get("byteEnd", 0)
        if not 0 <= start < end <= len(data):
            continue
        first = len(data[:start].decode("utf8", "ignore"))
        last = len(data[:end].decode("utf8", "ignore"))
        for feature in facet.get("features") or ():
            address = feature.get("uri") or (
                f"https://bsky.app/profile/{feature['did']}" if feature.get("did") else ""
            )
            if address and (link := link_of(first, last, str(address))):
                yield link


def _media(embed: Mapping[str, Any]) -> Iterator[Media]:
    for image in (embed.get("media") or embed).get("images") or ():
        ref = (image.get("image") or {}).get("ref") if isinstance(image, dict) else None
        name = ref.get("$link") if isinstance(ref, dict) else ref
        if name:
            yield Media(path=str(name), kind="photo")


def _plain(value: Any) -> Any:
    """A record as JSON can hold it."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, cbor.Cid | bytes) else value

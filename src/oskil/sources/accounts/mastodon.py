"""The export of a Mastodon account: `outbox.json` (ActivityStreams 2.0), with `actor.json` beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from oskil.errors import SourceError
from oskil.records import Media, Refusal
from oskil.sources import days, json_stream, posts
from oskil.sources.accounts.beside import beside
from oskil.sources.feeds.feed import plain
from oskil.sources.given import Given
from oskil.sources.interface import Context, Loaded
from oskil.sources.posts import Post

PLATFORM = "Mastodon"
_IS_OUTBOX = re.compile(rb'"orderedItems"\s*:')
_POSTS = ("Note", "Question", "Article")


class MastodonExport:
    """An `outbox.json`."""

    name = "Mastodon export"

    def accepts(self, given: Given) -> bool:
        """Whether it is an ordered collection of activities."""
        return given.head.lstrip()[:1] == b"{" and bool(_IS_OUTBOX.search(given.head))

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """Every post with words. Boosts are passed over: the export has only their addresses."""
        actor = beside(given, "actor.json")
        with given.stream() as stream:
            found = json_stream.values(stream, given.where, lambda path: path in ((), ("orderedItems",)))
            items = (one for one in found if one.path == ("orderedItems", "[]"))
            own = actor if isinstance(actor, dict) else {}
            yield from posts.documents_of(_posts(items, own, given.where), context.hints, given.where)


def _posts(
    items: Iterator[json_stream.Value], actor: Mapping[str, Any], where: str
) -> Iterator[Post | Refusal]:
    for number, one in enumerate(items, 1):
        try:
            post = _post(one, actor, f"post {number}")
        except SourceError as error:
            yield Refusal(f"{where}, {error.where}", error.message)
            continue
        if post is not None:
            yield post


def _post(found: json_stream.Value, actor: Mapping[str, Any], at: str) -> Post | None:
    activity = found.value
    if not isinstance(activity, dict):
        raise SourceError("not an activity", at)
    note = activity.get("object")
    if activity.get("type") != "Create" or not isinstance(note, dict) or note.get("type") not in _POSTS:
        return None
    address = str(note.get("id") or "")
    said = str(note.get("published") or activity.get("published") or "")
    days.day(said, address or at)
    summary = str(note.get("summary") or "")
    text, links = plain(f"<p>{summary}</p>{note.get('content') or ''}" if summary else note.get("content"))
    handle = _handle(activity, actor)
    languages = list(note.get("contentMap") or {})
    return Post(
        key=address or f"mastodon:{found.source}",
        text=text,
        platform=PLATFORM,
        name=str(actor.get("name") or handle),
        handle=handle,
        published=said,
        edited=str(note.get("updated") or ""),
        url=str(note.get("url") or address) or None,
        links=tuple(links),
        reply_to=str(note["inReplyTo"]) if note.get("inReplyTo") else None,
        media=tuple(_media(note)),
        language=languages[0][:2] if len(languages) == 1 else None,
        source=found.source,
    )


def _handle(activity: Mapping[str, Any], actor: Mapping[str, Any]) -> str:
    """The handle with its server ("name@server"), as posts are signed."""
    address = urlsplit(str(activity.get("actor") or ""))
    name = actor.get("preferredUsername") or address.path.rstrip("/").rpartition("/")[2]
    return f"{name}@{address.hostname}" if address.hostname else str(name)


def _media(note: Mapping[str, Any]) -> Iterator[Media]:
    for entry in note.get("attachment") or ():
        if isinstance(entry, dict) and entry.get("url"):
            kind = str(entry.get("mediaType") or "").partition("/")[0]
            yield Media(path=str(entry["url"]), kind=kind)

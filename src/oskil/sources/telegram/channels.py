"""Public channels over the network, by Telethon: an extra, with keys of the user's own (my.telegram.org)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from oskil.errors import SourceError
from oskil.records import Link, Media
from oskil.sources.interface import Hints, Loaded
from oskil.sources.posts import Post, documents_of, link_of
from oskil.sources.telegram.message import PLATFORM

MOST = 1_000  # messages of one channel that one poll takes; the rest come with the next


@dataclass(frozen=True, slots=True)
class Channel:
    """A public channel: its number, its title and its public name."""

    id: int
    title: str
    name: str


class Channels(Protocol):
    """Where channels are read from. `TelethonChannels` is the real one."""

    def channel(self, name: str) -> Channel:
        """The channel of this public name. Raises SourceError where there is none."""

    def messages(self, name: str, after: int, most: int) -> Iterator[Any]:
        """Its messages with numbers above `after`, the oldest first, in Telethon's form."""


@dataclass(frozen=True, slots=True)
class TelethonChannels:
    """Channels by a Telethon client, which is given; `connect` makes one."""

    client: Any

    def channel(self, name: str) -> Channel:
        """The channel of this public name. Raises SourceError where there is none."""
        try:
            found = self.client.get_entity(name)
        except (ValueError, OSError) as error:
            raise SourceError(f"no such channel: {' '.join(str(error).split())}", f"t.me/{name}") from error
        return Channel(int(found.id), str(getattr(found, "title", None) or name), name)

    def messages(self, name: str, after: int, most: int) -> Iterator[Any]:
        """Its messages with numbers above `after`, the oldest first."""
        try:
            yield from self.client.iter_messages(name, min_id=after, reverse=True, limit=most)
        except (ValueError, OSError) as error:
            raise SourceError(f"the channel cannot be read: {error}", f"t.me/{name}") from error


def connect(session: Path) -> TelethonChannels:
    """A client that keeps its session in a file.

    The keys are those of the variables OSKIL_TELEGRAM_API_ID and OSKIL_TELEGRAM_API_HASH. Raises SourceError
    where they or the extra are lacking.
    """
    number, secret = os.environ.get("OSKIL_TELEGRAM_API_ID"), os.environ.get("OSKIL_TELEGRAM_API_HASH")
    if not number or not secret or not number.isdigit():
        raise SourceError(
            "set OSKIL_TELEGRAM_API_ID and OSKIL_TELEGRAM_API_HASH to read channels", "Telegram"
        )
    try:
        from telethon.sync import TelegramClient
    except ImportError as error:
        raise SourceError("channels want the extra: pip install 'oskil[telegram]'", "Telegram") from error
    client = TelegramClient(str(session), int(number), secret)
    client.start()
    return TelethonChannels(client)


def latest(channels: Channels, name: str, after: int, hints: Hints) -> Iterator[tuple[int, Loaded]]:
    """The messages after number `after` with words, each with its number. Raises SourceError."""
    channel = channels.channel(name)
    numbers: dict[str, int] = {}

    def posts() -> Iterator[Post]:
        for message in channels.messages(name, after, MOST):
            if post := post_of(message, channel):
                numbers[post.key] = int(message.id)
                yield post

    for loaded in documents_of(posts(), hints, f"t.me/{name}"):
        if isinstance(loaded, Loaded):
            yield numbers[loaded.document.key], loaded


def post_of(message: Any, channel: Channel) -> Post | None:
    """The post that a message of Telethon's is; None without words. Its key is the desktop export's."""
    text = str(getattr(message, "message", None) or "")
    if not text:
        return None
    number = int(message.id)
    forward = getattr(message, "forward", None)
    reply = getattr(getattr(message, "reply_to", None), "reply_to_msg_id", None)
    return Post(
        key=f"telegram:{channel.id}/{number}",
        text=text,
        platform=PLATFORM,
        name=channel.title,
        handle=channel.name,
        author=str(getattr(message, "post_author", None) or ""),
        published=_moment(message.date),
        edited=_moment(message.edit_date) if getattr(message, "edit_date", None) else "",
        url=f"https://t.me/{channel.name}/{number}",
        links=tuple(_links(text, getattr(message, "entities", None) or ())),
        forwarded_from=_origin(forward) if forward is not None else None,
        reply_to=f"telegram:{channel.id}/{reply}" if reply else None,
        media=tuple(_media(message)),
        source=_source(message, text),
    )


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat()


def _origin(forward: Any) -> str:
    """Whose post a forward is: the channel's title, the person's name, or what Telegram shows for them."""
    for part in ("chat", "sender"):
        found = getattr(forward, part, None)
        title = getattr(found, "title", None) or getattr(found, "first_name", None)
        if title:
            return str(title)
    return str(getattr(forward, "from_name", None) or "Deleted Account")


def _links(text: str, entities: Sequence[Any]) -> Iterator[Link]:
    """Links of a text. Telegram counts its characters in UTF-16."""
    places = _utf16(text) if not text.isascii() else range(len(text) + 1)
    for entity in entities:
        start, end = int(entity.offset), int(entity.offset) + int(entity.length)
        if not 0 <= start < end < len(places):
            continue
        first, last = places[start], places[end]
        kind, words = type(entity).__name__, text[first:last]
        address = {"MessageEntityTextUrl": getattr(entity, "url", ""), "MessageEntityUrl": words}.get(
            kind, ""
        )
        if kind == "MessageEntityMention":
            address = f"https://t.me/{words.lstrip('@')}"
        if address and (link := link_of(first, last, str(address))):
            yield link


def _utf16(text: str) -> list[int]:
    """For each unit of UTF-16, and the end, the index of its character."""
    places = []
    for index, character in enumerate(text):
        places += [index] * (2 if ord(character) > 0xFFFF else 1)
    return [*places, len(text)]


def _media(message: Any) -> Iterator[Media]:
    for kind in ("photo", "document"):
        found = getattr(message, kind, None)
        if found is not None:
            yield Media(path=str(getattr(found, "id", "")), kind=kind)


def _source(message: Any, text: str) -> str:
    """What is kept of a message as it came: its own JSON, where the client has it."""
    to_json = getattr(message, "to_json", None)
    return str(to_json()) if callable(to_json) else text

"""The desktop app's `result.json`, read piece by piece: gigabytes of it take the memory of some messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from oskil.errors import SourceError
from oskil.records import Refusal
from oskil.sources import json_stream, posts
from oskil.sources.given import Given
from oskil.sources.interface import Context, Loaded
from oskil.sources.posts import Post
from oskil.sources.telegram.message import Chat, post_of

_CHATS = ("chats", "left_chats")
_IS_EXPORT = re.compile(rb'"(?:messages|chats|left_chats|personal_information)"\s*:\s*[\[{]')
_IS_MESSAGE = re.compile(
    rb'"(?:from_id|date_unixtime|text_entities|actor_id)"\s*:|"about"\s*:\s*"[^"]*[Tt]elegram'
)


class TelegramExport:
    """A `result.json`."""

    name = "Telegram export"

    def accepts(self, given: Given) -> bool:
        """Whether this is an export: its own keys at the top, and messages or its own notice among them."""
        head = given.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        named = Path(given.name).name.lower() == "result.json"
        shaped = head.startswith(b"{") and bool(_IS_EXPORT.search(head))
        return shaped and (named or bool(_IS_MESSAGE.search(head)))

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """Every message with words, and a Refusal for each that cannot be read.

        Raises SourceError at the place where an export is cut short; what came before has been given by then.
        """
        folder = None if given.where == "-" or "://" in given.where else Path(given.where).parent
        with given.stream() as stream:
            found = _posts(stream, given.where, folder, context.hints.url)
            yield from posts.documents_of(found, context.hints, given.where)


def _posts(
    stream: BinaryIO, where: str, folder: Path | None, address: str | None
) -> Iterator[Post | Refusal]:
    """The messages in order. What the file says of a chat stands before the chat's messages."""
    said: dict[str, Any] = {}
    any_chat = False
    for found in json_stream.values(stream, where, _goes_into):
        *parent, step = found.path
        if step == "[]" and parent and parent[-1] == "messages":
            any_chat = True
            chat = Chat.of(said, address, folder)
            try:
                post = post_of(found.value, found.source, chat)
            except SourceError as error:
                yield Refusal(f"{where}, {chat.name}, {error.where}", error.message)
                continue
            if post is not None:
                yield post
        elif step in ("name", "type", "id"):
            said[step] = found.value
        elif step == "messages":
            any_chat = True
    if not any_chat:
        raise SourceError("there are no messages in this export", where)


def _goes_into(path: json_stream.Path) -> bool:
    """The whole, a chat's messages, the lists of chats, each chat."""
    match path:
        case () | ("messages",):
            return True
        case (chats, *rest) if chats in _CHATS:
            return rest in ([], ["list"], ["list", "[]"], ["list", "[]", "messages"])
    return False

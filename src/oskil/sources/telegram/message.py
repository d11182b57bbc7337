"""One message of an export: its text with entities, its origin, its media."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oskil.errors import SourceError
from oskil.records import Link, Media
from oskil.sources import days
from oskil.sources.posts import Post, link_of

PLATFORM = "Telegram"
_MEDIA = ("photo", "file")
_NOT_INCLUDED = "(File"  # "(File not included. Change data exporting settings to download.)"
_DELETED = "Deleted Account"


@dataclass(frozen=True, slots=True)
class Chat:
    """A channel, group or person whose messages they are. `address` is its public link, where it is known."""

    id: str
    name: str
    address: str = ""
    folder: Path | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any], address: str | None, folder: Path | None) -> Chat:
        """The chat that an export's fields tell of."""
        return cls(str(said.get("id") or "unknown"), str(said.get("name") or _DELETED), address or "", folder)

    def key(self, message: object) -> str:
        """What names a message across its edits."""
        return f"telegram:{self.id}/{message}"


def post_of(message: Any, source: str, chat: Chat) -> Post | None:
    """The post that a message is; None for service messages. Raises SourceError, naming the message."""
    if not isinstance(message, dict) or "id" not in message:
        raise SourceError("not a message", "a message without a number")
    number = message["id"]
    at = f"message {number}"
    if message.get("type", "message") != "message":
        return None
    text, links = _text(message, at)
    return Post(
        key=chat.key(number),
        text=text,
        platform=PLATFORM,
        name=chat.name,
        author=str(message.get("author") or _other(message.get("from"), chat.name)),
        published=_moment(message, "date", at),
        edited=_moment(message, "edited", at) if "edited" in message or "edited_unixtime" in message else "",
        url=f"{chat.address.rstrip('/')}/{number}" if chat.address else None,
        links=tuple(links),
        forwarded_from=_forwarded(message),
        reply_to=_reply(message, chat),
        media=tuple(_media(message, chat.folder)),
        source=source,
    )


def _other(sender: Any, chat: str) -> str:
    """Who wrote it, where that is not the chat itself."""
    return str(sender) if sender and sender != chat else ""


def _forwarded(message: Mapping[str, Any]) -> str | None:
    if "forwarded_from" not in message:
        return None
    # The app leaves the name empty where the account was deleted since.
    return str(message["forwarded_from"] or message.get("forwarded_from_id") or _DELETED)


def _reply(message: Mapping[str, Any], chat: Chat) -> str | None:
    number = message.get("reply_to_message_id")
    if number is None:
        return None
    peer = str(message.get("reply_to_peer_id") or "")
    return f"telegram:{peer.removeprefix('channel').removeprefix('user') or chat.id}/{number}"


def _moment(message: Mapping[str, Any], field: str, where: str) -> str:
    """An ISO date-time: in UTC where the export gives seconds, else as the exporter's clock had it."""
    seconds = message.get(f"{field}_unixtime")
    if seconds not in (None, ""):
        try:
            moment = dt.datetime.fromtimestamp(int(seconds), dt.UTC)
        except (ValueError, OverflowError, OSError, TypeError) as error:
            raise SourceError(f"“{str(seconds)[:30]}” is no moment in time", where) from error
        days.day(moment, where)
        return moment.isoformat()
    value = str(message.get(field) or "")
    days.day(value, where)
    return value


def _text(message: Mapping[str, Any], where: str) -> tuple[str, list[Link]]:
    pieces: list[str] = []
    links: list[Link] = []
    length = 0
    for piece, kind, address in _pieces(message, where):
        link = _link(kind, piece, address, length)
        if link:
            links.append(link)
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), links


def _pieces(message: Mapping[str, Any], where: str) -> Iterator[tuple[str, str, str]]:
    """The runs of a text: the characters, their kind, and the address they lead to."""
    given = message.get("text_entities") or message.get("text") or ""
    for run in [given] if isinstance(given, str) else given:
        if isinstance(run, str):
            yield run, "plain", ""
        elif isinstance(run, dict):
            yield str(run.get("text") or ""), str(run.get("type") or "plain"), str(run.get("href") or "")
        else:
            raise SourceError("its text has an unknown form", where)
    yield from _poll(message.get("poll"), bool(given))


def _poll(poll: Any, after: bool) -> Iterator[tuple[str, str, str]]:
    if not isinstance(poll, dict):
        return
    question = poll.get("question")
    yield (
        ("\n\n" if after else "") + str(question.get("text") if isinstance(question, dict) else question),
        "plain",
        "",
    )
    for answer in poll.get("answers") or ():
        if isinstance(answer, dict):
            yield f"\n\n{answer.get('text')}: {answer.get('voters', 0)}", "plain", ""


def _link(kind: str, text: str, address: str, at: int) -> Link | None:
    if kind == "text_link":
        return link_of(at, at + len(text), address)
    if kind == "link":
        return link_of(at, at + len(text), text.strip())
    if kind == "mention" and text.startswith("@"):
        return link_of(at, at + len(text), f"https://t.me/{text[1:]}")
    return None


def _media(message: Mapping[str, Any], folder: Path | None) -> Iterator[Media]:
    for field in _MEDIA:
        path = message.get(field)
        if isinstance(path, str) and path:
            kind = str(message.get("media_type") or field)
            kept = "" if path.startswith(_NOT_INCLUDED) else path
            yield Media(path=kept, kind=kind, sha256=_hash(kept, folder))


def _hash(path: str, folder: Path | None) -> str:
    """The SHA-256 of a file beside the export; empty where it is not there, or not below the folder."""
    if folder is None or not path:
        return ""
    file = folder / path
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

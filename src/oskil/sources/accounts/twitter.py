"""The archive that X, formerly Twitter, hands out: `data/tweets.js`, with `account.js` beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oskil.errors import SourceError
from oskil.records import Link, Media, Refusal
from oskil.sources import days, json_stream, posts
from oskil.sources.accounts.beside import beside
from oskil.sources.given import Given
from oskil.sources.interface import Context, Hints, Loaded
from oskil.sources.posts import Post, link_of

PLATFORM = "Twitter"  # as the vocabulary of platforms has it
_OPENS = re.compile(rb"\s*(window\.YTD\.(?:tweets?|community_tweet|note_tweet)\.part\d+\s*=\s*)\[")
_REPOST = re.compile(r"^RT @(\w{1,15}): ")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_DATE = "%a %b %d %H:%M:%S %z %Y"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose archive it is: the display name and the handle as given."""

    name: str
    handle: str


class TwitterArchive:
    """A `tweets.js`."""

    name = "X archive"

    def accepts(self, given: Given) -> bool:
        """Whether it begins with the assignment that all files of such an archive begin with."""
        return _OPENS.match(given.head) is not None

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """Every post with words; a repost as a forward of the account that it repeats."""
        opens = _OPENS.match(given.head)
        skip = given.head[: opens.end(1)].decode("ascii", "replace") if opens else ""
        account = _account(given, context.hints)
        with given.stream() as stream:
            found = json_stream.values(stream, given.where, lambda path: path == (), skip=skip)
            yield from posts.documents_of(_posts(found, account, given.where), context.hints, given.where)


def _account(given: Given, hints: Hints) -> Account:
    said = beside(given, "account.js", skip_to="[")
    try:
        own = said[0]["account"]
        return Account(str(own.get("accountDisplayName") or own["username"]), str(own["username"]))
    except (TypeError, KeyError, IndexError, AttributeError):
        return Account(hints.outlet or "unknown account", "")


def _posts(found: Iterator[json_stream.Value], account: Account, where: str) -> Iterator[Post | Refusal]:
    for number, one in enumerate(found, 1):
        at = f"post {number}"
        try:
            yield _post(one, account, at)
        except SourceError as error:
            yield Refusal(f"{where}, {error.where or at}", error.message)


def _post(found: json_stream.Value, account: Account, at: str) -> Post:
    tweet = found.value.get("tweet", found.value) if isinstance(found.value, dict) else None
    if not isinstance(tweet, dict) or "id_str" not in tweet:
        raise SourceError("not a post: it has no number", at)
    number = str(tweet["id_str"])
    text = str(tweet.get("full_text") or tweet.get("text") or "")
    repost = _REPOST.match(text)
    lead = repost.end() if repost else 0
    shown, links = _written_out(text[lead:], tweet)
    reply = tweet.get("in_reply_to_status_id_str")
    return Post(
        key=f"twitter:{number}",
        text=shown,
        platform=PLATFORM,
        name=account.name,
        handle=account.handle,
        published=_moment(tweet, f"post {number}"),
        url=f"https://twitter.com/{account.handle or 'i/web'}/status/{number}",
        links=tuple(links),
        forwarded_from=f"@{repost[1]}" if repost else None,
        reply_to=f"twitter:{reply}" if reply else None,
        media=tuple(_media(tweet)),
        language=_language(tweet),
        source=found.source,
    )


def _language(tweet: Mapping[str, Any]) -> str | None:
    code = str(tweet.get("lang") or "")
    return code if len(code) == 2 else None  # "und", "zxx" and the like say that there is none


def _moment(tweet: Mapping[str, Any], at: str) -> str:
    said = str(tweet.get("created_at") or "")
    try:
        moment = dt.datetime.strptime(said, _DATE)
    except ValueError as error:
        raise SourceError(f"“{said[:40]}” is no date of a post", at) from error
    days.day(moment, at)
    return moment.astimezone(dt.UTC).isoformat()


def _written_out(text: str, tweet: Mapping[str, Any]) -> tuple[str, list[Link]]:
    """The text with entities decoded and short links written out, and where its links and mentions stand."""
    entities = tweet.get("entities") or {}
    targets: dict[str, str] = {}
    for entry in (*(entities.get("urls") or ()), *(entities.get("media") or ())):
        if isinstance(entry, dict) and entry.get("url"):
            targets[str(entry["url"])] = str(entry.get("expanded_url") or entry["url"])
    pieces: list[str] = []
    links: list[Link] = []
    length = at = 0
    for found in re.finditer(r"https?://t\.co/\w+|@(\w{1,15})|&(?:lt|gt|amp);", text):
        before = text[at : found.start()]
        word = found.group()
        shown = _ENTITIES.get(word) or targets.get(word, word)
        length += len(before)
        if word not in _ENTITIES:
            address = f"https://twitter.com/{found[1]}" if found[1] else shown
            if link := link_of(length, length + len(shown), address):
                links.append(link)
        pieces += [before, shown]
        length += len(shown)
        at = found.end()
    return "".join([*pieces, text[at:]]), links


def _media(tweet: Mapping[str, Any]) -> Iterator[Media]:
    for entry in (tweet.get("extended_entities") or tweet.get("entities") or {}).get("media") or ():
        if isinstance(entry, dict) and entry.get("media_url_https"):
            yield Media(path=str(entry["media_url_https"]), kind=str(entry.get("type") or "photo"))

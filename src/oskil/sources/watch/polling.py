"""One poll of one source: what is new in it, and what is remembered of it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oskil.errors import SourceError
from oskil.records import Refusal
from oskil.sources import given, loading
from oskil.sources.feeds import Feed, Sitemap
from oskil.sources.feeds.sitemap import newest as newest_pages
from oskil.sources.interface import Context, Loaded, Raw
from oskil.sources.telegram.channels import Channels, latest
from oskil.sources.watch.listing import Watched
from oskil.sources.watch.politeness import Web
from oskil.sources.watch.state import REMEMBERED, SourceState

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer

LONGEST_BACK_OFF = dt.timedelta(hours=24)
FOLLOWED = 20  # pages that one poll follows; the rest come with the next
_HEADERS = {"etag": "If-None-Match", "modified": "If-Modified-Since"}


@dataclass(slots=True)
class Polled:
    """A poll under way. `found` is gone through first; then `state` is what is to be remembered."""

    watched: Watched
    found: Iterator[Loaded | Refusal]
    state: SourceState
    gazetteer: Gazetteer | None = None


def poll(
    watched: Watched,
    state: SourceState,
    web: Web,
    channels: Channels | None = None,
    gazetteer: Gazetteer | None = None,
) -> Polled:
    """Ask one source. What it raises inside is remembered as a failure and passed on as a Refusal."""
    polled = Polled(watched, iter(()), state, gazetteer)
    polled.found = _guarded(polled, web, channels)
    return polled


def _guarded(polled: Polled, web: Web, channels: Channels | None) -> Iterator[Loaded | Refusal]:
    now = web.clock.now()
    before = polled.state
    polled.state = replace(before, asked=now, due=now + polled.watched.every)
    try:
        for one in _found(polled, web, channels):
            if isinstance(one, Loaded):
                polled.state = _counted(polled.state, one, now)
            yield one
    except SourceError as error:
        wait = error.wait if isinstance(error, _Told) else None
        polled.state = failed(polled.watched, polled.state, error.message, now, wait)
        # Months of the same failure are one record.
        if before.failures == 0:
            yield Refusal(error.where or polled.watched.name, error.message)
        return
    polled.state = replace(polled.state, answered=now, failures=0, since=None, problem="")


def _found(polled: Polled, web: Web, channels: Channels | None) -> Iterator[Loaded | Refusal]:
    watched = polled.watched
    if watched.telegram:
        if channels is None:
            raise SourceError("a Telegram channel wants the extra `telegram` and keys", watched.name)
        posts = latest(channels, watched.telegram, polled.state.after, watched.hints)
        for number, loaded in posts:
            yield loaded
            polled.state = replace(polled.state, after=max(polled.state.after, number))
        return
    raw = _answered(polled, web)
    if raw is None:
        return
    context = Context(watched.hints, web, polled.gazetteer)
    entry = given.from_raw(raw)
    if Sitemap().accepts(entry):
        yield from _pages(polled, web, [page.url for page in newest_pages(raw, context)])
        return
    follow = watched.follow and Feed().accepts(entry)
    links = []
    for one in loading.read_given(entry, context):
        yield one
        if follow and isinstance(one, Loaded) and one.document.url:
            links.append(one.document.url)
    yield from _pages(polled, web, links)


def _answered(polled: Polled, web: Web) -> Raw | None:
    """The bytes, or None where nothing has changed. Raises SourceError for any other answer."""
    state, watched = polled.state, polled.watched
    headers = {header: getattr(state, name) for name, header in _HEADERS.items() if getattr(state, name)}
    answer = web.ask(watched.url, headers)
    if answer.status == 304:
        return None
    if answer.raw is None:
        raise _Told(f"the server answered {answer.status} {answer.reason}".strip(), watched.url, answer.wait)
    polled.state = replace(state, etag=answer.etag, modified=answer.modified)
    return answer.raw


class _Told(SourceError):
    """A failure of which the server said when to ask again."""

    def __init__(self, message: str, where: str, wait: float | None) -> None:
        super().__init__(message, where)
        self.wait = wait


def _pages(polled: Polled, web: Web, links: list[str]) -> Iterator[Loaded | Refusal]:
    """The pages that were not read before; one that fails is a Refusal and not asked for again."""
    new = [link for link in dict.fromkeys(links) if link not in polled.state.seen]
    for link in new[:FOLLOWED]:
        try:
            yield from loading.read_given(given.from_raw(web.get(link)), Context(polled.watched.hints, web))
        except SourceError as error:
            yield Refusal(error.where or link, error.message)
        polled.state = replace(polled.state, seen=(*polled.state.seen, link)[-REMEMBERED:])


def _counted(state: SourceState, loaded: Loaded, now: dt.datetime) -> SourceState:
    told = loaded.document.published or ""
    newest = max(state.newest, told) if told[:10] <= now.date().isoformat() else state.newest
    return replace(state, newest=newest)


def failed(
    watched: Watched, state: SourceState, reason: str, now: dt.datetime, wait: float | None
) -> SourceState:
    """A source after one more failure: asked again after its span, doubled with each failure, up to a day.

    A server that says how long to wait is heard.
    """
    times = state.failures + 1
    back_off = min(LONGEST_BACK_OFF, watched.every * 2 ** min(times - 1, 10))
    asked_for = dt.timedelta(seconds=min(wait or 0, LONGEST_BACK_OFF.total_seconds()))
    return replace(
        state,
        failures=times,
        since=state.since or now,
        problem=reason,
        due=now + max(back_off, asked_for),
    )

"""The list of what is watched: a YAML file.

every: 30m                  # for all sources that say nothing else
sources:
  - name: The Gazette
    url: https://gazette.example/feed
    every: 15m
    expect: 1d              # a longer silence is shown as late
    follow: true            # read the pages that its entries lead to, too
  - name: Harbour Watch
    telegram: harbourwatch  # a public channel; wants the extra `telegram` and keys of your own
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oskil.errors import ProfileError
from oskil.sources.interface import Hints
from oskil.sources.metadata import web_link

EVERY = dt.timedelta(minutes=30)
SHORTEST = dt.timedelta(minutes=1)
EXPECT = dt.timedelta(days=2)
_SPAN = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(s|m|h|d|w)\s*$")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FIELDS = frozenset("name url telegram every expect follow outlet language columns".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One source of the list. It has a `url` or a `telegram` channel.

    It is asked `every` so often; where nothing new came for longer than `expect`, it is late. `follow` says
    that the pages that its entries lead to are read as well.
    """

    name: str
    url: str = ""
    telegram: str = ""
    every: dt.timedelta = EVERY
    expect: dt.timedelta = EXPECT
    follow: bool = False
    outlet: str | None = None
    language: str | None = None
    columns: str | None = None

    @property
    def hints(self) -> Hints:
        """What the list states of its documents."""
        return Hints(outlet=self.outlet, language=self.language, columns=self.columns)


@dataclass(frozen=True, slots=True)
class WatchList:
    """All sources, in the order of the file."""

    sources: tuple[Watched, ...]


def read_list(path: Path) -> WatchList:
    """The list in a file. Raises ProfileError with the file, the source and the field at fault."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf8"), Loader=loader)
    except OSError as error:
        raise ProfileError(f"no such list: {error.strerror}", str(path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProfileError(f"not YAML: {' '.join(str(error).split())}", str(path)) from error
    entries = data.get("sources") if isinstance(data, dict) else data
    if not isinstance(entries, list) or not entries:
        raise ProfileError("there is no list of sources in it", str(path))
    common = {k: v for k, v in data.items() if k in ("every", "expect")} if isinstance(data, dict) else {}
    found = [_watched(entry, common, f"{path}, source {n}") for n, entry in enumerate(entries, 1)]
    names = [one.name for one in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ProfileError(f"two sources have the name {twice[0]}", str(path))
    return WatchList(tuple(found))


def _watched(entry: Any, common: Mapping[str, Any], where: str) -> Watched:
    if isinstance(entry, str):
        entry = {"url": entry}
    if not isinstance(entry, dict):
        raise ProfileError("a source is an address, or a mapping of fields", where)
    if other := sorted(set(entry) - _FIELDS):
        raise ProfileError(f"no such field: {other[0]}; there are {', '.join(sorted(_FIELDS))}", where)
    url = str(entry.get("url") or "")
    channel = str(entry.get("telegram") or "").removeprefix("https://t.me/").lstrip("@")
    if bool(url) == bool(channel):
        raise ProfileError("a source has a url or a telegram channel, one of the two", where)
    if url and web_link(url) is None:
        raise ProfileError(f"{url} is no http(s) address", where)
    every = _span(entry.get("every", common.get("every")), EVERY, where)
    return Watched(
        name=str(entry.get("name") or url or f"t.me/{channel}"),
        url=url,
        telegram=channel,
        every=max(every, SHORTEST),
        expect=_span(entry.get("expect", common.get("expect")), max(EXPECT, 2 * every), where),
        follow=bool(entry.get("follow")),
        outlet=_text(entry.get("outlet")),
        language=_text(entry.get("language")),
        columns=_text(entry.get("columns")),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _span(value: Any, otherwise: dt.timedelta, where: str) -> dt.timedelta:
    if value is None:
        return otherwise
    found = _SPAN.match(str(value))
    if found is None:
        raise ProfileError(f"“{value}” is no span of time such as 30m, 2h or 1d", where)
    return dt.timedelta(**{_UNITS[found[2]]: float(found[1])})

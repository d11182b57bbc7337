"""The words that tell clutter, notes, credits and date lines, read from the data files beside this one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled patterns over lower-cased, stripped paragraphs. The data file says what each is for."""

    exact: frozenset[str]
    starts: re.Pattern[str]
    contains: re.Pattern[str]
    tail: frozenset[str]
    update: re.Pattern[str]
    update_sentence: tuple[str, ...]
    credit_starts: tuple[str, ...]
    credit_ends: tuple[str, ...]
    caption_starts: tuple[str, ...]
    caption_holds: re.Pattern[str]
    caption_credit: tuple[str, ...]
    agencies: frozenset[str]
    platforms: dict[str, str]


def _read(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((_HERE / name).read_text(encoding="utf8"), Loader=loader)


def _either(phrases: list[str], *, whole: bool = True) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    body = "|".join(re.escape(p.lower()) for p in longest_first)
    return re.compile(rf"(?:{body})(?!\w)" if whole else rf"(?:{body})")


def plain_words(text: str) -> str:
    """A paragraph as the word lists have it: lower case, straight apostrophes, no punctuation at its ends."""
    return text.lower().replace("’", "'").strip(" \t\n.:;,!?-–—|•·*_«»\"'“”…")


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists of `clutter.yaml`."""
    data = _read("clutter.yaml")
    lowered = {k: tuple(str(x).lower() for x in v) for k, v in data.items() if isinstance(v, list)}
    return Words(
        exact=frozenset(plain_words(x) for x in lowered["exact"]),
        starts=_either(data["starts"]),
        contains=_either(data["contains"]),
        tail=frozenset(plain_words(x) for x in lowered["tail"]),
        update=re.compile(rf"(?:{_either(data['update']).pattern})\s*(?:\([^)]*\)|#?\d+)?\s*[:—–]\s*(?=\S)"),
        update_sentence=lowered["update_sentence"],
        credit_starts=lowered["credit_starts"],
        credit_ends=lowered["credit_ends"],
        caption_starts=lowered["caption_starts"],
        caption_holds=_either(data["caption_holds"], whole=False),
        caption_credit=lowered["caption_credit"],
        agencies=frozenset(lowered["agencies"]),
        platforms=dict(data["platforms"]),
    )


@dataclass(frozen=True, slots=True)
class DateWords:
    """Month names to numbers, the words that may stand beside a date, and zones in minutes east of UTC."""

    months: dict[str, int]
    beside: frozenset[str]
    changed: frozenset[str]
    zones: dict[str, int]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The lists of `datelines.yaml`."""
    data = _read("datelines.yaml")
    months = {
        name: number
        for language in data["months"].values()
        for number, names in enumerate(language, 1)
        for name in names
    }
    zones = {k: int(v) for k, v in data["zones"].items()}
    return DateWords(months, frozenset(map(str, data["beside"])), frozenset(map(str, data["changed"])), zones)


@lru_cache(maxsize=1)
def outlets() -> dict[str, str]:
    """Outlet names by domain, of `outlets.yaml`."""
    return dict(_read("outlets.yaml"))


def outlet_of(host: str) -> str | None:
    """The listed outlet that owns this host name, subdomains included ("en.bbc.com" is the BBC's)."""
    labels = host.lower().rstrip(".").split(".")
    tails = (".".join(labels[i:]) for i in range(len(labels) - 1))
    return next((outlets()[t] for t in tails if t in outlets()), None)


def platform_of(url: str) -> str | None:
    """The platform that a link leads to ("Telegram" for t.me), or None."""
    found = re.match(r"https?://(?:www\.|mobile\.|m\.)?([^/?#:]+)", url.lower())
    return words().platforms.get(found[1]) if found else None

"""Whom a report credits: the agencies named in its dateline, its byline, its credits and its last line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from oskil.records import Part

FILE = Path(__file__).parent / "wires.yaml"
_OPENING = 3  # paragraphs of the body in which a dateline is looked for
# "KYIV, Sept 8 (Reuters) - ...": nothing but names, a date and marks before the bracket.
_DATELINE = re.compile(r"^[^.!?()]{0,60}\(\s*([^()]{2,40})\s*\)\s*(?:[-–—:]|$)|^([^.!?()]{2,40}?)\s+[-–—]\s")
_LAST = re.compile(r"(?:^|[.!?…\"”]\s*)[(\[–—-]+\s*([^()\[\]]{2,60}?)\s*[)\]]?\s*$")
_SPLIT = re.compile(r"\s*(?:/|,|;|\||\band\b|\bwith\b|\bvia\b|\bи\b|\bта\b)\s*")


def credits_of(text: str, parts: Sequence[Part], outlet: str | None = None) -> tuple[str, ...]:
    """The agencies by their usual names, in the order of the text; never the outlet itself.

    Pictures' credits do not count: whose picture it is says nothing of whose report it is.
    """
    found = dict.fromkeys(_named(text, parts))
    own = {name for name in found if outlet and _matches(outlet) == [name]}
    return tuple(name for name in found if name not in own)


def _named(text: str, parts: Sequence[Part]) -> Iterator[str]:
    body = [p for p in parts if p.role == "body"]
    for part in parts:
        words = text[part.start : part.end]
        if part.role in ("credit", "byline"):
            yield from _matches(words)
    for part in body[:_OPENING]:
        found = _DATELINE.match(text[part.start : part.end])
        if found:
            yield from _whole(found[1] or found[2])
    for part in body[-1:]:
        found = _LAST.search(text[part.start : part.end][-80:])
        if found:
            yield from _whole(found[1])


def _whole(words: str) -> Iterator[str]:
    """The agencies that these words name, where they name nothing else."""
    pieces = [piece.strip(" .") for piece in _SPLIT.split(words) if piece.strip(" .")]
    named = [_exact().get(piece) or _exact().get(piece.lower()) for piece in pieces]
    if named and all(named):
        yield from (name for name in named if name)


def _matches(words: str) -> list[str]:
    found = ((match.start(), match[0]) for match in _pattern().finditer(words))
    return [name for _, form in sorted(found) if (name := _exact().get(form) or _exact().get(form.lower()))]


@cache
def _exact() -> dict[str, str]:
    """The usual name by each form; also by its lower case, where the form is not of capitals alone."""
    forms = {form: name for name, forms in _wires().items() for form in forms}
    return {**{form.lower(): name for form, name in forms.items() if not form.isupper()}, **forms}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted((form for forms in _wires().values() for form in forms), key=len, reverse=True)
    shouted = "|".join(re.escape(f) for f in forms if f.isupper())
    others = "|".join(re.escape(f) for f in forms if not f.isupper())
    return re.compile(rf"(?<![\w-])(?:(?i:{others})|{shouted})(?![\w-])")


@cache
def _wires() -> dict[str, list[str]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(FILE.read_text(encoding="utf8"), Loader=loader))

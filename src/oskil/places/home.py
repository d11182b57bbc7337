"""Where the outlet of a text is at home, which tells the towns of a local paper from their namesakes.

From what a document carries: the outlet's name and address, and what is known of the outlet (`outlets.py`).
The country of an address ending in a country's code is told by the code; a place's name may stand in the
outlet's ("Columbus Telegram", thelancasterandmorecambecitizen.co.uk).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from oskil.places.geometry import rough_km
from oskil.places.normalise import key
from oskil.places.words import words
from oskil.records import Place

NEAR_KM = 100.0
FEATURES = ("home", "home_region", "home_near", "home_area")
_SHORTEST = 4  # letters of a place's name that is looked for in an outlet's
_CODE_OF = {"uk": "GB"}  # the one country whose domain is not its ISO code


@dataclass(frozen=True, slots=True)
class Home:
    """An outlet's home, as far as it is known: country (ISO alpha-2), first-order region (GeoNames code), a
    point (degrees), and the letters of the outlet's name and address. Empty or None is not known.
    """

    country: str = ""
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    letters: str = ""

    @property
    def placed(self) -> bool:
        """Whether more than the country is known."""
        return self.lat is not None and self.lon is not None

    def named(self, name: str) -> bool:
        """Whether a place's name, as `normalise.key` has it, stands in the outlet's name or address."""
        bare = name.replace(" ", "")
        return len(bare) >= _SHORTEST and bare in self.letters


NOWHERE: Mapping[str, Home] = MappingProxyType({})
"""No outlet is known."""


def home_of(outlet: str | None, url: str | None, known: Mapping[str, Home]) -> Home | None:
    """The home of a document's outlet; None where nothing tells. `known` is by `outlet_key`."""
    named = _as_domain(outlet or "")
    domain = domain_of(url) or named
    written = ("" if named else outlet or "", domain.rpartition(".")[0])
    letters = " ".join(filter(None, map(_letters, written)))
    country = country_of(domain)
    for name in outlet_keys(outlet, url):
        if name in known:
            return replace(known[name], letters=letters)
    return Home(country, letters=letters) if country or letters else None


def outlet_keys(outlet: str | None, url: str | None) -> tuple[str, ...]:
    """What an outlet may be known by: the domain first, then the name."""
    return tuple(filter(None, (domain_of(url), outlet_key(outlet or ""))))


def outlet_key(outlet: str) -> str:
    """An outlet's domain or name in the form in which homes are looked up."""
    return _as_domain(outlet) or key(outlet)


def _as_domain(outlet: str) -> str:
    """The domain where an outlet is named by it; else ""."""
    low = outlet.lower()
    return low.removeprefix("www.") if "." in low.strip(".") and not re.search(r"[\s/]", low) else ""


def domain_of(url: str | None) -> str:
    """The host of an address without "www."; "" where there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def country_of(domain: str) -> str:
    """The country (ISO alpha-2) of a domain; "" for domains of none, and for codes sold to all the world."""
    code = domain.rpartition(".")[2]
    if len(code) != 2 or not code.isascii() or not code.isalpha() or code in words("sold_domains"):
        return ""
    return _CODE_OF.get(code, code.upper())


@cache
def _letters(name: str) -> str:
    return "".join(c for c in key(name) if c.isalnum())


def at_home(places: Sequence[Place], home: Home | None) -> Any:
    """The features of home of each candidate, an array of (candidates, 4): a settlement in the country, in
    the region, exp(-km / 100) from the point; a country or region of the country.
    """
    rows = np.zeros((len(places), len(FEATURES)))
    if home is None or not home.country:
        return rows
    for row, place in zip(rows, places, strict=True):
        if place.kind != "settlement":
            row[3] = place.country == home.country
        else:
            row[0] = place.country == home.country
            row[1] = row[0] and place.region == home.region != ""
            if home.lat is not None and home.lon is not None:
                row[2] = math.exp(-rough_km(place.lat, place.lon, home.lat, home.lon) / NEAR_KM)
    return rows

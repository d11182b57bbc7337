"""Places under the names that they bore before: the profile's aliases, and the renamings of its countries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from oskil.conflict.profile import ConflictProfile
from oskil.errors import GazetteerError
from oskil.places.normalise import key

FILE = Path(__file__).parent / "renamed.yaml"


@cache
def _by_country() -> Mapping[str, Mapping[str, str]]:
    try:
        data = yaml.load(FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return {iso: {key(old): new for old, new in names.items()} for iso, names in data.items()}
    except (OSError, yaml.YAMLError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(f"the former names cannot be read: {reason}", str(FILE)) from error


def aliases(profile: ConflictProfile) -> Mapping[str, str]:
    """The name to look up instead, by the key of the name in the text. The profile's own come first."""
    return _aliases(profile.countries, profile.toponym_aliases)


@lru_cache(maxsize=64)
def _aliases(countries: tuple[str, ...], own: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country in countries:
        found |= _by_country().get(country, {})
    return found | {key(one): other for one, other in own}

"""The countries of the world as data: their names, demonyms and the capitals that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from oskil.errors import ProfileError

FILE = Path(__file__).parent / "countries.yaml"


@dataclass(frozen=True, slots=True)
class Country:
    """A country.

    `iso` is ISO 3166-1 alpha-2; `forms` are its names, the usual one first; `demonyms` its
    adjectives and names of people; `capital_metonyms` what stands for its government ("Kyiv").
    """

    iso: str
    name: str
    forms: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital_metonyms: tuple[str, ...]


@cache
def countries() -> Mapping[str, Country]:
    """All countries by ISO code. Raises ProfileError where the data are damaged."""
    import yaml  # imported late: the first thing here that takes time

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(FILE.read_text(encoding="utf8"), Loader=loader)
        return MappingProxyType({iso: _country(iso, line) for iso, line in data.items()})
    except OSError as error:
        raise ProfileError(f"the countries cannot be read: {error.strerror}", str(FILE)) from error
    except (yaml.YAMLError, AttributeError, ValueError) as error:
        raise ProfileError(
            f"the countries are not well formed: {' '.join(str(error).split())}", str(FILE)
        ) from error


def _country(iso: str, line: str) -> Country:
    names, demonyms, metonyms = (_names(part) for part in line.split("|"))
    return Country(iso, names[0], names, demonyms, metonyms)


def _names(part: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in part.split(",") if name.strip())

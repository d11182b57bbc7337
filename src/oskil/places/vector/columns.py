"""Which property of a feature holds what: stated by the user, or found by the usual names of such columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError

FILE = Path(__file__).parent / "columns.yaml"
LONGEST_NAME = 400  # characters, as in GeoNames' own tables


@dataclass(frozen=True, slots=True)
class Columns:
    """The column for each role; empty where none was stated. `names` may be several, parted by commas.

    `table` is the table of a GeoPackage; `separator` parts several names within one cell.
    """

    name: str = ""
    names: str = ""
    kind: str = ""
    id: str = ""
    lat: str = ""
    lon: str = ""
    wkt: str = ""
    country: str = ""
    region: str = ""
    population: str = ""
    table: str = ""
    separator: str = ""

    def stated(self) -> dict[str, str]:
        """What was stated, for a manifest."""
        return {role: column for role, column in asdict(self).items() if column}


def parse(pairs: Iterable[str]) -> Columns:
    """Columns of "role=column" pairs. Raises GazetteerError for another role or form."""
    roles = [field.name for field in fields(Columns)]
    given: dict[str, str] = {}
    for pair in pairs:
        role, equals, column = pair.partition("=")
        if not equals or role not in roles or not column:
            raise GazetteerError(f"not ROLE=COLUMN with a role of {', '.join(roles)}", pair)
        given[role] = column
    return Columns(**given)


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(FILE.read_text(encoding="utf8"), Loader=loader)
    return {role: tuple(str(name) for name in names) for role, names in data.items()}


def value(role: str, columns: Columns, properties: Mapping[str, Any]) -> Any:
    """The value of a role: of the stated column, else of the first usual one that is filled; None without."""
    if stated := getattr(columns, role, ""):
        return properties.get(stated)
    folded = {key.casefold(): key for key in properties}
    found = (properties[folded[name]] for name in _usual().get(role, ()) if name in folded)
    return next((one for one in found if one not in (None, "")), None)


def text(role: str, columns: Columns, properties: Mapping[str, Any]) -> str:
    """The value of a role as text without blanks around it; empty without."""
    found = value(role, columns, properties)
    return " ".join(str(found).split()) if found is not None else ""


def names(columns: Columns, properties: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """All names of a feature, the main one first, none twice. Raises GazetteerError for one too long."""
    found = [text("name", columns, properties), *_others(columns, properties)]
    kept = tuple(dict.fromkeys(name for name in found if name))
    for name in kept:
        if "\0" in name:
            raise GazetteerError("a control character in a name", where)
        if len(name) > LONGEST_NAME:
            raise GazetteerError(f"a name of {len(name)} characters: {name[:40]}…", where)
    return kept


def _others(columns: Columns, properties: Mapping[str, Any]) -> Iterator[str]:
    stated = [column.strip() for column in columns.names.split(",") if column.strip()]
    for key, content in properties.items():
        if not isinstance(content, str) or not (key in stated if stated else _names_something(key)):
            continue
        parts = content.split(columns.separator) if columns.separator else _parted(key, content)
        yield from (" ".join(part.split()) for part in parts)


def _parted(key: str, content: str) -> list[str]:
    """Several names within a cell: apart by semicolons, as OpenStreetMap has them, or strokes; by commas too
    in GeoNames' own column.
    """
    return re.split("[;|,]" if key.casefold() == "alternatenames" else "[;|]", content)


def _names_something(key: str) -> bool:
    """Whether a property is a further name by its own: `name_en`, `name:uk`, `alt_name`, `NAME_UK`."""
    folded = key.casefold()
    return folded.startswith(("name_", "name:")) or folded in _usual()["names"]

"""Column maps: what the columns of a table hold. Shipped ones in `maps.yaml`, a user's own in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from oskil.errors import ProfileError

FILE = Path(__file__).parent / "maps.yaml"
_COLUMNS = (
    "id place region text url speaker outlet side holder language place_id lat lon day last_day".split()
)
_EXACT = {"place", "around", "region"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column with numbers in a unit."""

    column: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """One map; the fields are those of `maps.yaml`. `columns` holds the plain ones by their role."""

    name: str
    columns: Mapping[str, str]
    source: str = ""
    recognise: tuple[str, ...] = ()
    day_format: str = ""
    precision: str = ""
    widths: Mapping[str, int] = field(default_factory=dict)
    exactness_column: str = ""
    exactness: Mapping[str, str] = field(default_factory=dict)
    kind_columns: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    other: str = "statement"
    flags: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    separator: str = ""

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a table with this heading is of the map's kind."""
        return bool(self.recognise) and set(self.recognise) <= set(header)

    def missing(self, header: Sequence[str]) -> list[str]:
        """The columns that the map names and the heading lacks; flags may be absent."""
        named = [*self.columns.values(), *(m.column for m in self.measures)]
        return [name for name in named if name not in header]


@cache
def shipped() -> tuple[ColumnMap, ...]:
    """The maps that come along."""
    return tuple(_map(str(name), fields, FILE) for name, fields in _read(FILE).items())


@cache
def of_user(path: str) -> ColumnMap:
    """The map in a file of the user's. Raises ProfileError with the file and what is wrong with it."""
    return _map(Path(path).stem, _read(Path(path)), Path(path))


def _read(path: Path) -> Mapping[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf8"), Loader=loader)
    except OSError as error:
        raise ProfileError(f"no such column map: {error.strerror}", str(path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProfileError(f"not YAML: {' '.join(str(error).split())}", str(path)) from error
    if not isinstance(data, dict):
        raise ProfileError("a column map is a mapping of fields", str(path))
    return data


def _map(name: str, fields: Mapping[str, Any], path: Path) -> ColumnMap:
    if "day" not in fields or not ({"text", "place"} & set(fields)):
        raise ProfileError(f"the map {name} needs a column for day, and one for text or place", str(path))
    kind, precision = fields.get("kind") or {}, fields.get("precision") or {}
    exact = fields.get("exactness") or {}
    try:
        words = {str(value): str(means) for value, means in (exact.get("words") or {}).items()}
        if not set(words.values()) <= _EXACT:
            raise ValueError(f"exactness is one of {', '.join(sorted(_EXACT))}")
        return ColumnMap(
            name=name,
            columns={role: str(fields[role]) for role in _COLUMNS if role in fields},
            source=str(fields.get("source") or ""),
            recognise=tuple(fields.get("recognise") or ()),
            day_format=str(fields.get("day_format") or ""),
            precision=str(precision.get("column") or ""),
            widths={str(value): int(days) for value, days in (precision.get("days") or {}).items()},
            exactness_column=str(exact.get("column") or ""),
            exactness=words,
            kind_columns=tuple(_listed(kind.get("column"))),
            kinds={str(k).lower(): str(v) for k, v in (kind.get("words") or {}).items()},
            other=str(kind.get("else") or "statement"),
            flags=dict(fields.get("flags") or {}),
            measures=tuple(Measure(m["column"], m["unit"]) for m in fields.get("quantities") or ()),
            separator=str(fields.get("separator") or ""),
        )
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        raise ProfileError(f"the map {name} has a field of the wrong form: {error}", str(path)) from error


def _listed(value: Any) -> list[str]:
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]

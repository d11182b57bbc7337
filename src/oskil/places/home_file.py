"""The file of where outlets are at home, which a person can read and mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from oskil.errors import GazetteerError
from oskil.places.home import Home, outlet_key

FILE = "outlets.yaml"
_HEAD = """# Where outlets are at home, by domain or name: country (ISO), first-order region (GeoNames),
# degrees. What has `texts` was learned from so many texts of the outlet by `oskil gazetteer outlets`,
# which learns it anew; an entry without `texts` is yours and stays.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An outlet's home as the file has it; `texts` is from how many it was learned, 0 where a person
    set it.
    """

    outlet: str
    home: Home
    texts: int = 0


def load(path: Path) -> Mapping[str, Home]:
    """The homes of a file by outlet, as `home_of` takes them; none where there is no file.

    Raises GazetteerError with the entry that is wrong.
    """
    return {one.outlet: one.home for one in entries(path)}


def entries(path: Path) -> list[Entry]:
    """The entries of a file, in its order. Raises GazetteerError with the entry that is wrong."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GazetteerError(f"cannot be read: {' '.join(str(error).split())}", str(path)) from error
    if not isinstance(data, dict):
        raise GazetteerError("the homes of outlets are a mapping of outlets", str(path))
    return [_entry(str(outlet), fields, path) for outlet, fields in data.items()]


def _entry(outlet: str, fields: Any, path: Path) -> Entry:
    try:
        country, region = str(fields["country"]), str(fields.get("region") or "")
        lat, lon = (None if fields.get(f) is None else float(fields[f]) for f in ("lat", "lon"))
        if not re.fullmatch("[A-Z]{2}", country):
            raise ValueError(f"{country!r} is not a country's code such as US")
        if (lat is None) != (lon is None) or not (abs(lat or 0.0) <= 90 and abs(lon or 0.0) <= 180):
            raise ValueError("lat and lon are degrees, both or neither")
        return Entry(outlet_key(outlet), Home(country, region, lat, lon), int(fields.get("texts") or 0))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
        raise GazetteerError(f"{outlet}: {reason}", str(path)) from error


def write(path: Path, given: Iterable[Entry]) -> None:
    """Write the file anew, by outlet. Raises GazetteerError where it cannot be written."""
    data = {}
    for one in sorted(given, key=lambda e: e.outlet):
        home = one.home
        fields = {"country": home.country, "region": home.region, "lat": home.lat, "lon": home.lon}
        data[one.outlet] = {
            f: v for f, v in (fields | {"texts": one.texts}).items() if v not in (None, "", 0)
        }
    beside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(_HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise GazetteerError(f"cannot be written: {error.strerror}", str(path)) from error

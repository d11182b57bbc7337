"""Files in the formats of GeoNames, made line by line for tests."""

from __future__ import annotations

import zipfile
from pathlib import Path


def place(
    number: int,
    name: str,
    others: str = "",
    at: tuple[float, float] = (49.0, 36.0),
    code: str = "P.PPL",
    country: str = "UA",
    region: str = "07",
    district: str = "",
    people: int = 0,
    day: str = "2026-01-01",
) -> str:
    """A line of a country dump: 19 columns."""
    group, _, feature = code.partition(".")
    columns = [number, name, name, others, *at, group, feature, country, "", region, district, "", "", people]
    return "\t".join(str(c) for c in [*columns, "", 120, "Europe/Kyiv", day])


def name(number: int, of: int, text: str, language: str = "", historic: str = "") -> str:
    """A line of alternateNamesV2: 10 columns."""
    return "\t".join(str(c) for c in [number, of, language, text, "", "", "", historic, "", ""])


def country(iso: str, text: str, number: int, people: int = 0) -> str:
    """A line of countryInfo: 19 columns."""
    columns = [iso, iso, 1, iso, text, "", 0, people, "EU", ".xx", "", "", "", "", "", "", number, "", ""]
    return "\t".join(str(c) for c in columns)


def zipped(path: Path, *lines: str) -> Path:
    """A zip as GeoNames makes it: the text of the same name, and one that is to be passed over."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for the dump")
        archive.writestr(f"{path.stem}.txt", "".join(f"{line}\n" for line in lines))
    return path

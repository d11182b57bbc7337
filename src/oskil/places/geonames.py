"""GeoNames dumps in their official formats (https://download.geonames.org/export/dump/readme.txt).

Country dumps and allCountries.txt have 19 columns a line, alternateNamesV2.txt 10, admin1CodesASCII.txt and
admin2Codes.txt 4, countryInfo.txt 19 under comments; all are UTF-8, parted by tabs, without quoting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from oskil.errors import GazetteerError
from oskil.places.bounded import Readable, opened
from oskil.places.kinds import NUMBERS, kind_of
from oskil.places.normalise import key
from oskil.places.rows import TAG, Row, useful

COLUMNS = 19
LONGEST_NAME = 400  # characters, as in alternateNamesV2; Bangkok in full has 155
LONGEST_LINE = 64 << 10  # bytes; alternatenames has 10,000 characters at most
_CHUNK = 4 << 20
_BESIDE = frozenset({"readme.txt", "iso-languagecodes.txt"})
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")
Lines = Iterator[tuple[int, str]]


def places(path: Path) -> Iterator[tuple[Row, str]]:
    """The places of a country dump or of allCountries, each with the day of its last change.

    Raises GazetteerError with file and line.
    """
    for number, line in lines(path):
        try:
            yield parse_place(line)
        except ValueError as error:
            raise GazetteerError(str(error), f"{path}, line {number}") from error


def parse_place(line: str) -> tuple[Row, str]:
    """One line of a dump as a row, and its day. Raises ValueError that says what is wrong."""
    parts = fields(line)
    if len(parts) != COLUMNS:
        raise ValueError(f"{len(parts)} columns, and a dump of GeoNames has {COLUMNS}")
    number, name, ascii_name, others, lat, lon, feature_class, feature_code, country = parts[:9]
    if not number.isdecimal() or not 0 < int(number) < 2**62:
        raise ValueError(f"not a geonameid: {number[:20]!r}")
    if not name:
        raise ValueError("a place without a name")
    if len(feature_class) > 1 or not _COUNTRY.fullmatch(country):
        raise ValueError(f"not a feature class and a country: {feature_class[:9]!r}, {country[:9]!r}")
    names = dict.fromkeys(useful(name, others.split(","))) if others else {}
    if not name.isascii() and ascii_name and ascii_name not in names and key(ascii_name) != key(name):
        names[ascii_name] = None
    row = Row(
        int(number),
        NUMBERS[kind_of(feature_class, feature_code)],
        degrees(lat, 90.0),
        degrees(lon, 180.0),
        country,
        parts[10],
        _people(parts[14]),
        tuple(checked(one) for one in (name, *names)),
        parts[11],
        feature_code,
    )
    return row, parts[18]


def fields(line: str) -> list[str]:
    """The fields of a line. Raises ValueError for characters that no name has and an index could not keep."""
    if "\0" in line or TAG in line:
        raise ValueError("a control character")
    return line.split("\t")


def degrees(text: str, limit: float) -> float:
    """A coordinate. Raises ValueError where it is none or out of range; not-a-number is out of range."""
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"not a coordinate in degrees: {text[:20]!r}") from None
    if not -limit <= value <= limit:
        raise ValueError(f"a coordinate out of range: {text[:20]}, and {limit:g} is the limit")
    return value


def _people(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal():
        raise ValueError(f"not a number of people: {text[:20]!r}")
    return int(text)


def checked(name: str) -> str:
    """A name that can be kept. Raises ValueError for one that is too long."""
    if len(name) > LONGEST_NAME:
        raise ValueError(f"a name of {len(name):,} characters: {name[:40]}…")
    return name


def lines(path: Path, member: str = "") -> Lines:
    """The lines of a text file, plain, gzipped or zipped, with their numbers from 1, without line ends.

    Raises GazetteerError with file and line for what is not UTF-8, for a line too long, and for an empty one.
    """
    with opened(path, member, _BESIDE) as stream:
        number = 0
        for block in _blocks(stream, path):
            try:
                text = block.decode("utf8")
            except UnicodeDecodeError as error:
                at = number + 1 + block.count(b"\n", 0, error.start)
                raise GazetteerError("not UTF-8", f"{path}, line {at}") from error
            for line in text.split("\n"):
                number += 1
                if not line:
                    raise GazetteerError("an empty line", f"{path}, line {number}")
                yield number, line
        if not number:
            raise GazetteerError("the file is empty", str(path))


def _blocks(stream: Readable, path: Path) -> Iterator[bytes]:
    """Whole lines, without the last line end."""
    rest = b""
    first = True
    count = 0
    while piece := stream.read(_CHUNK):
        block = (rest + piece).replace(b"\r\n", b"\n")
        if first:
            block, first = block.removeprefix(b"\xef\xbb\xbf"), False
        cut = block.rfind(b"\n")
        count += block.count(b"\n")
        if len(block) - cut > LONGEST_LINE:
            raise GazetteerError(f"a line of more than {LONGEST_LINE:,} bytes", f"{path}, line {count + 1}")
        rest = block[cut + 1 :]
        if cut >= 0:
            yield block[:cut]
    if rest:
        yield rest


def is_dump(path: Path) -> bool:
    """Whether the first line of a file has the columns of a dump."""
    try:
        _, line = next(lines(path))
    except (GazetteerError, StopIteration):
        return False
    return line.count("\t") == COLUMNS - 1 and line.partition("\t")[0].isdecimal()

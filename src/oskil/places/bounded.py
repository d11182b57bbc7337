"""Files that may be compressed, read within limits: what is cut short, damaged or swollen is an error."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from oskil.errors import GazetteerError

CHUNK = 1 << 20
# allCountries.txt is 1.7 GB and alternateNamesV2.txt 0.8 GB, each a quarter of that when zipped.
LARGEST = 16 << 30
# Deflate reaches 1,032 to 1. Tables and shapes stay under 30; a bomb is what claims to be data and is not.
STEEPEST = 100
_FREE = 64 << 20  # a small file of many equal rows may well be steep


class Readable(Protocol):
    """What can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes at most; all for a negative size."""


@contextmanager
def opened(path: Path, member: str = "", beside: frozenset[str] = frozenset()) -> Iterator[Readable]:
    """The bytes of a file, unpacked where it is a .gz or .zip. Raises GazetteerError with the file's name.

    Of a zip the `member` is taken, or else the only file in it that is not of those `beside`. Errors
    while reading the stream are those of this module as well, where the caller reads within the block.
    """
    try:
        with _raw(path, member, beside) as stream:
            yield stream
    except FileNotFoundError as error:
        raise GazetteerError("there is no such file", str(path)) from error
    except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, lzma.LZMAError, EOFError) as error:
        raise GazetteerError(f"the archive is damaged or cut short: {error}", str(path)) from error
    except NotImplementedError as error:
        raise GazetteerError(
            f"the archive is packed in a way that is not read: {error}", str(path)
        ) from error
    except OSError as error:
        raise GazetteerError(f"cannot be read: {error.strerror or error}", str(path)) from error


@contextmanager
def _raw(path: Path, member: str, beside: frozenset[str]) -> Iterator[Readable]:
    with path.open("rb") as file:
        head = file.read(4)
    packed = path.stat().st_size
    if head[:2] == b"\x1f\x8b":
        with gzip.open(path) as stream:
            yield Bounded(stream, path, packed)
    elif head == b"PK\x03\x04" or path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            info = _member(archive, path, member, beside)
            if info.flag_bits & 1:
                raise GazetteerError("the archive wants a password", str(path))
            with archive.open(info) as stream:
                yield Bounded(stream, path, info.compress_size)
    else:
        with path.open("rb") as stream:
            yield stream


def _member(archive: zipfile.ZipFile, path: Path, member: str, beside: frozenset[str]) -> zipfile.ZipInfo:
    files = [i for i in archive.infolist() if not i.is_dir() and i.filename.lower() not in beside]
    named = [info for info in files if info.filename.lower() == member.lower()] if member else files
    if len(named) != 1:
        there = ", ".join(info.filename for info in files[:5]) or "nothing"
        wanted = f"no single {member}" if member else "not one file"
        raise GazetteerError(f"the archive holds {wanted}, but {there}", str(path))
    return named[0]


class Bounded:
    """A stream that refuses to grow past `LARGEST` bytes, or past `STEEPEST` times what was packed."""

    def __init__(self, stream: Readable, path: Path, packed: int) -> None:
        self._stream = stream
        self._path = path
        self._limit = min(LARGEST, max(_FREE, packed * STEEPEST))
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises GazetteerError where there are too many."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        data = self._stream.read(size)
        self._count += len(data)
        if self._count > self._limit:
            raise GazetteerError(
                f"unpacks to more than {self._limit >> 20:,} MB, which no such file is", str(self._path)
            )
        return data


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file as it lies there. Raises GazetteerError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise GazetteerError("there is no such file", str(path)) from error
    except OSError as error:
        raise GazetteerError(f"cannot be read: {error.strerror}", str(path)) from error

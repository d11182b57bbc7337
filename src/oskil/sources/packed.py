"""What is packed, unpacked within limits: a small file that swells to gigabytes is refused, not swallowed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import BinaryIO

from oskil.errors import SourceError

LARGEST = 256 << 20  # bytes unpacked, of what is read as a whole; the largest control maps have 20 MB
# Deflate reaches 1,032 to 1. Shapes, tables and pages stay under 30; a bomb only claims to be data.
STEEPEST = 200
FREE = 16 << 20  # a small file of many equal rows may well be steep
_PIECE = 1 << 20

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"


class Counted(io.RawIOBase):
    """A stream that refuses to give more than `limit` bytes. `read` may raise SourceError, naming `where`."""

    def __init__(self, stream: BinaryIO, where: str, limit: int) -> None:
        self._stream, self._where, self._limit = stream, where, limit
        self._given = 0
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes, as io.RawIOBase has it."""
        try:
            # What is there is given before a damaged end is met.
            data = self._read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise damaged(error, self._where) from error
        self._given += len(data)
        if self._given > self._limit:
            raise bomb(self._limit, self._where)
        buffer[: len(data)] = data
        return len(data)


def allowed(packed: int, largest: int = LARGEST) -> int:
    """How many bytes may come out of `packed` bytes."""
    return min(largest, max(FREE, packed * STEEPEST))


def gunzipped(data: bytes, where: str, *, largest: int = LARGEST) -> bytes:
    """The bytes in a gzip file of one or more members. Raises SourceError where it is damaged or a bomb."""
    inner = gzip.GzipFile(fileobj=io.BytesIO(data))
    with io.BufferedReader(Counted(inner, where, allowed(len(data), largest)), _PIECE) as stream:  # type: ignore[arg-type]
        return stream.read()


def member(
    data: bytes | BinaryIO, wanted: Callable[[str], bool], where: str, *, largest: int = LARGEST
) -> tuple[str, bytes] | None:
    """The first file of a zip whose name is wanted, with its bytes; None where there is none."""
    with opened(data, where) as archive:
        for info in archive.infolist():
            if not info.is_dir() and wanted(info.filename):
                return info.filename, _read(archive, info, where, largest)
    return None


def opened(data: bytes | BinaryIO, where: str) -> zipfile.ZipFile:
    """The archive. Raises SourceError where it is damaged or cut short."""
    try:
        return zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise damaged(error, where) from error


def stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, *, largest: int) -> BinaryIO:
    """One file of an archive, to be read piece by piece within its limits."""
    inside = f"{where}, {info.filename}"
    if info.flag_bits & 1:
        raise SourceError("the archive wants a password", inside)
    try:
        packed = archive.open(info)
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise damaged(error, inside) from error
    counted = Counted(packed, inside, allowed(info.compress_size, largest))  # type: ignore[arg-type]
    return io.BufferedReader(counted)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, largest: int) -> bytes:
    with stream(archive, info, where, largest=largest) as file:
        return file.read()


def names(data: bytes | BinaryIO, where: str) -> Iterable[str]:
    """The names of the files in a zip."""
    with opened(data, where) as archive:
        return [info.filename for info in archive.infolist() if not info.is_dir()]


def bomb(limit: int, where: str) -> SourceError:
    """The refusal of what swells."""
    return SourceError(f"it unpacks to more than {limit >> 20:,} MB, which no such file does", where)


def damaged(error: Exception, where: str) -> SourceError:
    """The refusal of what cannot be unpacked."""
    return SourceError(f"the archive is damaged or cut short: {' '.join(str(error).split())}", where)

"""What a target gives: its first bytes at once, and the rest as a stream or as a whole when asked for."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from oskil.sources import intake, packed
from oskil.sources.interface import Raw

HEAD = 1 << 16  # bytes that a kind of input is told from
_BUFFER = 1 << 18


class Given:
    """One target. `head` are its first bytes, unpacked where it is gzipped; nothing more is read unasked.

    `name` is `where` without a ".gz" at its end. Standard input can be read once, by `stream` or by `raw`.
    """

    def __init__(
        self,
        where: str,
        opener: Callable[[], BinaryIO],
        *,
        media_type: str | None = None,
        url: str | None = None,
        encoding: str | None = None,
        size: int | None = None,
    ) -> None:
        self.where, self.media_type, self.url, self.encoding, self.size = (
            where,
            media_type,
            url,
            encoding,
            size,
        )
        self._open = opener
        self._file = _opened(opener, where)
        self._first = _read(self._file, HEAD, where)
        self.gzipped = self._first.startswith(packed.GZIP)
        self.head = _unpacked_head(self._first) if self.gzipped else self._first

    @property
    def name(self) -> str:
        """The target's name, without the suffix of a packer."""
        return self.where.removesuffix(".gz")

    def stream(self, *, largest: int = 1 << 40, unpack: bool = True) -> BinaryIO:
        """The bytes from the first on, unpacked where they are gzipped. The caller closes it."""
        if not (self.gzipped and unpack):
            return self._again()
        inner = gzip.GzipFile(fileobj=self._again())
        limit = largest if self.size is None else packed.allowed(self.size, largest)
        counted = packed.Counted(inner, self.where, limit)  # type: ignore[arg-type]
        return io.BufferedReader(counted, _BUFFER)

    def raw(self, *, largest: int = intake.LARGEST) -> Raw:
        """All bytes as they came. Raises SourceError where there are more than `largest`."""
        if self.size is not None and self.size > largest:
            raise intake.too_large(self.size, largest, self.where)
        with self._again() as stream:
            data = _read(stream, largest + 1, self.where)
        if len(data) > largest:
            raise intake.too_large(None, largest, self.where)
        return Raw(
            where=self.where, data=data, media_type=self.media_type, url=self.url, encoding=self.encoding
        )

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _again(self) -> BinaryIO:
        if self._file.seekable():
            self._file.seek(0)
            return self._file
        return io.BufferedReader(_Behind(self._first, self._file), _BUFFER)


class _Behind(io.RawIOBase):
    """A stream that cannot go back, with the bytes that were read from it put before it again."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._first:
            data, self._first = self._first[: len(buffer)], self._first[len(buffer) :]
        else:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def from_file(name: str) -> Given:
    """A regular file. Raises SourceError where it is absent, not readable or no file."""
    path = Path(name)
    size = intake.size_of(name)
    return Given(name, lambda: path.open("rb"), size=size)


def from_stdin(stdin: BinaryIO) -> Given:
    """Standard input."""
    return Given("-", lambda: stdin)


def from_raw(raw: Raw) -> Given:
    """Bytes that are at hand."""
    return Given(
        raw.where,
        lambda: io.BytesIO(raw.data),
        media_type=raw.media_type,
        url=raw.url,
        encoding=raw.encoding,
        size=len(raw.data),
    )


def _opened(opener: Callable[[], BinaryIO], where: str) -> BinaryIO:
    try:
        return opener()
    except (OSError, ValueError) as error:
        raise intake.unreadable(error, where) from error


def _read(stream: BinaryIO, size: int, where: str) -> bytes:
    pieces, left = [], size
    try:
        while left > 0 and (piece := stream.read(left)):
            pieces.append(piece)
            left -= len(piece)
    except OSError as error:
        raise intake.unreadable(error, where) from error
    return b"".join(pieces)


def _unpacked_head(first: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(first, HEAD)
    except zlib.error:
        return first

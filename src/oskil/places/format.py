"""The file of a compiled index or layer: how it is laid out, written and read back.

Magic, length of the header, a JSON header, then the sections as raw little-endian arrays at multiples of
64 bytes. The header carries the format's number, the SHA-256 of all that follows it, the hashes of the
inputs and, for each section, its type, offset and length. A file that is short, long or altered is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import numpy as np

from oskil.errors import GazetteerError

MAGIC = b"OSKILGZ1"
FORMAT = 2
_ALIGN = 64
# What a header has of this module, beside the fields of who writes it.
OWN = frozenset({"format", "sections", "size", "sha256"})
_CHUNK = 1 << 20
GAZETTEER = "compiled gazetteer"
# A quarter of a second's work; larger files are proven when asked (`oskil gazetteer verify`).
PROVEN = 128 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """A file read back: the header's own fields and the sections, mapped and not loaded."""

    meta: Mapping[str, Any]
    sections: Mapping[str, np.ndarray[Any, Any]]
    _file: _Held | None = None
    _start: int = 0

    @property
    def large(self) -> bool:
        """Whether pieces are better read than taken from the map, as long as there are few."""
        return self._file is not None

    def piece(self, name: str, mapped: bool = False) -> Piece:
        """How to take bytes out of a section: `(offset, length)`, fewer where the section ends.

        Of a large file they are read, unless `mapped`: the first touch of a page maps a good many of its
        neighbours, so that a name of a thousand places would make a hundred megabytes resident.
        """
        section = self.sections[name]
        if self._file is None or mapped:
            view = memoryview(cast(Any, section.view(np.uint8)))
            return lambda at, length: bytes(view[at : at + length])
        held, start, size = self._file, self._start + self.meta["sections"][name][1], section.nbytes
        pread = os.pread
        return lambda at, length: pread(held.number, min(length, size - at), start + at)


Piece = Callable[[int, int], bytes]


class _Held:
    """An open file, closed when nobody asks it any more."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = os.dup(number)

    def __del__(self) -> None:
        os.close(self.number)


def write(
    path: Path,
    meta: Mapping[str, Any],
    sections: Mapping[str, np.ndarray[Any, Any]],
    what: str = GAZETTEER,
) -> None:
    """Write atomically: a temporary file beside, flushed to disk, then renamed over `path`.

    Sections may be mapped files: they are copied piece by piece. Raises GazetteerError where the folder
    cannot be written or the disk is full.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            _fill(file, meta, sections)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise GazetteerError(f"the {what} cannot be written: {error.strerror}", str(path)) from error
    except BaseException:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise


def _fill(file: IO[bytes], meta: Mapping[str, Any], sections: Mapping[str, np.ndarray[Any, Any]]) -> None:
    """The header is written twice: its length does not depend on the hash that is known only at the end."""
    table: dict[str, list[Any]] = {}
    offset = 0
    for name, array in sections.items():
        table[name] = [array.dtype.str, offset, len(array)]
        offset += array.nbytes + -array.nbytes % _ALIGN
    whole = {**meta, "format": FORMAT, "sections": table, "size": offset, "sha256": "0" * 64}
    header = _header(whole)
    file.write(header)
    digest = hashlib.sha256()
    for array in sections.values():
        for piece in _pieces(array):
            digest.update(piece)
            file.write(piece)
    file.seek(0)
    file.write(_header({**whole, "sha256": digest.hexdigest()}))


def _header(whole: Mapping[str, Any]) -> bytes:
    text = json.dumps(whole, ensure_ascii=False).encode()
    text += b" " * (-(len(MAGIC) + 8 + len(text)) % _ALIGN)
    return MAGIC + len(text).to_bytes(8, "little") + text


def _pieces(array: np.ndarray[Any, Any]) -> Iterator[bytes]:
    flat = np.ascontiguousarray(array).view(np.uint8)
    for at in range(0, len(flat), _CHUNK):
        yield flat[at : at + _CHUNK].tobytes()
    yield b"\0" * (-len(flat) % _ALIGN)


def read(path: Path, what: str = GAZETTEER, *, prove: bool | None = None) -> Contents:
    """Map a compiled file. Raises GazetteerError where it is absent, cut short, altered or outdated.

    Its hash is computed where `prove` says so, by default up to `PROVEN` bytes; the length always counts.
    """
    with _opened(path, what) as (file, meta):
        start = file.tell()
        size = os.fstat(file.fileno()).st_size - start
        if size != meta["size"]:
            raise GazetteerError(f"the {what} is cut short or altered", str(path))
        if prove or (prove is None and size <= PROVEN):
            _prove(file, meta, path, what)
        held = _Held(file.fileno()) if size > PROVEN and hasattr(os, "pread") else None
        return Contents(meta, _map(file, meta, start), held, start)


def head(path: Path, what: str = GAZETTEER) -> Mapping[str, Any]:
    """The header alone, without proof of what follows it. Raises GazetteerError."""
    with _opened(path, what) as (_, meta):
        return meta


@contextmanager
def _opened(path: Path, what: str) -> Iterator[tuple[IO[bytes], dict[str, Any]]]:
    """The file after its header, and the header."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise GazetteerError(f"not a {what}", str(path))
            length = int.from_bytes(file.read(8), "little")
            if length > os.fstat(file.fileno()).st_size:
                raise GazetteerError(f"the {what} is cut short", str(path))
            meta = json.loads(file.read(length))
            if meta["format"] != FORMAT:
                raise GazetteerError(f"format {meta['format']} of the {what}, not {FORMAT}", str(path))
            yield file, meta
    except OSError as error:
        raise GazetteerError(f"the {what} cannot be read: {error.strerror}", str(path)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise GazetteerError(f"the header of the {what} is damaged", str(path)) from error


def _prove(file: IO[bytes], meta: Mapping[str, Any], path: Path, what: str) -> None:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != meta["sha256"]:
        raise GazetteerError(f"the {what} is cut short or altered", str(path))


def _map(file: IO[bytes], meta: Mapping[str, Any], start: int) -> dict[str, np.ndarray[Any, Any]]:
    # A plain array over the map: the class of mapped arrays costs a microsecond at every access.
    whole = np.asarray(np.memmap(file, mode="r", dtype=np.uint8))
    sections = {}
    for name, (kind, offset, count) in meta["sections"].items():
        dtype = np.dtype(kind)
        at = start + offset
        sections[name] = whole[at : at + count * dtype.itemsize].view(dtype)
    return sections

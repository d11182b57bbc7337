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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from oskil.errors import GazetteerError

MAGIC = b"OSKILGZ1"
FORMAT = 1
_ALIGN = 64
_CHUNK = 1 << 20
GAZETTEER = "compiled gazetteer"


@dataclass(frozen=True, slots=True)
class Contents:
    """A file read back: the header's own fields and the sections, mapped and not loaded."""

    meta: Mapping[str, Any]
    sections: Mapping[str, np.ndarray[Any, Any]]


def write(
    path: Path,
    meta: Mapping[str, Any],
    sections: Mapping[str, np.ndarray[Any, Any]],
    what: str = GAZETTEER,
) -> None:
    """Write atomically: a temporary file beside, flushed to disk, then renamed over `path`.

    Raises GazetteerError where the folder cannot be written or the disk is full.
    """
    table: dict[str, list[Any]] = {}
    offset = 0
    digest = hashlib.sha256()
    blocks: list[bytes] = []
    for name, array in sections.items():
        raw = np.ascontiguousarray(array).tobytes()
        raw += b"\0" * (-len(raw) % _ALIGN)
        table[name] = [array.dtype.str, offset, len(array)]
        offset += len(raw)
        digest.update(raw)
        blocks.append(raw)
    whole = {**meta, "format": FORMAT, "sections": table, "size": offset, "sha256": digest.hexdigest()}
    header = json.dumps(whole, ensure_ascii=False).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % _ALIGN)
    _replace(path, [MAGIC, len(header).to_bytes(8, "little"), header, *blocks], what)


def _replace(path: Path, blocks: list[bytes], what: str) -> None:
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise GazetteerError(f"the {what} cannot be written: {error.strerror}", str(path)) from error


def read(path: Path, what: str = GAZETTEER) -> Contents:
    """Map a compiled file. Raises GazetteerError where it is absent, cut short, altered or outdated."""
    with _opened(path, what) as (file, meta):
        start = file.tell()
        _prove(file, meta, path, what)
        return Contents(meta, _map(path, meta, start))


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
    size = 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    if size != meta["size"] or digest.hexdigest() != meta["sha256"]:
        raise GazetteerError(f"the {what} is cut short or altered", str(path))


def _map(path: Path, meta: Mapping[str, Any], start: int) -> dict[str, np.ndarray[Any, Any]]:
    whole = np.memmap(path, mode="r", dtype=np.uint8)
    sections = {}
    for name, (kind, offset, count) in meta["sections"].items():
        dtype = np.dtype(kind)
        at = start + offset
        sections[name] = whole[at : at + count * dtype.itemsize].view(dtype)
    return sections

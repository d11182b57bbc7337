"""The raw bytes, kept in a folder beside the database under their own SHA-256: `ab/cdef...`."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from oskil.errors import LedgerBroken
from oskil.ledger.codec import sha256


class RawFolder:
    """Bytes by their hash. Every method may raise OSError; what is written is on the disk when it returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 lie."""
        return self.folder / digest[:2] / digest[2:]

    def keep(self, data: bytes) -> str:
        """Write bytes, whole or not at all; returns their SHA-256. What is there already is left as it is."""
        digest = sha256(data)
        path = self.path(digest)
        if not path.exists():
            self._make_folder(path.parent)
            _write_whole(path, data)
            _sync_folder(path.parent)
        return digest

    def _make_folder(self, folder: Path) -> None:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            for above in (self.folder, self.folder.parent):
                _sync_folder(above)

    def get(self, digest: str) -> bytes:
        """The bytes with this SHA-256. Raises LedgerBroken where they are gone or changed."""
        path = self.path(digest)
        if not path.is_file():
            raise LedgerBroken("the raw bytes are gone", str(path))
        data = path.read_bytes()
        if sha256(data) != digest:
            raise LedgerBroken("the raw bytes were changed", str(path))
        return data


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _sync_folder(folder: Path) -> None:
    # A new name survives a power cut only once its folder is on the disk too.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

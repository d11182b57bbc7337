"""The raw bytes, kept in a folder beside the database under their own SHA-256: `ab/cdef...`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from oskil.errors import LedgerBroken
from oskil.ledger.codec import sha256

# From so many files on, the disk is waited for once.
_MANY = 8


class RawFolder:
    """Bytes by their hash. Every method may raise OSError; what is written is on the disk when it returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._new_folders = False

    def path(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 lie."""
        return self.folder / digest[:2] / digest[2:]

    def keep(self, data: bytes) -> str:
        """Write bytes, whole or not at all; returns their SHA-256. What is there already is left as it is."""
        digest = sha256(data)
        self.keep_all({digest: data}.items())
        return digest

    def keep_all(self, named: Iterable[tuple[str, bytes]]) -> None:
        """Write bytes that come with their right SHA-256, each as `keep` does.

        All are written before the first is waited for: the disk then takes them together.
        """
        unfinished: dict[Path, Path] = {}
        try:
            for digest, data in named:
                path = self.path(digest)
                if path not in unfinished and not path.exists():
                    self._make_folder(path.parent)
                    unfinished[path] = beside = path.with_name(f".unfinished-{os.getpid()}-{path.name}")
                    beside.write_bytes(data)
            self._settle(unfinished)
        except OSError:
            for beside in unfinished.values():
                with contextlib.suppress(OSError):
                    beside.unlink()
            raise

    def _settle(self, unfinished: Mapping[Path, Path]) -> None:
        # The bytes are on the disk before they have their names, and the names when this returns. For many
        # files, one wait for the whole file system is far shorter than one for each.
        together = len(unfinished) > _MANY and _sync_all(self.folder)
        for path, beside in unfinished.items():
            if not together:
                _sync(beside)
            beside.replace(path)
        if together and _sync_all(self.folder):
            return
        for folder in {path.parent for path in unfinished}:
            _sync(folder)
        if self._new_folders:
            for folder in (self.folder, self.folder.parent):
                _sync(folder)
            self._new_folders = False

    def _make_folder(self, folder: Path) -> None:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            self._new_folders = True

    def get(self, digest: str) -> bytes:
        """The bytes with this SHA-256. Raises LedgerBroken where they are gone or changed."""
        path = self.path(digest)
        if not path.is_file():
            raise LedgerBroken("the raw bytes are gone", str(path))
        data = path.read_bytes()
        if sha256(data) != digest:
            raise LedgerBroken("the raw bytes were changed", str(path))
        return data


def _sync_all(folder: Path) -> bool:
    # Linux alone has it (syncfs(2)), and Python does not name it.
    call = getattr(_c_library(), "syncfs", None)
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        return bool(call(handle) == 0)
    finally:
        os.close(handle)


@cache
def _c_library() -> object:
    import ctypes

    try:
        return ctypes.CDLL(None, use_errno=True)
    except (OSError, TypeError):
        return None


def _sync(path: Path) -> None:
    # A new name survives a power cut only once its folder is on the disk too.
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

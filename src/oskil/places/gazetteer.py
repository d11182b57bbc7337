"""Opens the gazetteer, compiling its index once."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from oskil.errors import GazetteerError
from oskil.places.compile import compile_index, edition
from oskil.places.gazetteer_store import EMBEDDED, GazetteerStore, merged
from oskil.places.index import CompiledGazetteer
from oskil.places.interface import FullGazetteer

_STALE_SECONDS = 7 * 24 * 3600


def cache_folder(cache: Path | None = None) -> Path:
    """Where compiled files are kept: the argument, else OSKIL_CACHE, else the user's cache folder."""
    if cache is not None:
        return cache
    if named := os.environ.get("OSKIL_CACHE"):
        return Path(named)
    import platformdirs  # imported late: most commands name a cache or never open the gazetteer

    return Path(platformdirs.user_cache_dir("oskil"))


def index_path(cache: Path | None = None) -> Path:
    """The compiled file of the installed data; its name changes with them, so an old one is never read."""
    return cache_folder(cache) / f"gazetteer-{edition()}.oskil"


def load(cache: Path | None = None, data: Path | None = None) -> FullGazetteer:
    """The gazetteer: the embedded one with the sources that were added to the data folder.

    The embedded index is compiled where it is absent, and again where it is damaged.

    Two processes may do so at once: each writes a file of its own and renames it into place. Raises
    GazetteerError where the data cannot be read or the index cannot be written.
    """
    return merged(load_embedded(cache), GazetteerStore(data))


def load_embedded(cache: Path | None = None) -> CompiledGazetteer:
    """The embedded gazetteer alone. Raises GazetteerError."""
    path = index_path(cache)
    if path.exists():
        # Where it is cut short or altered on disk, the data it was made from are still there.
        with suppress(GazetteerError):
            return CompiledGazetteer(path, EMBEDDED)
    compile_index(path)
    _sweep(path)
    return CompiledGazetteer(path, EMBEDDED)


def _sweep(path: Path) -> None:
    """Remove indexes of other data and what an interrupted compilation left, once they are a week old.

    A younger one may belong to another installation or to a process that is at work.
    """
    for pattern in ("gazetteer-*.oskil", ".gazetteer-*.oskil.*", ".building-*"):
        for other in path.parent.glob(pattern):
            with suppress(OSError):
                if other != path and time.time() - other.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(other) if other.is_dir() else other.unlink()

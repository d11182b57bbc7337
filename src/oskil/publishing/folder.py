"""Writing a page's folder: beside its place and then swapped in, so that a reader never meets half a page and
a full disk leaves the old one standing.

A file that is as it was is linked and not written again, so that a second publication touches what changed
alone, and what copies the folder to a web host copies no more than that.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path

from oskil.errors import PublishError
from oskil.publishing.alongside import Begun, alongside
from oskil.publishing.redaction import Redactor

# The file that lists every other one with its SHA-256, and by which a folder is known for a page of ours.
MANIFEST = "files.sha256"
CORE = "data/core.js"
# What a page had for its core before its data were cut.
_FORMER_CORE = "data/record.js"


File = tuple[str, str | bytes]
# The hashes of files by their names, and the names of those that stay as they were.
Written = tuple[Mapping[str, str], AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Apart:
    """Files that may be made and written in a process of their own, while others follow. `files` makes them;
    where they are not `enough` to pay, they are made when all others are written.
    """

    files: Callable[[], Iterable[File]]
    enough: bool = True


def write(
    files: Iterable[File | Apart],
    folder: Path,
    redactor: Redactor,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write files, given as (name, text), with those that every page has; returns the file to open. Bytes are
    pictures of a base map, in which no name can stand. `tell` hears how many files of a page that is replaced
    stay as they were.

    Raises PublishError where the folder holds something else or cannot be written, or a text still has a name
    that is to be withheld.
    """
    if folder.exists() and not (folder.is_dir() and (_is_page(folder) or not any(folder.iterdir()))):
        raise PublishError(
            "there is something here that is not a page of Oskil; nothing was touched", str(folder)
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".oskil-", dir=folder.parent) as beside:
            fresh = Fresh(Path(beside) / "page", folder)
            for name, kept in _static():
                fresh.add(name, kept)
            apart: list[Begun[Written]] = []
            try:
                for one in _written(files, fresh, redactor):
                    apart.append(alongside(partial(_made_apart, fresh, one, redactor), enough=one.enough))
                for written in apart:
                    fresh.know(written())
            except BaseException:
                for written in apart:
                    written.stop()
                raise
            fresh.close()
            again = folder.exists() and any(folder.iterdir())
            _swap(fresh.folder, folder, Path(beside) / "old")
            if again:
                tell(f"{len(fresh.kept):,} of {len(fresh.hashes):,} files stay as they were")
    except OSError as error:
        raise PublishError(f"the page cannot be written: {error.strerror or error}", str(folder)) from error
    return folder / "index.html"


def _written(files: Iterable[File | Apart], fresh: Fresh, redactor: Redactor) -> Iterator[Apart]:
    """Write the files one by one; hands on those that are to be made apart as soon as they are met."""
    for one in files:
        if isinstance(one, Apart):
            yield one
            continue
        name, data = one
        if isinstance(data, str) and (found := redactor.leaks(data)):
            raise PublishError(
                f"{len(found)} withheld names would still stand in {name}; nothing was written"
            )
        fresh.add(name, data.encode("utf-8") if isinstance(data, str) else data)


def _made_apart(fresh: Fresh, apart: Apart, redactor: Redactor) -> Written:
    """Write what is made apart; returns what is known of all files that are there."""
    for _ in _written(apart.files(), fresh, redactor):
        raise ValueError("what is made apart is not parted again")
    return fresh.hashes, fresh.kept


class Fresh:
    """A folder in the making. What `old` has with the same bytes is linked from there."""

    def __init__(self, folder: Path, old: Path) -> None:
        self.folder, self._old = folder, old
        self.hashes: dict[str, str] = {}
        self.kept: set[str] = set()
        self._made: set[Path] = set()

    def add(self, name: str, data: bytes) -> None:
        """Put a file in place."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.folder / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        # Another process may have put it there before it failed; what is linked must not be written to.
        path.unlink(missing_ok=True)
        if _linked(self._old / name, path, data):
            self.kept.add(name)
        else:
            path.write_bytes(data)
        self.hashes[name] = digest

    def know(self, written: Written) -> None:
        """Take note of files that another process has put in place."""
        hashes, kept = written
        self.hashes.update(hashes)
        self.kept |= kept

    def close(self) -> None:
        """Write the list of all files."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self.hashes.items())]
        (self.folder / MANIFEST).write_bytes("".join(lines).encode("utf-8"))


def _linked(old: Path, path: Path, data: bytes) -> bool:
    """Whether the old file has these bytes and could be linked."""
    try:
        if old.stat().st_size != len(data) or old.read_bytes() != data:
            return False
        os.link(old, path)
    except OSError:
        return False
    return True


def _static() -> Iterable[tuple[str, bytes]]:
    """The files that every page has, by name."""
    with resources.as_file(resources.files("oskil.publishing") / "static") as static:
        for path in sorted(p for p in static.rglob("*") if p.is_file()):
            yield path.relative_to(static).as_posix(), path.read_bytes()


def _swap(fresh: Path, folder: Path, aside: Path) -> None:
    """Put `fresh` where `folder` is; where that fails, the old one is put back."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        aside.rename(folder)
        raise


def _is_page(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and any((folder / name).is_file() for name in (CORE, _FORMER_CORE))

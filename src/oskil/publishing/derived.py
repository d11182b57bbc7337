"""A file of what was worked out before, beside the ledger.

It can be deleted at any time, is no part of the ledger's chain, and is believed only where it is whole and
was written by this very program: one that is broken, or was written by another version, counts as none.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

_CODE = (".py", ".yaml", ".j2")


def lines_of(path: Path) -> list[str]:
    """The lines that were kept; none where the file is missing, broken, or another program's."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode() == _head(body):
            return body.decode("utf-8").split("\n")[:-1]
    except (OSError, ValueError):
        pass
    return []


def keep(path: Path, lines: Iterable[str]) -> None:
    """Replace the file by these lines, whole or not at all. Where it cannot be written, nothing is kept."""
    body = "".join(f"{line}\n" for line in lines).encode("utf-8")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".oskil-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_head(body).encode() + b"\n" + body)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink()
            raise


def _head(body: bytes) -> str:
    return f"{_program()} {hashlib.sha256(body).hexdigest()}"


@cache
def _program() -> str:
    """The hash of this program: its version, its code, its rules, and the version of each library it uses."""
    found = hashlib.sha256(metadata.version("oskil").encode())
    root = Path(str(files("oskil")))
    for path in sorted(p for p in root.rglob("*") if p.suffix in _CODE):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for library in sorted(f"{one.name} {one.version}" for one in metadata.distributions()):
        found.update(library.encode())
    return found.hexdigest()

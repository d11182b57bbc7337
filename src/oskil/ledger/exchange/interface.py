"""What goes from ledger to ledger, and what writes and reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from oskil.ledger.log import Sealed

VERSION = 1


@dataclass(frozen=True, slots=True)
class Header:
    """How many entries follow, and the hash of the last: an export that was cut off shows it."""

    entries: int
    head: str
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Parcel:
    """An entry with what it sealed; and the raw bytes of its document, by their SHA-256, unless an entry
    before has brought them.
    """

    sealed: Sealed
    raw: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking an export in did: how many entries it has, and how many of them were new."""

    entries: int
    new: int


class Form(Protocol):
    """One kind of export."""

    name: str
    """As it is called on the command line."""
    about: str
    """What it is, in a few words."""

    def write(self, header: Header, parcels: Iterator[Parcel], target: Path) -> None:
        """Write a file or folder, which must not be there yet. May raise OSError."""

    def is_this(self, source: Path) -> bool:
        """Whether a file or folder looks like one of this kind."""

    def read(self, source: Path) -> AbstractContextManager[tuple[Header, Iterator[Parcel]]]:
        """What a file or folder holds, read as it is asked for. Raises InputError for what is none."""

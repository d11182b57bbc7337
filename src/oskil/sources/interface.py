"""What a source is: raw bytes with their address in, Documents out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oskil.records import Document, Reading, Refusal

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer
    from oskil.sources.given import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes as they came. `where` is the path, URL or "-"; `media_type` is what a server said, if any.

    `url` is the address they were finally fetched from, after redirects; `encoding` the character
    set that the server declared.
    """

    where: str
    data: bytes
    media_type: str | None = None
    url: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Metadata that the user states; it wins over what the document says of itself.

    `columns` is the path of a column map, for tables whose columns are not among the usual ones.
    """

    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    title: str | None = None
    columns: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document and the bytes it was read from, with its claims where the input is already structured."""

    document: Document
    raw: bytes
    reading: Reading | None = None


class Fetcher(Protocol):
    """The network. `fetching.HttpFetcher` is the real one and `fetching.FakeFetcher` the one for tests."""

    def get(self, url: str) -> Raw:
        """The bytes at `url`. Raises SourceError, or AddressRefused where it must not be asked for."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind of input may use beside its bytes: what the user stated, the network, and the gazetteer for
    inputs that name places in columns; without one, such names are not looked up.
    """

    hints: Hints
    fetch: Fetcher
    gazetteer: Gazetteer | None = None


class Kind(Protocol):
    """One kind of export, list or map: what is told by its first bytes and read piece by piece."""

    name: str

    def accepts(self, given: Given) -> bool:
        """Whether this is of the kind, by its first bytes and then its name."""

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """Its documents, and a Refusal for each that cannot be read. Raises SourceError as `stream` says."""


class Source(Protocol):
    """One kind of page: what is read as a whole and is one article."""

    name: str

    def accepts(self, raw: Raw) -> bool:
        """Whether these bytes are of this kind, by content first and name second."""

    def documents(self, raw: Raw, hints: Hints) -> Iterator[Document]:
        """The documents in it. Raises SourceError with one clear line where it cannot be read."""

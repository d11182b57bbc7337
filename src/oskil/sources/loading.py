"""From what a user names (a file, a URL, "-") to documents with their raw bytes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from oskil.errors import SourceError
from oskil.records import Refusal
from oskil.sources import given as intakes
from oskil.sources import intake, sniffing
from oskil.sources.events import EventTable
from oskil.sources.given import Given
from oskil.sources.html_page import HtmlPage
from oskil.sources.interface import Context, Fetcher, Hints, Kind, Loaded, Source
from oskil.sources.kinds import KINDS
from oskil.sources.text_file import TextFile

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer

PAGES: tuple[Source, ...] = (HtmlPage(), TextFile())

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


def load(
    target: str,
    hints: Hints,
    *,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    fetch: Fetcher | None = None,
    largest: int = intake.LARGEST,
) -> list[Loaded]:
    """All documents of one target; the parameters are those of `stream`.

    Raises SourceError, with one line that says what is wrong and where, also where only one document of many
    cannot be read.
    """
    found = []
    for one in stream(target, hints, stdin=stdin, allow_private=allow_private, fetch=fetch, largest=largest):
        if isinstance(one, Refusal):
            raise SourceError(one.reason, one.where)
        found.append(one)
    return found


def stream(
    target: str,
    hints: Hints,
    *,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    fetch: Fetcher | None = None,
    gazetteer: Gazetteer | None = None,
    largest: int = intake.LARGEST,
) -> Iterator[Loaded | Refusal]:
    """Read one target: a path, an http or https URL, or "-" for standard input. One document at a time.

    `hints` win over what the document says of itself. `fetch` stands in for the network; `allow_private` lets
    the real one ask loopback and private addresses. `largest` is in bytes and holds for single articles;
    exports and tables have limits of their own. Tables of events look their places up in `gazetteer`. A
    Refusal stands for one document of many that cannot be read. Raises SourceError where the target itself
    cannot be read, or not to its end.
    """
    context = Context(hints, fetch or _network(allow_private, largest), gazetteer)
    yield from read_given(_given(target, stdin, context), context, largest=largest)


def read_given(
    given: Given, context: Context, *, largest: int = intake.LARGEST
) -> Iterator[Loaded | Refusal]:
    """The documents of a target that is open, which is closed at the end."""
    try:
        # A column map says by itself that the target is a table.
        kind = EventTable() if context.hints.columns else kind_of(given)
        if kind is not None:
            yield from kind.loaded(given, context)
            return
        raw = given.raw(largest=largest)
        sniffing.refuse_what_is_no_text(raw)
        source = next(source for source in PAGES if source.accepts(raw))
        for document in source.documents(raw, context.hints):
            yield Loaded(document, raw.data)
    finally:
        given.close()


def kind_of(given: Given) -> Kind | None:
    """The kind of export, list or map that a target is; None where it can only be an article."""
    return next((kind for kind in KINDS if kind.accepts(given)), None)


def _given(target: str, stdin: BinaryIO | None, context: Context) -> Given:
    if target == "-":
        return intakes.from_stdin(stdin or sys.stdin.buffer)
    if not target.strip():
        raise SourceError("no file or URL is named", target)
    if not _URL.match(target):
        return intakes.from_file(target)
    return intakes.from_raw(context.fetch.get(target))


def _network(allow_private: bool, largest: int) -> Fetcher:
    from oskil.sources.fetching import HttpFetcher, Limits

    return HttpFetcher(allow_private=allow_private, limits=Limits(size=largest))

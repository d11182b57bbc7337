"""From what a user names (a file, a URL, "-") to documents with their raw bytes."""

from __future__ import annotations

import re
import sys
from typing import BinaryIO

from oskil.errors import SourceError
from oskil.sources import intake, sniffing
from oskil.sources.html_page import HtmlPage
from oskil.sources.interface import Fetcher, Hints, Loaded, Raw, Source
from oskil.sources.text_file import TextFile

SOURCES: tuple[Source, ...] = (HtmlPage(), TextFile())

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
    """Read one target: a path, an http or https URL, or "-" for standard input.

    `hints` win over what the document says of itself. `fetch` stands in for the network;
    `allow_private` lets the real one ask loopback and private addresses. `largest` is in bytes.
    Raises SourceError, with one line that says what is wrong and where.
    """
    raw = _raw(target, stdin, allow_private, fetch, largest)
    sniffing.refuse_what_is_no_text(raw)
    source = next(source for source in SOURCES if source.accepts(raw))
    return [Loaded(document, raw.data) for document in source.documents(raw, hints)]


def _raw(
    target: str, stdin: BinaryIO | None, allow_private: bool, fetch: Fetcher | None, largest: int
) -> Raw:
    if target == "-":
        return intake.from_stdin(stdin or sys.stdin.buffer, largest=largest)
    if not target.strip():
        raise SourceError("no file or URL is named", target)
    if not _URL.match(target):
        return intake.from_file(target, largest=largest)
    if fetch is None:
        from oskil.sources.fetching import HttpFetcher, Limits

        fetch = HttpFetcher(allow_private=allow_private, limits=Limits(size=largest))
    return fetch.get(target)

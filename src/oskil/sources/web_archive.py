"""Web archives: WARC by warcio, and WACZ, which is a zip with WARCs in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from oskil.errors import SourceError
from oskil.records import Refusal
from oskil.sources import intake, packed, sniffing
from oskil.sources.given import Given
from oskil.sources.html_page import document_from_html
from oskil.sources.interface import Context, Loaded, Raw

_PIECE = 1 << 20
LARGEST = 64 << 30  # bytes unpacked
_CHARSET = re.compile(r"charset=\"?([\w.:-]+)", re.I)
_HTML = ("text/html", "application/xhtml+xml")


class WebArchive:
    """A WARC, plain or gzipped, or a WACZ."""

    name = "web archive"

    def accepts(self, given: Given) -> bool:
        """Whether it begins as a WARC, or is a zip under the name of a WACZ."""
        return given.head.startswith(b"WARC/") or _is_wacz(given)

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """The articles among the archived pages, and a Refusal for each page without one.

        Raises SourceError where an archive is damaged or cut short; what came before has been given by then.
        """
        if not _is_wacz(given):
            with given.stream(unpack=False) as stream:
                yield from _articles(stream, given.where, context)
            return
        with given.stream() as file, packed.opened(_seekable(file, given), given.where) as archive:
            warcs = [i for i in archive.infolist() if i.filename.endswith((".warc", ".warc.gz"))]
            if not warcs:
                raise SourceError("there is no .warc in this archive", given.where)
            for info in warcs:
                with packed.stream(archive, info, given.where, largest=LARGEST) as stream:
                    yield from _articles(stream, f"{given.where}, {info.filename}", context)


def _is_wacz(given: Given) -> bool:
    return given.head.startswith(packed.ZIP) and given.name.lower().endswith(".wacz")


def _seekable(file: BinaryIO, given: Given) -> BinaryIO | bytes:
    return file if file.seekable() else given.raw(largest=packed.LARGEST).data


def _articles(stream: BinaryIO, where: str, context: Context) -> Iterator[Loaded | Refusal]:
    for raw in _pages(stream, where):
        try:
            if isinstance(raw, Refusal):
                yield raw
            elif sniffing.is_html(raw):
                yield Loaded(document_from_html(raw, context.hints), raw.data)
        except SourceError as error:
            yield Refusal(error.where or raw.where, error.message)


def _pages(stream: BinaryIO, where: str) -> Iterator[Raw | Refusal]:
    """The pages that were answered with success, each with the address it was archived from."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for record in ArchiveIterator(stream, arc2warc=True):
            number += 1  # noqa: SIM113 - wanted where the archive breaks off, also before its first record
            if record.rec_type in ("response", "resource") and _is_page(record):
                yield _page(record, where)
            _whole(record)
        if not number:
            raise EOFError("there is no record in it")
    # AttributeError: warcio meets a head of a record without the lines that it must have.
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError) as error:
        told = " ".join(str(error).split())[:120] or "it ends in the middle"
        raise SourceError(f"damaged or cut short: {told}", f"{where}, after record {number}") from error


def _whole(record: Any) -> None:
    """Read the rest of a record. Raises EOFError where it has fewer bytes than it says, or does not say."""
    if record.rec_headers.get_header("Content-Length") is None:
        raise EOFError("the head of a record breaks off")
    rest = record.raw_stream
    while rest.read(_PIECE):
        pass
    if getattr(rest, "limit", 0) > 0:
        raise EOFError(f"{rest.limit:,} bytes are missing")


def _is_page(record: Any) -> bool:
    if record.http_headers is None:
        return bool(record.content_type) and record.content_type.startswith(_HTML)
    answered = (record.http_headers.get_statuscode() or "").startswith("2")
    return answered and (record.http_headers.get_header("Content-Type") or "").startswith(_HTML)


def _page(record: Any, where: str) -> Raw | Refusal:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    data = record.content_stream().read(intake.LARGEST + 1)
    if len(data) > intake.LARGEST:
        error = intake.too_large(None, intake.LARGEST, f"{where}, {url}")
        return Refusal(error.where, error.message)
    said = record.http_headers.get_header("Content-Type") if record.http_headers else ""
    charset = _CHARSET.search(said or "")
    return Raw(
        where=f"{where}, {url}",
        data=data,
        media_type="text/html",
        url=url or None,
        encoding=charset[1] if charset else None,
    )

"""Single texts that a program hands over, read and stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.ledger.stored import Added
    from oskil.reading.interface import Reader
    from oskil.sources.interface import Hints


def text_reader(ledger: Ledger, reader: Callable[[], Reader]) -> Callable[[str, str, Hints], Added]:
    """A function that reads a text under a name and stores it; the reader is made at its first use.

    It may be called by several threads; one text is read at a time. It raises SourceError where no words are
    in the text, and LedgerError where it cannot be stored.
    """
    lock = Lock()
    made: list[Reader] = []

    def read(name: str, text: str, hints: Hints) -> Added:
        from oskil.sources.plain import document_from_text

        raw = text.encode("utf-8", "surrogatepass")
        document, _ = document_from_text(text, hints, where=name, key=hints.url or name, raw=raw)
        with lock:
            if not made:
                made.append(reader())
            reading = made[0].read(document)
            return ledger.add(document, raw, reading, dt.datetime.now(dt.UTC))

    return read

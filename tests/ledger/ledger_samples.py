"""Records made by hand for the tests of the ledger."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from oskil.ledger.amendment import Amendment
from oskil.records import Claim, Document, Period, Reading, Span, quotation

TEXT = "Brod is ours again, the army said on Friday. Its troops took Velin and Lesno on Thursday."
NOON = dt.datetime(2022, 9, 9, 12, tzinfo=dt.UTC)


def document(text: str = TEXT, key: str = "https://example.org/brod", **fields: Any) -> Document:
    """A document whose id is the hash of key and text, as the sources make it."""
    given = {"published": "2022-09-09", "title": "Brod", "outlet": "Courier", **fields}
    identity = hashlib.sha256(f"{key}\n{text}".encode()).hexdigest()
    return Document(id=identity, key=key, text=text, **given)


def claim(of: Document, words: str, number: int = 0, **fields: Any) -> Claim:
    """A claim that quotes the first occurrence of some words."""
    start = of.text.index(words)
    spans = (Span(start, start + len(words)),)
    identity = hashlib.sha256(f"{of.id} {start} {number}".encode()).hexdigest()
    given = {"kind": "control", **fields}
    return Claim(id=identity, document=of.id, quote=quotation(of.text, spans), spans=spans, **given)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def period(first: str | None, last: str | None) -> Period:
    return Period(first and day(first), last and day(last))


def sample() -> tuple[Document, Reading]:
    """A document with two claims."""
    text = document()
    found = (
        claim(text, "Brod is ours again", speaker="the army", side="AA", places=(11,), holder="AA"),
        claim(
            text,
            "Its troops took Velin and Lesno on Thursday",
            1,
            speaker="Генерал Олексій",
            relays=("Wire_1",),
            side="AA",
            places=(12, 13),
            areas=(90,),
            time=period("2022-09-08", "2022-09-08"),
        ),
    )
    return text, Reading(text.id, "rules 1", found)


def withdrawal(of: Document, words: Claim | None = None, **fields: Any) -> Amendment:
    """The withdrawal of a document, or of a claim in it."""
    given = {"reason": "The outlet took it back.", "by": "Desk", **fields}
    noun, target = ("document", of.id) if words is None else ("claim", words.id)
    return Amendment(action="withdrawal", noun=noun, target=target, document=of.id, **given)  # type: ignore[arg-type]


def correction(of: Document, words: Claim, **changes: Any) -> Amendment:
    """The correction of a claim: some of its fields."""
    return Amendment(
        action="correction",
        noun="claim",
        target=words.id,
        document=of.id,
        reason="The reader was wrong.",
        by="Desk",
        claim=replace(words, **changes),
    )

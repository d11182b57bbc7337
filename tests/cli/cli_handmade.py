"""A small ledger made by hand, for the tables that people read: it changes only when the tables do."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from oskil.ledger.store import open_ledger
from oskil.places.gazetteer import load
from oskil.records import Claim, Document, Period, Quantity, Reading, Span, Toponym

BALAKLIYA, KUPIANSK, SHEVCHENKOVE, UKRAINE = 712926, 703656, 694137, 690791
NOON = dt.datetime(2022, 9, 10, 12, tzinfo=dt.UTC)

ARTICLE = (
    "Ukraine's army retook Balakliya on Thursday, a spokesman said, a wire reported. Its troops were denied "
    "to have reached Kupiansk, a town 62 kilometers southwest of Balakliya. Since 1 September they may have "
    "retaken about 1,000 square kilometers (200 square miles) of ground. Balakliya had 27,000 people. "
    "Footage showed trucks in Shevchenkove [UA]."
)
POST = (
    "We hold Balakliya, and \x1b[31mnothing\x1b[0m has changed there since July. "
    "Balakliya has 270,000 people."
)


def quoting(document: Document, words: str, kind: str, **fields: Any) -> Claim:
    """A claim that quotes some words of a document."""
    start = document.text.index(words)
    identity = hashlib.sha256(f"{document.key} {start} {kind}".encode()).hexdigest()
    spans = (Span(start, start + len(words)),)
    return Claim(id=identity, document=document.id, quote=words, spans=spans, kind=kind, **fields)


def quantity(document: Document, words: str, value: float, unit: str, **fields: Any) -> tuple[Quantity, ...]:
    """The quantity that some words of a document state."""
    start = document.text.index(words)
    return (Quantity(value=value, unit=unit, start=start, end=start + len(words), **fields),)


def days(first: str | None, last: str | None) -> Period:
    """A period between two ISO days."""
    return Period(*(dt.date.fromisoformat(day) if day else None for day in (first, last)))


def toponyms(document: Document) -> tuple[Toponym, ...]:
    """The first mention of each place, and the object of the direction."""
    gazetteer = load()
    found = []
    for phrase, place, after in (
        ("Balakliya", BALAKLIYA, 0),
        ("Kupiansk", KUPIANSK, 0),
        ("Balakliya", BALAKLIYA, 100 if document.text == ARTICLE else 20),
        ("Shevchenkove", SHEVCHENKOVE, 0),
    ):
        start = document.text.find(phrase, after)
        if start >= 0:
            placed = gazetteer.get(place)
            found.append(Toponym(start=start, end=start + len(phrase), phrase=phrase, place=placed))
    return tuple(sorted(set(found), key=lambda t: t.start))


def article() -> tuple[Document, Reading]:
    """An article with most of what a claim can hold."""
    text = Document(
        id=hashlib.sha256(b"article").hexdigest(),
        key="https://courier.example.org/a",
        text=ARTICLE,
        title="Balakliya retaken",
        outlet="The Donets Courier",
        published="2022-09-09T08:00:00+03:00",
    )
    thousand = "about 1,000 square kilometers (200 square miles)"
    claims = (
        quoting(
            text,
            "Ukraine's army retook Balakliya on Thursday",
            "control",
            speaker="a spokesman",
            side="UA",
            relays=("a wire", "Telegram"),
            places=(BALAKLIYA,),
            areas=(UKRAINE,),
            time=days("2022-09-08", "2022-09-08"),
            holder="UA",
        ),
        quoting(text, "reached Kupiansk", "movement", polarity="denied", places=(KUPIANSK,)),
        quoting(
            text,
            "a town 62 kilometers southwest of Balakliya",
            "background",
            places=(KUPIANSK, BALAKLIYA),
            quantities=quantity(text, "62 kilometers", 62, "km"),
        ),
        quoting(
            text,
            f"Since 1 September they may have retaken {thousand} of ground",
            "area",
            certainty="hedged",
            areas=(UKRAINE,),
            time=days("2022-09-01", "2022-09-09"),
            quantities=quantity(text, thousand, 1000, "km2", comparator="about", converted=(200, "mile**2")),
        ),
        quoting(
            text,
            "Balakliya had 27,000 people",
            "background",
            places=(BALAKLIYA,),
            time=days(None, "2022-02-24"),
            quantities=quantity(text, "27,000 people", 27000, "people"),
        ),
        quoting(text, "trucks in Shevchenkove", "movement", places=(SHEVCHENKOVE,), evidence="footage"),
    )
    return text, Reading(text.id, "by hand", claims, (), toponyms(text))


def post() -> tuple[Document, Reading]:
    """A channel's post: the channel speaks itself, and its text tries to colour the terminal."""
    text = Document(
        id=hashlib.sha256(b"post").hexdigest(),
        key="post.txt",
        text=POST,
        outlet="Western Rampart",
        published="2022-09-09",
        medium="post",
    )
    claims = (
        quoting(
            text,
            "We hold Balakliya, and \x1b[31mnothing\x1b[0m has changed there since July",
            "control",
            speaker="Western Rampart",
            side="RU",
            places=(BALAKLIYA,),
            time=days("2022-07-01", None),
            holder="RU",
        ),
        quoting(
            text,
            "Balakliya has 270,000 people",
            "background",
            speaker="Western Rampart",
            side="RU",
            places=(BALAKLIYA,),
            quantities=quantity(text, "270,000 people", 270000, "people"),
        ),
    )
    return text, Reading(text.id, "by hand", claims, (), toponyms(text))


def fill(path: Path) -> None:
    """Write the ledger."""
    with open_ledger(path) as ledger:
        for text, reading in (article(), post()):
            ledger.add(text, text.text.encode(), reading, NOON)

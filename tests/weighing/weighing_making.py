"""Claims and documents in a line each, for the tests of propositions and origins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from oskil.conflict import ConflictProfile
from oskil.conflict.profile import Actor, Party
from oskil.records import Claim, Document, Period, Proposition, Quantity, Span
from oskil.weighing import origins, propositions

BROD, LESNO = 11, 12
PROFILE = ConflictProfile(
    id="made",
    name="A war made up",
    timezone="UTC",
    bbox=(0.0, 0.0, 1.0, 1.0),
    countries=(),
    parties=(Party("NO", "Norland", ("Norland", "Norlandic")), Party("SU", "Sudia", ("Sudia", "Sudian"))),
    actors=(
        Actor(("General Staff of Norland", "General Staff", "Norland's General Staff"), "body", "NO"),
        Actor(("Ivo Kral", "Kral"), "person", "SU"),
    ),
)


def document(name: str, at: str = "2022-09-08T10:00:00+00:00", text: str = "", **fields: Any) -> Document:
    """A text by the outlet of that name, unless `outlet` says otherwise."""
    given = {"id": name, "outlet": name, "key": name, **fields}
    return Document(published=at, text=text or f"A text of {name}.", **given)


def claim(within: Document, quote: str = "", on: str | None = "2022-09-08", **fields: Any) -> Claim:
    """A claim of control of Brod by Norland, unless the fields say otherwise; its words stand in the text."""
    quote = quote or within.text
    start = max(0, within.text.find(quote))
    day = dt.date.fromisoformat(on) if on else None
    given: dict[str, Any] = {"kind": "control", "places": (BROD,), "holder": "NO", **fields}
    number = fields.pop("number", "")
    given.pop("number", None)
    return Claim(
        id=f"{within.id}:{start}:{number}:{given['kind']}",
        document=within.id,
        quote=quote,
        spans=(Span(start, start + len(quote)),),
        time=Period(day, day) if day else None,
        **given,
    )


def quantity(value: float, unit: str, words: str = "") -> Quantity:
    """A figure somewhere in the quotation."""
    return Quantity(value=value, unit=unit, start=0, end=1, comparator=words)


def traced(claims: Iterable[Claim], documents: Iterable[Document], **options: Any) -> tuple[Proposition, ...]:
    """The propositions of these claims, with their origins, under the profile made up."""
    told, texts = list(claims), list(documents)
    met = propositions.group(told, texts)
    return origins.traced(met, told, texts, origins.Names(PROFILE), **options)

"""Weighed pieces of records made by hand, without a page's files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, FakeLedger, claim, document

from oskil.publishing import page as pages
from oskil.publishing import safety, site, weighed
from oskil.publishing.pieces import Layout
from oskil.records import Document, Period, Place, Reading

Said = tuple[str, str, int, dt.date]


def basis(
    ledger: FakeLedger,
    *,
    options: safety.Safety | None = None,
    given: weighed.Given | None = None,
    places: Sequence[Place] | None = None,
    now: dt.datetime = NOW,
) -> weighed.Basis:
    """What the weighed pieces of a ledger are made from."""
    chosen = options or safety.Safety()
    gazetteer = FakeGazetteer(places) if places else FakeGazetteer()
    material, redactor = site.gather(ledger, gazetteer, PROFILE, chosen, now)
    page = pages.build(material, gazetteer, PROFILE, chosen, redactor)
    layout = Layout(page.record, [site.text_length(text) for text in page.texts])
    return weighed.Basis(
        layout=layout,
        material=material,
        gazetteer=gazetteer,
        profile=PROFILE,
        options=chosen,
        redactor=redactor,
        now=now,
        given=given or weighed.Given(),
    )


def pieces(ledger: FakeLedger, **told: Any) -> dict[str, Any]:
    """The weighed pieces of a ledger."""
    made = basis(ledger, **told)
    return weighed.pieces(made, weighed.weigh(made))


def told(
    *said: tuple[str, str, int],
    day: dt.date = DAY,
    outlet: str = "The Daily Courier",
    key: str = "",
    **of: Any,
) -> tuple[Document, Reading]:
    """A text whose sentences each say who holds a place: (side of the speaker, holder, place)."""
    lines = [f"{side} says that {holder} holds place {place}." for side, holder, place in said]
    fields = {"outlet": outlet, "published": day.isoformat(), **of}
    made = document("\n".join(lines), key or f"{outlet} {day}", **fields)
    claims = tuple(
        claim(
            made,
            line,
            "control",
            speaker=f"Army of {side}",
            side=side,
            holder=holder,
            places=(place,),
            time=Period(day, day),
        )
        for line, (side, holder, place) in zip(lines, said, strict=True)
    )
    return made, Reading(made.id, "handmade 1", claims)


def ledger_of(*texts: tuple[Document, Reading]) -> FakeLedger:
    """A ledger of these texts."""
    made = FakeLedger()
    for text, reading in texts:
        made.add(text, reading)
    return made

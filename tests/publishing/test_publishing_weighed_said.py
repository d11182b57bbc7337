"""Who is said to hold what on any day, as known on any other: the columns, and the rule that they are for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from publishing_handmade import DAY, NOW, FakeLedger
from publishing_weighing import basis, ledger_of, told

from oskil.publishing.holders import Holding, Stood, said_to_hold
from oskil.publishing.weighed import said

LATER = DAY + dt.timedelta(days=3)


def rule(
    columns: dict[str, list[int]], row: int, on: int, known: int, independent: int
) -> tuple[str, set[int]]:
    """The standing and holders of a row by the columns, as a page calculates them."""
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    kept = [
        r
        for r in rows
        if r["place"] == row
        and r["day"] <= on
        and r["known"] <= known
        and (r["until"] < 0 or known < r["until"])
    ]
    kept.sort(key=lambda r: (r["day"], r["order"]))
    if not kept:
        return "mentioned", set()
    latest = {r["side"]: r["day"] for r in kept}
    counted = [r for r in kept if r["day"] == latest[r["side"]] and kept[-1]["day"] - r["day"] <= 1]
    affirmed = {r["holder"] for r in counted if not r["denied"]}
    denied = {r["holder"] for r in counted if r["denied"]}
    if not affirmed:
        return "mentioned", set()
    if len(affirmed) > 1 or affirmed & denied:
        return "contested", affirmed | denied
    alone = all(r["side"] == independent for r in counted if not r["denied"])
    return ("assessed" if alone else "claimed"), affirmed


def reference(made: Any, place: int, on: dt.date, known: dt.date) -> Holding:
    days = {r.stored.document.id: r.stored.document.published_on for r in made.material.read}
    stood = said.stood(made.material.read)
    return said_to_hold(place, made.claims, days, on=on, known=known, stood=stood)


def test_the_columns_give_what_the_rule_gives_on_every_pair_of_days() -> None:
    made = basis(
        ledger_of(
            told(("AR", "AR", 1), ("BO", "BO", 2)),
            told(("BO", "BO", 1), ("independent", "AR", 4), day=DAY + dt.timedelta(days=1)),
            told(("AR", "AR", 2), ("BO", "BO", 4), day=LATER),
        )
    )
    columns = said.piece(made)
    assert columns is not None
    layout = made.layout
    independent = layout.side["independent"]
    seen = set()
    for on in range(layout.days):
        for known in range(layout.days):
            for place in (1, 2, 4):
                day, then = (layout.first + dt.timedelta(days=n) for n in (on, known))
                held = reference(made, place, day, then)
                standing, holders = rule(columns, layout.rows[place], on, known, independent)
                assert standing == held.standing
                assert holders == {layout.parties[h] for h in held.holders}
                seen.add(standing)
    assert seen == {"mentioned", "claimed", "assessed", "contested"}


def test_a_revision_takes_back_what_it_no_longer_says() -> None:
    ledger = FakeLedger()
    first, reading = told(("AR", "AR", 1), key="one")
    second, newer = told(("AR", "BO", 1), key="one", published=LATER.isoformat())
    ledger.add(first, reading, revision=1, latest=False)
    ledger.add(second, newer, revision=2)
    made = basis(ledger)
    assert reference(made, 1, DAY, DAY).holders == ("AR",)
    assert reference(made, 1, LATER, LATER).holders == ("BO",)
    columns = said.piece(made)
    assert columns is not None
    assert sorted(zip(columns["known"], columns["until"], strict=True)) == [(0, 3), (3, -1)]


def test_a_revision_that_keeps_its_day_is_known_from_its_recording() -> None:
    ledger = FakeLedger()
    ledger.add(*told(("AR", "AR", 1), key="one"), revision=1, latest=False)
    ledger.add(*told(("AR", "BO", 1), key="one"), revision=2)
    known = said.stood(basis(ledger).material.read)
    assert sorted(known.values(), key=lambda s: s.known) == [
        Stood(DAY, NOW.date() - dt.timedelta(days=5)),
        Stood(NOW.date() - dt.timedelta(days=5), None),
    ]


def test_words_from_before_the_page_begins_tell_how_it_begins() -> None:
    """Those that others superseded are not there: all earlier days count as the first one."""
    late = [told(("AR", "AR", 5), outlet=f"Outlet {n}") for n in range(150)]
    old = told(("AR", "AR", 1), day=dt.date(2014, 4, 7), published=DAY.isoformat(), outlet="Old")
    newer = told(("BO", "BO", 1), day=dt.date(2014, 5, 7), published=DAY.isoformat(), outlet="Newer")
    made = basis(ledger_of(old, newer, *late))
    columns = said.piece(made)
    assert columns is not None
    assert made.layout.first > dt.date(2014, 5, 7)
    assert rule(columns, made.layout.rows[1], 0, made.layout.days, -9) == ("claimed", {1})


def test_nobody_says_who_holds_anything() -> None:
    assert said.piece(basis(FakeLedger())) is None

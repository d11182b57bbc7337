"""Lists claims by a filter, quickly whatever it asks for.

A database chooses one index and is sometimes badly wrong: one part of a filter is rare, and it goes through
a common one. So the parts are counted first, as far as it matters. The rarest leads: its claims are looked
up by its index and tested for the others, and only what is left is looked at. Where all are common, the
claims are gone through in their order until there are enough.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Connection, Engine, Select, bindparam, func, select

from oskil.ledger import queries
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.known import Known, known_on
from oskil.ledger.schema import claims

# A part of a filter with more claims than this is common.
RARE = 20_000
# How many claims are looked at by one query: few at first, as they may be enough.
AT_FIRST, AT_ONCE = 150, 500
# Counts only choose the way: they are kept for so many seconds, and so many of them.
KEPT_SECONDS, KEPT_COUNTS = 300, 20_000
_COUNTS: WeakKeyDictionary[Engine, dict[tuple[Any, ...], int]] = WeakKeyDictionary()
# Where all parts are common, the first of these that there is leads; its index has the claims in their order.
_LEADERS = ("kind", "side")


def listed(connection: Connection, wanted: ClaimFilter) -> Iterator[Any]:
    """The rows of `queries.stored_claims` that fulfil a filter. Its `document` must be a whole id."""
    if wanted.limit is not None and wanted.limit <= 0:
        return
    known = known_on(connection, wanted.as_known_on)
    rows = _rows(connection, wanted, known)
    for _ in range(wanted.offset):
        if next(rows, None) is None:
            return
    for count, row in enumerate(rows, 1):
        yield row
        if count == wanted.limit:
            return


def _rows(connection: Connection, wanted: ClaimFilter, known: Known) -> Iterator[Any]:
    joined = queries.joined(wanted)
    # Both together are never more than either.
    covered = {part for parts in joined.values() for part in parts}
    parts = [*(part for part in queries.conditions(wanted) if part not in covered), *joined]
    counts = {name: _count(connection, wanted, name) for name in parts}
    rare = sorted((name for name in parts if counts[name] <= RARE), key=counts.__getitem__)
    newest = None
    if known.last is not None:
        # Claims are numbered as they were recorded: what came later need not be looked at.
        newest = _newest(connection, known.last)
    if not rare:
        enough = None if wanted.limit is None else wanted.limit + wanted.offset
        found = queries.stored_claims(known, wanted.latest)
        if newest is not None:
            found = found.where(claims.c.number <= newest)
        yield from connection.execute(_in_order(found, wanted, enough)).all()
        return
    for some in _numbers(connection, wanted, rare[0]):
        if newest is not None:
            some = [number for number in some if number <= newest]
        yield from connection.execute(_among(known, wanted.latest), {"numbers": some}).all()


@lru_cache(64)
def _among(known: Known, latest: bool) -> Select[Any]:
    """Claims of the `numbers` given; made once, since making it takes longer than most answers."""
    numbers: BindParameter[Any] = bindparam("numbers", expanding=True)
    return queries.stored_claims(known, latest).where(claims.c.number.in_(numbers))


def _newest(connection: Connection, last: int) -> int:
    known = select(claims.c.number).where(claims.c.reading <= last)
    return connection.scalar(known.order_by(claims.c.reading.desc(), claims.c.number.desc()).limit(1)) or 0


def _count(connection: Connection, wanted: ClaimFilter, name: str) -> int:
    """How many claims fulfil one part, up to one more than what is rare."""
    kept = _COUNTS.setdefault(connection.engine, {})
    asked = (name, *_values(wanted, name), int(time.monotonic() / KEPT_SECONDS))
    if asked not in kept:
        some = queries.candidates(wanted, name).limit(RARE + 1).subquery()
        if len(kept) >= KEPT_COUNTS:
            kept.clear()
        kept[asked] = connection.scalar(select(func.count()).select_from(some)) or 0
    return kept[asked]


def _values(wanted: ClaimFilter, name: str) -> tuple[Any, ...]:
    return {
        "places": (wanted.places,),
        "days": (wanted.since, wanted.until),
        queries.KIND_AND_DAYS: (wanted.kind, wanted.since, wanted.until),
    }.get(name) or (getattr(wanted, name),)


def _numbers(connection: Connection, wanted: ClaimFilter, rarest: str) -> Iterator[list[int]]:
    """The numbers of the claims that fulfil all parts, in order, so many as are looked at by one query."""
    start, step = 0, AT_FIRST if wanted.limit else AT_ONCE
    if wanted.limit and (rarest in _LEADERS or (rarest == "places" and len(wanted.places) == 1)):
        # An index has these in their order: no more are tested than it takes to find enough.
        last, found = wanted.after, _led(wanted, rarest)
        number = found.selected_columns[0]
        while some := connection.scalars(found.where(number > last).order_by(number).limit(step)).all():
            yield list(some)
            last, step = some[-1], AT_ONCE
        return
    numbers = connection.scalars(_fulfilling(wanted, rarest)).all()
    ordered = sorted(n for n in set(numbers) if n > wanted.after)
    while start < len(ordered):
        yield ordered[start : start + step]
        start, step = start + step, AT_ONCE


def _led(wanted: ClaimFilter, leader: str) -> Select[Any]:
    """The numbers of the claims that fulfil all parts, the leader by its index and the others tested."""
    tests = queries.apart(wanted)
    del tests[leader]
    if leader != "places":
        return select(claims.c.number).where(queries.conditions(wanted)[leader], *tests.values())
    found = queries.candidates(wanted, leader)
    if tests:
        found = found.join(claims, claims.c.number == found.selected_columns[0])
    return found.where(*tests.values())


def _fulfilling(wanted: ClaimFilter, rarest: str) -> Select[Any]:
    tests = queries.apart(wanted)
    for part in queries.joined(wanted).get(rarest, ()):
        del tests[part]
    if set(tests) <= {rarest}:
        # Nothing else is to be tested: the index has the answer.
        return queries.candidates(wanted, rarest)
    if rarest in ("places", "document", queries.KIND_AND_DAYS):
        tests[rarest] = claims.c.number.in_(queries.candidates(wanted, rarest))
    else:
        tests[rarest] = queries.conditions(wanted)[rarest]
    return select(claims.c.number).where(claims.c.number > wanted.after, *tests.values())


def _in_order(found: Select[Any], wanted: ClaimFilter, enough: int | None) -> Select[Any]:
    tests = queries.apart(wanted)
    for name in _LEADERS:
        if name in tests:
            tests[name] = queries.conditions(wanted)[name]
            break
    if wanted.after:
        found = found.where(claims.c.number > wanted.after)
    return found.where(*tests.values()).limit(enough)

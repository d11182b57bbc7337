"""Lists claims by a filter, quickly whatever it asks for.

A database chooses one index and is sometimes badly wrong: one part of a filter is rare, and it goes through
a common one. So the parts are counted first, as far as it matters. The rarest leads: its claims are looked
up by its index and tested for the others, and only what is left is looked at. Where all are common, the
claims are gone through in their order until there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from oskil.ledger import queries
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.known import Known, known_on
from oskil.ledger.schema import claims

# A part of a filter with more claims than this is common.
RARE = 20_000
# How many claims are looked at by one query: few at first, as they may be enough.
AT_FIRST, AT_ONCE = 150, 500
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
    counts = {name: _count(connection, queries.candidates(wanted, name)) for name in parts}
    rare = sorted((name for name in parts if counts[name] <= RARE), key=counts.__getitem__)
    found = queries.stored_claims(known, wanted.latest)
    if known.last is not None:
        # Claims are numbered as they were recorded: what came later need not be looked at.
        found = found.where(claims.c.number <= _newest(connection, known.last))
    if not rare:
        enough = None if wanted.limit is None else wanted.limit + wanted.offset
        yield from connection.execute(_in_order(found, wanted, enough))
        return
    numbers = _numbers(connection, wanted, rare[0])
    start, step = 0, AT_FIRST if wanted.limit else AT_ONCE
    while start < len(numbers):
        some = numbers[start : start + step]
        yield from connection.execute(found.where(claims.c.number.in_(some)))
        start, step = start + step, AT_ONCE


def _newest(connection: Connection, last: int) -> int:
    known = select(claims.c.number).where(claims.c.reading <= last)
    return connection.scalar(known.order_by(claims.c.reading.desc(), claims.c.number.desc()).limit(1)) or 0


def _count(connection: Connection, numbers: Select[Any]) -> int:
    some = numbers.limit(RARE + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def _numbers(connection: Connection, wanted: ClaimFilter, rarest: str) -> list[int]:
    tests = queries.apart(wanted)
    for part in queries.joined(wanted).get(rarest, ()):
        del tests[part]
    if set(tests) <= {rarest}:
        # Nothing else is to be tested: the index has the answer.
        return sorted({n for n in connection.scalars(queries.candidates(wanted, rarest)) if n > wanted.after})
    if rarest in ("places", "document", queries.KIND_AND_DAYS):
        tests[rarest] = claims.c.number.in_(queries.candidates(wanted, rarest))
    else:
        tests[rarest] = queries.conditions(wanted)[rarest]
    found = select(claims.c.number).where(claims.c.number > wanted.after, *tests.values())
    return sorted(connection.scalars(found))


def _in_order(found: Select[Any], wanted: ClaimFilter, enough: int | None) -> Select[Any]:
    tests = queries.apart(wanted)
    for name in _LEADERS:
        if name in tests:
            tests[name] = queries.conditions(wanted)[name]
            break
    if wanted.after:
        found = found.where(claims.c.number > wanted.after)
    return found.where(*tests.values()).limit(enough)

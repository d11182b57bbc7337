"""Lists claims by a filter, quickly whatever it asks for.

A database chooses one index and is sometimes badly wrong: one part of a filter is rare, and it goes through
a common one. So the parts are counted first, as far as it matters. Those that are rare are looked up
and intersected, and only what is left is looked at. Where all are common, the claims are gone through
in their order until there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from oskil.ledger import queries
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.known import Known, known_on
from oskil.ledger.schema import claims

# A part of a filter with more claims than this is common.
RARE = 30_000
# How many claims are looked at by one query.
AT_ONCE = 500
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
    parts = list(queries.conditions(wanted))
    rare = [name for name in parts if _is_rare(connection, queries.candidates(wanted, name))]
    enough = None if wanted.limit is None else wanted.limit + wanted.offset
    found = queries.stored_claims(known, wanted.latest)
    if not rare:
        yield from connection.execute(_in_order(found, wanted, enough))
        return
    numbers = _numbers(connection, wanted, rare)
    tests = queries.apart(wanted)
    found = found.where(*(tests[name] for name in parts if name not in rare))
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        yield from connection.execute(found.where(claims.c.number.in_(some)))


def _is_rare(connection: Connection, numbers: Select[Any]) -> bool:
    some = numbers.limit(RARE + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) <= RARE


def _numbers(connection: Connection, wanted: ClaimFilter, rare: Sequence[str]) -> list[int]:
    left: set[int] | None = None
    for name in rare:
        found = set(connection.scalars(queries.candidates(wanted, name)))
        left = found if left is None else left & found
    return sorted(number for number in left or () if number > wanted.after)


def _in_order(found: Select[Any], wanted: ClaimFilter, enough: int | None) -> Select[Any]:
    tests = queries.apart(wanted)
    for name in _LEADERS:
        if name in tests:
            tests[name] = queries.conditions(wanted)[name]
            break
    if wanted.after:
        found = found.where(claims.c.number > wanted.after)
    return found.where(*tests.values()).limit(enough)

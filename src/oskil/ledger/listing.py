"""Lists claims by a filter, quickly whatever it asks for.

A database chooses one index and is sometimes badly wrong: one part of a filter is rare, and it goes through
a common one. So the parts are counted first, as far as it matters. The rarest leads: its claims are looked
up by its index and tested for the others, and only what is left is looked at. Where all are common, the
claims are gone through in their order until there are enough.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, ColumnElement, Connection, Engine, Select, bindparam, func, select

from oskil.ledger import queries
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.known import Known, known_on
from oskil.ledger.queries import Shape
from oskil.ledger.schema import claims

# A part of a filter with more claims than this is common.
RARE = 20_000
# A part with no more than these leads at once; whether another is rarer still makes no difference.
FEW = 300
# So many voices are named one by one.
FEW_VOICES = 500
# How many claims are looked at by one query, at most.
AT_ONCE = 500
# How many claims are gone through by the first query, where all parts are common.
WINDOW = 5_000
# How many claims of one place are tested by one query, at most: a database takes no more values at once.
MOST_TESTED = 8_000
# By how much more are looked up each time, where those were not enough.
_MORE = 4
# Counts only choose the way: they are kept for so many seconds, and so many of them.
KEPT_SECONDS, KEPT_COUNTS = 300, 20_000
_COUNTS: WeakKeyDictionary[Engine, dict[tuple[Any, ...], int]] = WeakKeyDictionary()
# The order in which parts are counted.
_CHEAPEST = ("document", "side", "kind", "places", "voices", "speaker", queries.KIND_AND_DAYS, "days")
# Where all parts are common, these lead; an index has the claims of one or of both in their order.
_LEADERS = ("kind", "side")

Values = Mapping[str, Any]


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
    shape: Shape = queries.shape_of(wanted)
    values: Values = queries.values_of(wanted)
    if "speaker" in shape:
        shape, values = _with_voices(connection, shape, values)
    rarest = _rarest(connection, shape, values)
    newest = None
    if known.last is not None:
        # Claims are numbered as they were recorded: what came later need not be looked at.
        newest = _newest(connection, known.last)
    if rarest is None and wanted.limit is None:
        found = _in_order(shape, known, wanted.latest, newest is not None)
        yield from connection.execute(found, {**values, "newest": newest}).all()
        return
    if rarest is None:
        numbers = _by_windows(connection, wanted, shape, values)
    else:
        numbers = _numbers(connection, wanted, rarest, shape, values)
    for some in numbers:
        if newest is not None:
            some = [number for number in some if number <= newest]
            if not some:
                return  # the numbers come in order: those that follow are later still
        yield from connection.execute(_among(known, wanted.latest), {"numbers": some}).all()


def _with_voices(connection: Connection, shape: Shape, values: Values) -> tuple[Shape, Values]:
    """The same with the ids of the speaker's voices, if they are few: a database cannot tell how many will be
    found by letters within names, and would rather look at all claims.
    """
    found = connection.scalars(queries.voices_like().limit(FEW_VOICES + 1), values).all()
    if len(found) > FEW_VOICES:
        return shape, values
    return shape - {"speaker"} | {"voices"}, {**values, "voices": list(found)}


def _rarest(connection: Connection, shape: Shape, values: Values) -> str | None:
    """The part of a filter by which to look claims up; None where all are common."""
    joined = queries.joined(shape)
    # Both together are never more than either.
    covered = {part for parts in joined.values() for part in parts}
    counts: dict[str, int] = {}
    for name in sorted({*queries.parts_of(shape), *joined} - covered, key=_CHEAPEST.index):
        counts[name] = _count(connection, name, values)
        if counts[name] <= FEW:
            return name
    rare = min((name for name in counts if counts[name] <= RARE), key=counts.__getitem__, default=None)
    # Of what is common, a place is the rarest by far.
    return "places" if rare is None and len(values.get("places", ())) == 1 else rare


@lru_cache(64)
def _among(known: Known, latest: bool) -> Select[Any]:
    """Claims of the `numbers` given."""
    numbers: BindParameter[Any] = bindparam("numbers", expanding=True)
    return queries.stored_claims(known, latest).where(claims.c.number.in_(numbers))


def _newest(connection: Connection, last: int) -> int:
    known = select(claims.c.number).where(claims.c.reading <= last)
    return connection.scalar(known.order_by(claims.c.reading.desc(), claims.c.number.desc()).limit(1)) or 0


def _count(connection: Connection, name: str, values: Values) -> int:
    """How many claims fulfil one part, up to one more than what is rare."""
    kept = _COUNTS.setdefault(connection.engine, {})
    asked = (name, *_asked(values, name), int(time.monotonic() / KEPT_SECONDS))
    if asked not in kept:
        if len(kept) >= KEPT_COUNTS:
            kept.clear()
        kept[asked] = connection.scalar(_counting(name), values) or 0
    return kept[asked]


@cache
def _counting(name: str) -> Select[Any]:
    return select(func.count()).select_from(queries.candidates(name).limit(RARE + 1).subquery())


def _asked(values: Values, name: str) -> tuple[Any, ...]:
    days = ("since", "until")
    named = {
        "days": days,
        queries.KIND_AND_DAYS: ("kind", *days),
        "speaker": ("letters",),
        "voices": ("letters",),
    }
    return tuple(str(values[part]) for part in named.get(name, (name,)))


def _numbers(
    connection: Connection, wanted: ClaimFilter, rarest: str, shape: Shape, values: Values
) -> Iterator[list[int]]:
    """The numbers of the claims that fulfil all parts, in order, so many as are looked at by one query."""
    limited = wanted.limit is not None
    if rarest == "places" and len(wanted.places) == 1:
        yield from _at_place(connection, wanted, shape, values)
        return
    found = (_led if rarest in _LEADERS else _fulfilling)(shape, rarest, limited)
    last, step = wanted.after, _at_first(wanted)
    while some := connection.scalars(found, {**values, "last": last, "step": step}).all():
        yield from _portions(some, wanted)
        if not limited:
            return
        last, step = some[-1], step * _MORE


def _at_place(
    connection: Connection, wanted: ClaimFilter, shape: Shape, values: Values
) -> Iterator[list[int]]:
    """The same for one place: its claims in order, as an index has them; of those what fulfils the rest."""
    alone = queries.parts_of(shape) == {"places"}
    last, step = wanted.after, _at_first(wanted) if alone else AT_ONCE
    while some := connection.scalars(_of_place(), {**values, "last": last, "step": step}).all():
        kept = some
        if not alone:
            kept = connection.scalars(_tested(shape), {**values, "numbers": list(some)}).all()
        yield from _portions(kept, wanted)
        last, step = some[-1], min(step * _MORE, MOST_TESTED)


def _portions(numbers: Sequence[int], wanted: ClaimFilter) -> Iterator[list[int]]:
    """As many as are probably enough, and then as many as one query looks at."""
    start, size = 0, _at_first(wanted)
    while start < len(numbers):
        yield list(numbers[start : start + size])
        start, size = start + size, AT_ONCE


@cache
def _of_place() -> Select[Any]:
    found = queries.candidates("places")
    number = found.selected_columns[0]
    return found.where(number > bindparam("last")).order_by(number).limit(bindparam("step"))


@lru_cache(1024)
def _tested(shape: Shape) -> Select[Any]:
    tests = dict(queries.apart(shape))
    del tests["places"]
    numbers: BindParameter[Any] = bindparam("numbers", expanding=True)
    found = select(claims.c.number).where(claims.c.number.in_(numbers), *tests.values())
    return found.order_by(claims.c.number)


def _by_windows(
    connection: Connection, wanted: ClaimFilter, shape: Shape, values: Values
) -> Iterator[list[int]]:
    """The same where all parts are common: whatever way a database takes through one window, it is short."""
    end = connection.scalar(select(func.max(claims.c.number))) or 0
    last, width, step = wanted.after, WINDOW, _at_first(wanted)
    while last < end:
        window = {"last": last, "upto": last + width, "step": step}
        some = connection.scalars(_in_window(shape), {**values, **window}).all()
        yield from _portions(some, wanted)
        if len(some) < step:
            last, width = last + width, width * _MORE
        else:
            last, step = some[-1], step * _MORE


@lru_cache(1024)
def _in_window(shape: Shape) -> Select[Any]:
    number = claims.c.number
    tests = dict(queries.apart(shape)) | _leading(shape)
    inside = select(number).where(number > bindparam("last"), number <= bindparam("upto"), *tests.values())
    return inside.order_by(number).limit(bindparam("step"))


def _at_first(wanted: ClaimFilter) -> int:
    # Most claims stand: a few more than are asked for will do.
    if wanted.limit is None:
        return AT_ONCE
    asked = wanted.limit + wanted.offset
    return min(AT_ONCE, asked + asked // 4 + 16)


@lru_cache(1024)
def _led(shape: Shape, leader: str, limited: bool) -> Select[Any]:
    """The numbers of the claims that fulfil all parts, in order as an index of the `leader` has them."""
    tests = dict(queries.apart(shape)) | _leading(shape)
    number = claims.c.number
    found = select(number).where(number > bindparam("last"), *tests.values()).order_by(number)
    return _stepwise(found, limited)


def _leading(shape: Shape) -> dict[str, ColumnElement[bool]]:
    # One index has the claims of a kind and a side in their order.
    return {name: test for name, test in queries.conditions(shape).items() if name in _LEADERS}


@lru_cache(1024)
def _fulfilling(shape: Shape, rarest: str, limited: bool) -> Select[Any]:
    """The same, with all that fulfil the rarest part looked up."""
    tests = dict(queries.apart(shape))
    for part in queries.joined(shape).get(rarest, ()):
        del tests[part]
    if set(tests) <= {rarest}:
        # Nothing else is to be tested: the index has the answer.
        found = queries.candidates(rarest)
    else:
        if rarest in ("places", "document", queries.KIND_AND_DAYS):
            tests[rarest] = claims.c.number.in_(queries.candidates(rarest))
        else:
            tests[rarest] = queries.conditions(shape)[rarest]
        found = select(claims.c.number).where(*tests.values())
    once = found.distinct().subquery()
    # The sums keep a database from going through all claims in their order.
    number = once.c.number + 0
    return _stepwise(select(number).where(number > bindparam("last")).order_by(number), limited)


def _stepwise(found: Select[Any], limited: bool) -> Select[Any]:
    return found.limit(bindparam("step")) if limited else found


@lru_cache(1024)
def _in_order(shape: Shape, known: Known, latest: bool, cut: bool) -> Select[Any]:
    """All that fulfils all parts, in order; `cut` leaves out what is numbered over the `newest`."""
    tests = dict(queries.apart(shape)) | _leading(shape)
    found = queries.stored_claims(known, latest).where(*tests.values())
    found = found.where(claims.c.number > bindparam("after_claim"))
    return found.where(claims.c.number <= bindparam("newest")) if cut else found

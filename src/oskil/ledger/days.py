"""Periods in ordinary indexes: which of a million overlap some days, without looking at the others.

The relational interval tree of Kriegel, Pötke and Seidl (VLDB 2000). Days are the leaves and inner nodes
of one fixed binary tree over the day numbers. A period is kept at the topmost node that it covers; the
periods that overlap a window are kept at the nodes inside the window, or at one of the few on the paths
down to its two ends.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, between, bindparam, or_

from oskil.ledger.schema import claims

# Ordinals up to 9999-12-31 (3,652,059) are below 2 to this power.
HEIGHT = 22


def node(first: dt.date, last: dt.date) -> int:
    """The topmost node that a period covers, as a day number. A period that ends before it begins has that
    of the two days in their order.
    """
    low, high = sorted((first.toordinal(), last.toordinal()))
    if low == high:
        return low
    # The highest bit in which the day before the period and its last day differ: the node with that bit
    # set and none below lies in the period, and no higher one does.
    bit = ((low - 1) ^ high).bit_length() - 1
    return high >> bit << bit


def overlapping(*also: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a claim's days overlap the `window`, put so that the two indexes answer it.

    What must be so `also` stands beside each of the three cases: a database looks for an index in each alone.
    """
    before: BindParameter[Any] = bindparam("before", expanding=True)
    after: BindParameter[Any] = bindparam("after", expanding=True)
    columns = claims.c
    return or_(
        and_(*also, between(columns.node, bindparam("low"), bindparam("high"))),
        and_(*also, columns.node.in_(before), columns.last_day >= bindparam("since")),
        and_(*also, columns.node.in_(after), columns.first_day <= bindparam("until")),
    )


def window(since: dt.date | None, until: dt.date | None) -> dict[str, Any]:
    """What `overlapping` takes for the days between two, both included; None leaves an end open."""
    first, last = since or dt.date.min, until or dt.date.max
    low, high = first.toordinal(), last.toordinal()
    return {
        "since": first,
        "until": last,
        "low": low,
        "high": high,
        "before": [n for n in _path(low) if n < low],
        "after": [n for n in _path(high) if n > high],
    }


def _path(leaf: int) -> list[int]:
    """The nodes from the root down to a leaf."""
    found, at = [], 1 << HEIGHT
    step = at
    while step > 0:
        found.append(at)
        if leaf == at:
            break
        step >>= 1
        at += step if leaf > at else -step
    return found

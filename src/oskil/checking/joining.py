"""The checks as a whole: which there are, and running them over claims."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

from oskil.checking.interface import Case, Check
from oskil.records import Verdict

GROUP = "oskil.checks"


def checks() -> tuple[Check, ...]:
    """The shipped checks, then those that installed packages offer as entry points of `oskil.checks`."""
    from oskil.checking.advance import Advance
    from oskil.checking.area import Area
    from oskil.checking.calendar import Calendar
    from oskil.checking.contradiction import Contradicting
    from oskil.checking.control import Control
    from oskil.checking.conversion import Conversion
    from oskil.checking.crossing import Crossing
    from oskil.checking.daylight import Daylight
    from oskil.checking.direction import Direction
    from oskil.checking.distance import Distance
    from oskil.checking.duration import Duration
    from oskil.checking.encirclement import Encirclement
    from oskil.checking.forecast import Forecast
    from oskil.checking.losses import Losses
    from oskil.checking.order import Order
    from oskil.checking.pace import Pace
    from oskil.checking.population import Population
    from oskil.checking.rank import Rank
    from oskil.checking.shares import Shares

    shipped: tuple[Check, ...] = (
        Distance(),
        Direction(),
        Population(),
        Rank(),
        Crossing(),
        Advance(),
        Area(),
        Pace(),
        Duration(),
        Losses(),
        Shares(),
        Conversion(),
        Control(),
        Encirclement(),
        Calendar(),
        Daylight(),
        Order(),
        Contradicting(),
        Forecast(),
    )
    return shipped + tuple(point.load()() for point in entry_points(group=GROUP))


def run(cases: Iterable[Case], using: Iterable[Check] | None = None) -> tuple[Verdict, ...]:
    """The verdicts of all checks on all claims, in the claims' order.

    Where nested claims state the same words, the shortest claim alone gets the verdict. A verdict
    without a place in the document (`at`) is always kept.
    """
    tools = tuple(checks() if using is None else using)
    best: dict[object, tuple[int, Verdict]] = {}
    for case in cases:
        length = sum(span.end - span.start for span in case.claim.spans)
        for check in tools:
            for verdict in check.verdicts(case):
                # "north of X near A and B" states two things with the same words.
                key = (case.document.id, check.name, verdict.at, verdict.stated) if verdict.at else object()
                if key not in best or length < best[key][0]:
                    best[key] = (length, verdict)
    return tuple(verdict for _, verdict in best.values())

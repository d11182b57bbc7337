"""The verdict where the data do not reach: it has a reason and no number."""

from __future__ import annotations

from oskil.checking.interface import Case, Check
from oskil.records import DataSource, Span, Verdict


def cannot_be_checked(
    check: Check, case: Case, stated: str, reason: str, at: Span | None, data: tuple[DataSource, ...] = ()
) -> Verdict:
    """`cannot be checked`, with the reason and what would allow a check.

    `data` are what was looked at in vain, the gazetteer where nothing else is given.
    """
    return Verdict(
        check=check.name,
        claim=case.claim.id,
        outcome="cannot be checked",
        stated=stated,
        found="",
        reason=reason,
        method=check.method,
        tolerance="",
        data=data or (case.gazetteer.source,),
        at=at,
    )

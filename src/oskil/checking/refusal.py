"""The verdict where the data do not reach: it has a reason and no number."""

from __future__ import annotations

from oskil.checking.interface import Case, Check
from oskil.records import Span, Verdict


def cannot_be_checked(check: Check, case: Case, stated: str, reason: str, at: Span) -> Verdict:
    """`cannot be checked`, with the reason and what would allow a check."""
    return Verdict(
        check=check.name,
        claim=case.claim.id,
        outcome="cannot be checked",
        stated=stated,
        found="",
        reason=reason,
        method=check.method,
        tolerance="",
        data=(case.gazetteer.source,),
        at=at,
    )

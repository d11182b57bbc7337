"""Whose advance or loss a claim speaks of, as far as its words and fields tell."""

from __future__ import annotations

import re
from functools import lru_cache

from oskil.checking.interface import Case
from oskil.checking.whereabouts import sentence_of
from oskil.conflict.profile import ConflictProfile
from oskil.records import Span


def whose(case: Case) -> str | None:
    """The party that the claim gives the deed to: its holder, else the first party that its words name, else
    the speaker's own, else the first of its sentence; None without a profile, or where none is named.
    """
    if case.claim.holder:
        return case.claim.holder
    own = next((found[0][1] for span in case.claim.spans if (found := named(case, span))), None)
    if own is not None or case.data.profile is None:
        return own
    if case.claim.side in {party.id for party in case.data.profile.parties}:
        return case.claim.side
    return next((party for _, party in named(case, sentence_of(case))), None)


def named(case: Case, span: Span) -> list[tuple[int, str]]:
    """The parties that a stretch of the document names, as (offset, party id) in order."""
    profile = case.data.profile
    if profile is None:
        return []
    pattern = _pattern(profile)
    text = case.document.text
    found = []
    for match in pattern.finditer(text, span.start, span.end):
        if (party := profile.party_of(match.group())) is not None:
            found.append((match.start(), party))
    return found


@lru_cache(maxsize=8)
def _pattern(profile: ConflictProfile) -> re.Pattern[str]:
    forms = sorted({form for party in profile.parties for form in party.forms}, key=len, reverse=True)
    # A name that another word is joined to by a hyphen is part of that word ("pro-Ukraine").
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)

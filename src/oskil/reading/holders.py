"""Which party holds, or gained, a place according to a claim."""

from __future__ import annotations

import re

from oskil.conflict.profile import ConflictProfile

LEAVING = re.compile(
    r"\b(?:retreat\w*|withdr[ae]w\w*|withdrawn|abandon\w*|pulled (?:back|out)|fled|driven (?:out"
    r"|from)|pushed (?:back|out)|left|lost|losing|surrender\w*)\b"
)
PASSIVE = re.compile(
    r"\b(?:occupied|held|controlled|taken|seized|captured|retaken|liberated|recaptured) by (.{3,60})"
)
HELD_FORM = re.compile(r"\b(\w+)[- ](?:held|occupied|controlled)\b")
POSSESSED = re.compile(
    r"\b(\w+)['’]?s? (?:flags?|control|hands|occupation)\b|\b(?:control|hands|occupation) of (?:the )?(\w+)"
)
ENDED = re.compile(r"\b(?:end(?:s|ed|ing)?|after)\b.{0,40}\b(?:occupation|control|rule)\b")
BY_SPEAKER = re.compile(
    r"^\W*(?:it|they|we|i|its (?:\w+ )?(?:forces|troops|army)|their (?:\w+ )?(?:forces|troops))\b"
)
OURS = re.compile(r"\b(?:our|we|us)\b")
STAYED_FREE = re.compile(
    r"\b(?:not fallen to|remains? free|that remain free|doesn['’]t control|does not control)\b"
)


def holder_of(words: str, kind: str, side: str | None, profile: ConflictProfile) -> str | None:
    """The party id of the holder, or None where the words do not say or the kind has none."""
    low = words.lower().replace("’", "'")
    if kind not in ("control", "area", "movement"):
        return None
    leaving = LEAVING.search(low)
    if kind == "movement" and not leaving:
        return None
    if leaving:
        return _other(_party_before(low, leaving.start(), profile), profile)
    if STAYED_FREE.search(low):
        return (
            _other(_party_before(low, len(low), profile, first=True), profile) if "control" in low else None
        )
    parties = {p.id for p in profile.parties}
    ended = ENDED.search(low)
    if ended:
        return _other(_party_in(ended.group(), profile), profile)
    for pattern in (PASSIVE, HELD_FORM, POSSESSED):
        match = pattern.search(low)
        party = _party_in(" ".join(g for g in match.groups() if g), profile) if match else None
        if party:
            return party
    if side in parties and (OURS.search(low) or BY_SPEAKER.search(low)):
        return side
    return _party_before(low, len(low), profile, first=True)


def _party_in(words: str, profile: ConflictProfile) -> str | None:
    return next((p for p in (profile.party_of(w) for w in re.findall(r"[\w-]+", words)) if p), None)


def _party_before(low: str, end: int, profile: ConflictProfile, *, first: bool = False) -> str | None:
    """The party named first, or else nearest, before a position."""
    named = [p for p in (profile.party_of(w) for w in re.findall(r"[\w-]+", low[:end])) if p]
    return None if not named else named[0] if first else named[-1]


def _other(party: str | None, profile: ConflictProfile) -> str | None:
    """The other party where there are just two; who follows a third cannot be told from words."""
    others = [p.id for p in profile.parties if p.id != party]
    return others[0] if party and len(others) == 1 else None

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
    r"^\W*(?:it|they|we|i|(?:its|their|his|her|my|our) (?:\w+ ){0,2}"
    r"(?:forces|troops|army|men|fighters|soldiers|units?|paratroopers|marines|brigades?))\b"
)
WITHIN_FIRE = re.compile(r"\bfire control\b")  # who can shell a place does not hold it
OURS = re.compile(r"\b(?:our|we|us)\b")
FREED = re.compile(r"\b(?:liberat\w+|recaptur\w+|retaken|retook|de-?occup\w+|regain\w* control)\b")
FREED_FROM = re.compile(r"\b(?:liberat\w+|freed|cleared)\b[^,.;]{0,60}? (?:from|of) (?:the )?([^,.;]{3,40})")
LOST = re.compile(r"\b(?:los(?:t|e|s) of|lost|occupied|occupation)\b")
ENEMY = re.compile(r"\b(?:the )?enem(?:y|ies)('s)?\b")
STAYED_FREE = re.compile(
    r"\b(?:not fallen to|remains? free|that remain free|doesn['’]t control|does not control)\b"
)


def holder_of(
    words: str, kind: str, side: str | None, profile: ConflictProfile, home: str | None = None
) -> str | None:
    """The party id of the holder, or None where the words do not say or the kind has none.

    `home` is the party whose country the places lie in: it is the one that frees them, or loses them to "the
    enemy", in the words of those who belong to no party.
    """
    if kind not in ("control", "area", "movement") or WITHIN_FIRE.search(words.lower()):
        return None
    own = side if side in {p.id for p in profile.parties} else home
    low = _with_enemy_named(words.lower().replace("’", "'"), _other(own, profile), profile)
    return _named_holder(low, kind, side, profile) or _understood(low, kind, own, profile)


def _with_enemy_named(low: str, enemy: str | None, profile: ConflictProfile) -> str:
    forms = [f for p in profile.parties if p.id == enemy for f in p.forms if f.isalpha()]
    return ENEMY.sub(lambda m: forms[0].lower() + (m.group(1) or ""), low) if forms else low


def _understood(low: str, kind: str, own: str | None, profile: ConflictProfile) -> str | None:
    """The holder where no party is named: a place is freed by one's own side, and lost to the other."""
    if kind == "movement" or any(profile.party_of(w) for w in re.findall(r"[\w-]+", low)):
        return None
    if FREED.search(low):
        return own
    return _other(own, profile) if LOST.search(low) else None


def _named_holder(low: str, kind: str, side: str | None, profile: ConflictProfile) -> str | None:
    freed = FREED_FROM.search(low)
    if freed and (party := _party_in(freed.group(1), profile)):
        return _other(party, profile)
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

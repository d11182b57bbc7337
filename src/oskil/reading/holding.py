"""Short words on who holds a place: "Kupiansk is ours", "no orcs in the village", "the grey zone"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from oskil.conflict.profile import ConflictProfile
from oskil.errors import ProfileError
from oskil.reading.about import NOT_THERE, Context
from oskil.reading.lexicon import HERE, read_yaml
from oskil.records import Claim, Span

FILE = HERE / "data" / "holding.yaml"
LONGEST = 160  # characters; what is longer is no short word
HOLDERS = frozenset(("party", "other", "own", "enemy", "nobody"))
WORD = re.compile(r"[^\W\d_][\w-]*")
OUR = re.compile(
    r"\bour(?= (?:troops|forces|soldiers|military|army|units?|fighters|defenders|boys|guys|men)\b)"
)
LISTED = re.compile(r"PLACE(?:(?:\s*,\s*(?:and )?|\s*,?\s+and\s+|\s*[–—/-]\s*)PLACE)+")
ROAD = r"(?:road|highway|route|section|stretch|villages?|towns?|city|cities|settlements?|hamlet)"
PLACED = re.compile(
    rf"(?:\b(?:th(?:e|is|at) )?(?:whole |entire )?{ROAD}(?: of| from| between)? )?"
    rf"(?:\bthe )?(?:whole |entire )?PLACE(?: {ROAD}\b)?"
)
MEN = r"(?:armed forces|troops|forces|soldiers|military|army|units?|fighters|servicemen|presence)"
TROOPS = re.compile(
    rf"(?:\b(?:the )?{MEN} of )?(?:\b(?:the|any) )?PARTY(\d)(?:'s)?"
    rf"(?: (?:{MEN}|occupiers|invaders|control)\b)*"
)
SAME = re.compile(r"\bth(?:e|is|at) (?:same )?(?:town|city|village|settlement|suburb|hamlet|port)\b")
BY_PARTY = re.compile(r"\bby PARTY")
LEAD = re.compile(
    r"(?:[\d.,/–—: -]+|(?:on|since|as of|of|in|by|at|after|before) [^,]{2,24}?,? (?=PLACE|PARTY|there|no )"
    r"|(?:now|currently|today|yesterday|also|and|already|at the moment|according to \w+),? )+"
)
TAIL = re.compile(
    r"(?:[,;(]| (?:since|on|as of|for|after|before|at|by|in|now|today|yesterday|again|because|with)\b).*"
)


# "In April he withdrew", of whoever the clause before has in the place; who has left is not there.
GONE = re.compile(
    r"(?:[^,;]{2,30}?,? )?(?:he|they|it) (?:has |have |had )?(?:then |soon |later |finally |quickly )?"
    r"(?:withdr[ae]wn?|retreated|left|fled|pulled out|ran away|escaped|(?:was|were) driven out)\b[^,;]{0,30}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause says in such a form: its kind, and the party that holds the place, if anyone does."""

    kind: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One form of words, `whole` where nothing but a day may stand around it."""

    kind: str
    holder: str
    words: re.Pattern[str]
    whole: bool


@lru_cache
def forms() -> tuple[Form, ...]:
    """The forms of the file. Raises ProfileError with its name where one is wrong."""
    data = read_yaml(FILE)
    try:
        return tuple(
            _form(entry, whole=name == "whole") for name in ("whole", "within") for entry in data[name]
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise ProfileError(f"not forms of words on who holds a place: {error}", str(FILE)) from error


def _form(entry: dict[str, Any], *, whole: bool) -> Form:
    if entry["holder"] not in HOLDERS:
        raise ValueError(f"holder: {entry['holder']}")
    return Form(
        entry["kind"], entry["holder"], re.compile(entry["form"].replace("PARTY", r"PARTY(\d)")), whole
    )


def told_of(context: Context, span: Span, own: str | None, *, placed: bool) -> Told | None:
    """What a clause that names a settlement tells of its holder; None where it is put in no such form.

    `own` is the party of whoever speaks, or of the country that the place is in: ours, not the enemy's. Only
    what is `placed` tells anything, if by "the town" alone.
    """
    if span.end - span.start > LONGEST or own is None or not placed:
        return None
    marked = _marked(context, span, own)
    if "PLACE" not in marked:
        return None
    parties = [p.id for p in context.profile.parties]
    lead = LEAD.match(marked)
    bare = marked[lead.end() :] if lead else marked
    for form in forms():
        match = _matched(form, bare)
        if match:
            named = next((parties[int(k)] for k in match.groups() if k), None)
            return Told(form.kind, _holder(form.holder, named, own, parties))
    return None


def _matched(form: Form, words: str) -> re.Match[str] | None:
    # "was captured by PARTY" says itself who holds the place.
    if form.holder in ("own", "enemy") and BY_PARTY.search(words):
        return None
    match = form.words.match(words) if form.whole else form.words.search(words)
    if match is None or not form.whole:
        return match
    return match if match.end() == len(words) or TAIL.fullmatch(words, match.end()) else None


def _holder(who: str, named: str | None, own: str, parties: list[str]) -> str | None:
    if who in ("other", "enemy"):
        one = named if who == "other" else own
        others = [p for p in parties if p != one]
        return others[0] if one and len(others) == 1 else None
    return {"party": named, "own": own, "nobody": None}[who]


def gone_from(claim: Claim, before: Sequence[Claim], profile: ConflictProfile) -> Claim:
    """A claim that only says "they fled" as one of the places that the claim before has its party in."""
    last = before[-1] if before else None
    if last is None or not last.holder or not last.places or last.polarity == "denied" or claim.places:
        return claim
    others = [p.id for p in profile.parties if p.id != last.holder]
    if last.kind not in ("movement", "control") or len(others) != 1 or not GONE.fullmatch(claim.quote):
        return claim
    return replace(claim, kind="movement", places=last.places, holder=others[0])


def _marked(context: Context, span: Span, own: str) -> str:
    """The clause in lower case, with PLACE for settlements and PARTY with its number for parties."""
    text = context.document.text
    pieces, at = [], span.start
    for one in context.within(span):
        if one.place is None or one.place.kind != "settlement" or one.relation in NOT_THERE or one.start < at:
            continue
        pieces += [_with_parties(text[at : one.start], context.profile, own), "PLACE"]
        at = one.end
    words = " ".join("".join([*pieces, _with_parties(text[at : span.end], context.profile, own)]).split())
    words = words if pieces else SAME.sub("PLACE", words)
    return PLACED.sub("PLACE", LISTED.sub("PLACE", TROOPS.sub(r"PARTY\1", words)))


def _with_parties(words: str, profile: ConflictProfile, own: str) -> str:
    low = words.lower().replace("’", "'")
    parties = [p.id for p in profile.parties]
    others = [k for k, p in enumerate(parties) if p != own]
    if own in parties:
        low = OUR.sub(f"PARTY{parties.index(own)}", low)
    if len(others) == 1:
        low = re.sub(r"\benem(?:y|ies)\b", f"PARTY{others[0]}", low)

    def party(match: re.Match[str]) -> str:
        named = profile.party_of(match.group())
        return f"PARTY{parties.index(named)}" if named in parties else match.group()

    return WORD.sub(party, low)


def own_of(side: str | None, home: str | None, profile: ConflictProfile) -> str | None:
    """Whose "ours" is: the speaker's side where it is a party, else the country's."""
    return side if side in {p.id for p in profile.parties} else home

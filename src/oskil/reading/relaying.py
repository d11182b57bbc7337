"""Outlets that pass on what others say: their names as the text gives them, and what points back to them."""

from __future__ import annotations

import re

from oskil.conflict.profile import ConflictProfile
from oskil.reading.labels import speaks
from oskil.reading.lexicon import words
from oskil.records import Span

OUTLET_WORDS = re.compile(
    r"\b(?:Radio|TV|Television|News|Times|Post|Journal|Daily|Telegraph|Gazette|Herald|Press|Agency|Wire)\b"
)
NOUNS = "Radio TV Television News Times Post Journal Telegraph Gazette Herald Press".split()
NAMED = re.compile(rf"(?:[A-Z][\w’'-]*\s){{0,3}}(?:{'|'.join(NOUNS)})(?:\s[A-Z][\w’'-]*){{0,2}}")
# "The state-run news agency Saba", "Russia's TASS news agency" are called Saba and TASS.
DESCRIBED = re.compile(r"(?:(?:[a-z][\w-]*|[A-Z][\w-]*[’']s)\s+)*?(?P<noun>[a-z]+)\s+(?=[A-Z])")
CITING = re.compile(
    r"\b(?:citing|quoting)\s+(?P<who>[^,;:.“\"]{3,80}?)(?=[,;:.“\"]|\s+(?:that|as saying)\b|$)", re.I
)
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)


def relay_name(phrase: str, profile: ConflictProfile) -> str:
    """An outlet as the text names it, without what it is called besides ('state-run news agency RIA
    Novosti').
    """
    names = [n for a in profile.actors if a.role == "outlet" for n in a.names if phrase.endswith(n)]
    if names:
        return max(names, key=len)
    phrase = ARTICLE.sub("", phrase.split(",")[0])
    described = DESCRIBED.match(phrase)
    known = described and described.group("noun") in words().groups["outlet_nouns"]
    return phrase[described.end() :] if described and known else phrase


def citing(text: str, sentence: Span, profile: ConflictProfile) -> str | None:
    """Whom the outlet of a sentence cites: "TASS reported, citing a source in the ministry"."""
    match = CITING.search(text, sentence.start, sentence.end)
    who = " ".join(match.group("who").split()) if match else ""
    return who if who and (speaks(who) or profile.find_actor(ARTICLE.sub("", who))) else None


def points_back(phrase: str) -> bool:
    """Whether an outlet is only pointed at: "the broadcaster", "the state news agency", "it"."""
    low = ARTICLE.sub("", phrase).lower().split()
    nouns = words().groups["outlet_nouns"]
    return low == ["it"] or (bool(low) and low[-1] in nouns and phrase == phrase.lower() and len(low) <= 3)


def outlet_before(before: str, profile: ConflictProfile) -> str | None:
    """The outlet that a text names last, of the profile or by a word that outlets have in their names."""
    last = max(before.rfind(noun) for noun in NOUNS)
    found = [(m.end(), m.group()) for m in NAMED.finditer(before, _run_of(before, last))] if last >= 0 else []
    for actor in profile.actors:
        for name in actor.names if actor.role == "outlet" else ():
            at = before.rfind(name)
            if at >= 0 and not before[at + len(name) : at + len(name) + 1].isalnum():
                found.append((at + len(name), name))
    return max(found, default=(0, None), key=lambda f: (f[0], len(f[1])))[1]


def _run_of(before: str, at: int) -> int:
    """Where the run of words begins that a position lies in: no name goes over a mark of punctuation."""
    while at > 0 and (before[at - 1].isalnum() or before[at - 1].isspace() or before[at - 1] in "_’'-"):
        at -= 1
    return at

"""Where a clause is told of that names no place: in that of the clause before, if its words go on from it.

Only words that cannot begin anew are taken for it: a verb without a subject ("but did not advance"), a
participle ("killing two"), "the strike killed 13", "40 more were wounded", "in the area". Where somebody of
the place that opens a sentence speaks in it, what he says is there; what a label with a place leads is at it.
What a report tells of its town in a sentence of its own stays without a place (docs/reading.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oskil.reading.about import Context, about_places
from oskil.reading.clauses import Proposition
from oskil.reading.grammar import finite_at
from oskil.reading.text import tokens
from oskil.reading.voices import Voice
from oskil.records import Claim, Span

EVENTS = frozenset(("strike", "harm", "losses"))
THE_EVENT = re.compile(
    r"(?:the|this|that|these|those) (?:same )?(?:(?:air|drone|missile|rocket|artillery) ?)?"
    r"(?:strikes?|attacks?|raids?|shelling|bombardment|blasts?|explosions?|bombing|assault"
    r"|shells?|missiles?|drones?|rockets?|bombs?)\b",
    re.I,
)
IN_THE_AREA = re.compile(r"\b(?:in|across|around) (?:the|these|those|that) (?:same )?areas?\b(?! of\b)", re.I)
CASUALTIES = re.compile(r"\b(?:kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|hurt|dead|died|toll)\b", re.I)
OPENING = re.compile(r"[\W\d]*(?:In|At|Near|Outside|Around)\s+(?:[a-z’'-]+\s+)*[A-Z]")
LOCAL = re.compile(
    r"\b(?:mayor|governor|residents?|locals?|regional|provincial|district|municipal|town|city|village\w*|doctors?"
    r"|medics?|nurses?|hospital|witness\w*|police|rescue\w*|emergency|teachers?|shop\w*|farmers?|elders?)\b",
    re.I,
)
SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s")
AND = re.compile(r"\b(?:and|but)\s+$")
ADVERBS = frozenset("not also then later now only soon again".split())


def carried(text: str, claim: Claim, p: Proposition, before: Sequence[Claim], main: Sequence[Claim]) -> Claim:
    """The claim, with the places of the clause before where it names none and its words go on from it.

    `before` are the claims of its paragraph so far, `main` those of the same stretch that are main clauses.
    """
    if claim.places or claim.areas:
        return claim
    if p.role == "participle":
        last = main[-1] if main else None
    else:
        last = before[-1] if before and _goes_on(text, claim, before[-1]) else None
    return replace(claim, places=last.places, areas=last.areas, around=last.around) if last else claim


def located(context: Context, claim: Claim, voice: Voice) -> Claim:
    """The claim at the place that its sentence opens with, where one of that place speaks: "In Kherson, the
    governor said five people had drowned". Of a spokesman in a capital it says only where he sits.
    """
    source = voice.said.source if voice.said else None
    if claim.places or claim.areas or source is None or voice.frame is None:
        return claim
    text = context.document.text
    opening = Span(voice.frame.start, max(voice.frame.start, source.start))
    if not OPENING.match(text, opening.start, opening.end) or not LOCAL.search(
        text, source.start, source.end
    ):
        return claim
    about = about_places(context, Proposition(opening), voice, None, ())
    return replace(claim, places=about.places, around=about.around)


def headed(context: Context, claim: Claim, label: Span | None, voice: Voice) -> Claim:
    """The claim at the places that the label of its paragraph names: "Kharkiv: two people were killed"."""
    if label is None or claim.places or claim.areas:
        return claim
    about = about_places(context, Proposition(label), voice, None, ())
    return replace(claim, places=about.places, areas=about.areas, around=about.around)


def _goes_on(text: str, claim: Claim, last: Claim) -> bool:
    words = claim.quote
    between = text[max(s.end for s in last.spans) : min(s.start for s in claim.spans)]
    if last.kind in EVENTS and (
        THE_EVENT.match(words) or (claim.kind == "harm" and CASUALTIES.search(words))
    ):
        return True
    return IN_THE_AREA.search(words) is not None or (
        not SENTENCE_END.search(between) and _without_subject(words, between)
    )


def _without_subject(words: str, between: str) -> bool:
    """Whether the words begin with a finite verb, behind adverbs: "was not able to", "later withdrew"; a
    regular past behind an "and" is one.
    """
    toks = tokens(words, Span(0, len(words)))
    first = next((k for k, t in enumerate(toks) if t.low not in ADVERBS and not t.low.endswith("ly")), 0)
    if first >= len(toks) - 1:
        return False
    return finite_at(toks, first) or (toks[first].low.endswith("ed") and AND.search(between) is not None)

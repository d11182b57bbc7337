"""The fields of a claim, from its words, its voice and its surroundings."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from oskil.reading.about import NESTED, About, Context, about_places, home_of
from oskil.reading.certainty import certainty_of, evidence_in, polarity_of
from oskil.reading.clauses import Proposition
from oskil.reading.grammar import finite_at
from oskil.reading.holders import holder_of
from oskil.reading.holding import own_of, told_of
from oskil.reading.quantities import find_quantities
from oskil.reading.reporting import reporting_period
from oskil.reading.results import is_result
from oskil.reading.text import tokens
from oskil.reading.times import expressions, resolve_period
from oskil.reading.voices import Voice
from oskil.records import Claim, Period, Quantity, Span, quotation

# "Recalling the winter of 2016, he said": what is told is of then, however long it was.
RECALLED = re.compile(r"\b(?:[Rr]ecall|[Rr]emember|[Rr]elat|[Rr]ecount)\w*\b")
CONJOINED = re.compile(r",?\s+(?:when|after|as|while|where)\s+$")
# "The militia, which took it in May, said": when it was taken is not when it was said.
ASIDE = re.compile(r",\s+(?:which|who|whose|where)\b[^,]*,")
SUMMED_UP = re.compile(
    r"(?:with )?(?:(?:tens|hundreds) of thousands|hundreds|thousands|millions|(?:much|most|half|parts) of)\b",
    re.I,
)
# "Nine days after the army took the town, its market is open."
ELAPSED = re.compile(
    r"(?:^|[\s(“\"])((?:[^\W_]+\s)?[^\W_]+\s(?:days?|weeks?|months?|years?))\s+after\s+$", re.I
)
APART = re.compile(r"\b(?:after|before)\s+$", re.I)
BESIDE = 60  # characters before a conjunction in which its time is sought
NOW = frozenset("is are has have may can isn't aren't hasn't haven't".split())
STATES = frozenset("is are may can isn't aren't".split())  # what is so, and not what has come to be so
LONGEST_SAYING = 31  # days; a longer stretch in the frame is not when something was said


def claim_from(
    context: Context,
    p: Proposition,
    kind: str,
    voice: Voice,
    frame: Span | None,
    inside: Sequence[Proposition],
    day: Period | None = None,
) -> Claim:
    """One claim of a kind from one proposition.

    `frame` is the sentence around attributed words, `inside` are the propositions inside it, and `day` is the
    day that the paragraph tells of so far.
    """
    text = context.document.text
    words = text[p.span.start : p.span.end]
    nested = [n.span for n in inside]
    speaker = voice.speaker
    about = about_places(context, p, voice, frame, nested)
    quote = quotation(text, (p.span,))
    side = speaker.side if speaker else None
    shown = voice.said is not None and voice.said.form == "shown"
    home = _home(context, about, voice)
    told = told_of(context, p.span, own_of(side, home, context.profile), placed=bool(about.places))
    kind = told.kind if told else kind
    return Claim(
        id=claim_id(context.document.id, p.span, kind, speaker.name if speaker else None),
        document=context.document.id,
        quote=quote,
        spans=(p.span,),
        kind=kind,
        speaker=speaker.name if speaker else None,
        side=side,
        relays=_passed_on(context, voice),
        certainty=certainty_of(words, voice.stance),
        polarity=polarity_of("" if told else words, voice.stance),
        places=about.places,
        areas=about.areas,
        around=about.around,
        time=_time(context, p, kind, voice, day, inside),
        holder=told.holder if told else holder_of(words, kind, side, context.profile, home),
        quantities=_quantities(text, p.span, nested),
        evidence=evidence_in(text[frame.start : frame.end]) if shown and frame else evidence_in(words),
        source=(voice.said.source,) if voice.said and voice.said.source else (),
        cue=(voice.said.cue,) if voice.said else (),
    )


def opened_by(context: Context, claim: Claim, opening: Span, voice: Voice, frame: Span | None) -> Claim:
    """The claim with the places, numbers and time of the words that an attribution parts from it: "Near
    Lyman, the staff said, two tanks burned".
    """
    text, published = context.document.text, context.document.published_on
    about = about_places(context, Proposition(opening), voice, frame, ())
    there = {*claim.at, *(i for i in about.places if i not in about.around)}
    first, last = claim.spans[0].start, claim.spans[-1].end
    war = context.profile.began
    time = None
    if published and not resolve_period(text, first, last, published, war_began=war):
        time = resolve_period(text, opening.start, opening.end, published, war_began=war)
    return replace(
        claim,
        places=tuple(dict.fromkeys((*about.places, *claim.places))),
        areas=tuple(dict.fromkeys((*about.areas, *claim.areas))),
        around=tuple(i for i in dict.fromkeys((*about.around, *claim.around)) if i not in there),
        quantities=(*_quantities(text, opening, ()), *claim.quantities),
        time=time or claim.time,
    )


def _passed_on(context: Context, voice: Voice) -> tuple[str, ...]:
    """The relays of a voice without the speaker and without the outlet that is being read."""
    itself = {plain_name(n) for n in (context.document.outlet, voice.speaker and voice.speaker.name) if n}
    return tuple(r for r in voice.relays if plain_name(r) not in itself)


def plain_name(name: str) -> str:
    """A name as it is compared: lower case, without an article."""
    return re.sub(r"^the\s+", "", name.lower().strip())


def bare_words(text: str, span: Span, nested: Sequence[Span]) -> str:
    """The words of a span without those of the facts nested in it and of brackets."""
    chars = list(text[span.start : span.end])
    for n in nested:
        chars[n.start - span.start : n.end - span.start] = " " * (n.end - n.start)
    return "".join(chars)


def _home(context: Context, about: About, voice: Voice) -> str | None:
    """The party whose country it is, except in the own words of a channel whose side is not told.

    Who "the enemy" of such a channel is cannot be known.
    """
    unknown = voice.speaker is not None and voice.speaker.side is None and voice.said is None
    return None if unknown else home_of(context, about)


def claim_id(document: str, span: Span, kind: str, speaker: str | None) -> str:
    """Sixteen hexadecimal digits of a SHA-256 over what makes the claim itself."""
    payload = f"{document}|{span.start}|{span.end}|{kind}|{speaker or ''}"
    return hashlib.sha256(payload.encode()).hexdigest()[:16]


def _quantities(text: str, span: Span, nested: Sequence[Span]) -> tuple[Quantity, ...]:
    found = find_quantities(text, span.start, span.end)
    return tuple(q for q in found if not any(n.start <= q.start < n.end for n in nested))


def _time(
    context: Context,
    p: Proposition,
    kind: str,
    voice: Voice,
    day: Period | None,
    inside: Sequence[Proposition],
) -> Period | None:
    """The period that the words state; else the day they were said, the paragraph tells of, or it was
    published. Timeless facts have none.
    """
    published = context.document.published_on
    if published is None:
        return None
    text = context.document.text
    stated = _stated(context, p, inside, published)
    if stated:
        return stated
    stated = _shared(context, p, published)
    if stated:
        return stated
    if p.role in NESTED and kind == "background":
        return None
    told = None if _is_present(text[p.span.start : p.span.end]) else day
    said = voice.day or told or voice.day_before or _unstated(context, p, published)
    if kind == "forecast":
        return Period(said.last, None)
    open_start = kind == "background" or _so_far(text[p.span.start : p.span.end])
    return Period(None, said.last) if open_start else said


def _stated(
    context: Context, p: Proposition, inside: Sequence[Proposition], published: dt.date
) -> Period | None:
    """The period in the words of a clause, and not in those of a fact about one of its names. What came after
    or before something is not of its day, unless that lasts until now ("after clashes in recent weeks").
    """
    text, war = context.document.text, context.profile.began
    facts = [n.span for n in inside if n.role in NESTED]
    other = [
        n.span for n in inside if n.role == "temporal" and APART.search(text, p.span.start, n.span.start)
    ]
    first, last = p.span.start, p.span.end
    whole = resolve_period(text, first, last, published, war_began=war, without=facts)
    if not other or (whole and whole.last == published):
        return whole
    return resolve_period(text, first, last, published, war_began=war, without=[*facts, *other])


def _so_far(words: str) -> bool:
    """Whether a list item sums up what came about by then: "thousands dead", "much of the port wrecked"."""
    return SUMMED_UP.match(words) is not None and is_result(tokens(words, Span(0, len(words))))


def _shared(context: Context, p: Proposition, published: dt.date) -> Period | None:
    """The time right before the clause's conjunction: "in 2016, when the gates were shut"."""
    before = context.document.text[max(0, p.span.start - BESIDE) : p.span.start]
    if p.role != "main" and (elapsed := ELAPSED.search(before)):
        return resolve_period(f"{elapsed[1]} ago", 0, len(elapsed[1]) + 4, published)
    match = CONJOINED.search(before)
    if match is None:
        return None
    found = expressions(before, 0, match.start(), published, war_began=context.profile.began)
    last = found[-1] if found else None
    return Period(last.first, last.last) if last and last.end == match.start() else None


def _unstated(context: Context, p: Proposition, published: dt.date) -> Period:
    """The days of which a clause without a time is: those that a situation report covers, unless it speaks of
    what is; else the day of publication.
    """
    text = context.document.text
    covered = reporting_period(text, published)
    if covered and not _is_present(text[p.span.start : p.span.end], STATES):
        return Period(covered.first, published)
    return Period(published, published)


def _is_present(words: str, present: frozenset[str] = NOW) -> bool:
    """Whether a clause speaks of its own present, which no day told of before it is: "is still shut"."""
    toks = tokens(words, Span(0, len(words)))
    verb = next((t.low for k, t in enumerate(toks) if finite_at(toks, k)), "")
    return verb in present


def said_on(context: Context, voice: Voice) -> Period | None:
    """When the frame of an attribution says that the words were said ('on Wednesday', 'last week')."""
    published = context.document.published_on
    if voice.frame is None or voice.said is None or published is None:
        return None
    frame = _own_half(context.document.text, voice.frame, voice.said.cue)
    stated = _stated_outside(context.document.text, frame, voice.said.content, published)
    if stated is None or stated.first is None or stated.last is None:
        return None
    if RECALLED.search(context.document.text, voice.frame.start, voice.said.cue.start):
        return stated
    return stated if (stated.last - stated.first).days <= LONGEST_SAYING else None


def _own_half(text: str, frame: Span, cue: Span) -> Span:
    """The sentence as far as the semicolons around a cue: behind one, others may speak of another day."""
    start = max(frame.start, text.rfind(";", frame.start, cue.start) + 1)
    end = text.find(";", cue.end, frame.end)
    return Span(start, frame.end if end < 0 else end)


@lru_cache(maxsize=8)
def _stated_outside(text: str, frame: Span, contents: tuple[Span, ...], published: dt.date) -> Period | None:
    """The period that a sentence states outside what is said in it; its claims ask alike."""
    blanked = list(text[frame.start : frame.end])
    for content in contents:
        first, last = max(0, content.start - frame.start), min(content.end, frame.end) - frame.start
        blanked[first:last] = " " * max(0, last - first)
    outside = ASIDE.sub(lambda m: " " * len(m.group()), "".join(blanked))
    return resolve_period(outside, 0, len(outside), published)

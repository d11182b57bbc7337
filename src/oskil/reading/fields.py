"""The fields of a claim, from its words, its voice and its surroundings."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.reading.certainty import certainty_of, evidence_in, polarity_of
from oskil.reading.clauses import Proposition
from oskil.reading.holders import holder_of
from oskil.reading.kinds import classify
from oskil.reading.quantities import find_quantities
from oskil.reading.times import resolve_period
from oskil.reading.voices import Voice
from oskil.records import Claim, Document, Period, Quantity, Span, Toponym, quotation

BACK_REFERENCE = re.compile(
    r"\b(?:the|this|that) (?:town|city|village|settlement|suburb|hamlet)(?:'s|’s)?\b|\bthere\b"
    r"|\b(?:in )?this area\b",
    re.I,
)
REFERENCE_POINT = re.compile(r"[\s,]*(?:near|toward|towards|close to|outside)\s+[A-Z]")
NOT_THERE = frozenset(("metonym", "demonym"))  # "Moscow ordered", "Russian troops": nothing takes place there
NESTED = frozenset(("relative", "apposition", "parenthesis"))


@dataclass(frozen=True, slots=True)
class Context:
    """What the fields are taken from: the document, the conflict and the place names of the text."""

    document: Document
    profile: ConflictProfile
    toponyms: Sequence[Toponym]


def claim_from(
    context: Context, p: Proposition, voice: Voice, frame: Span | None, nested: Sequence[Span]
) -> Claim:
    """One claim from one proposition. `frame` is the sentence around attributed words; `nested` are
    facts inside.
    """
    text = context.document.text
    words = text[p.span.start : p.span.end]
    speaker = voice.speaker
    kind = classify(
        _without(text, p.span, nested),
        attributed=speaker is not None,
        nested=p.role in NESTED,
        stance=voice.stance,
    )
    places, areas = _places(context, p, nested)
    quote = quotation(text, (p.span,))
    side = speaker.side if speaker else None
    shown = voice.said is not None and voice.said.form == "shown"
    return Claim(
        id=claim_id(context.document.id, p.span, kind, speaker.name if speaker else None),
        document=context.document.id,
        quote=quote,
        spans=(p.span,),
        kind=kind,
        speaker=speaker.name if speaker else None,
        side=side,
        relays=tuple(r for r in voice.relays if not speaker or r != speaker.name),
        certainty=certainty_of(words, kind, voice.stance),
        polarity=polarity_of(words, voice.stance),
        places=places,
        areas=areas,
        time=_time(context, p, kind, frame, voice),
        holder=holder_of(words, kind, side, context.profile),
        quantities=_quantities(text, p.span, nested),
        evidence=evidence_in(text[frame.start : frame.end]) if shown and frame else evidence_in(words),
        source=(voice.said.source,) if voice.said and voice.said.source else (),
        cue=(voice.said.cue,) if voice.said else (),
    )


def _without(text: str, span: Span, nested: Sequence[Span]) -> str:
    """The words of a span without those of the facts nested in it and of brackets."""
    chars = list(text[span.start : span.end])
    for n in nested:
        chars[n.start - span.start : n.end - span.start] = " " * (n.end - n.start)
    return "".join(chars)


def claim_id(document: str, span: Span, kind: str, speaker: str | None) -> str:
    """Sixteen hexadecimal digits of a SHA-256 over what makes the claim itself."""
    payload = f"{document}|{span.start}|{span.end}|{kind}|{speaker or ''}"
    return hashlib.sha256(payload.encode()).hexdigest()[:16]


def _quantities(text: str, span: Span, nested: Sequence[Span]) -> tuple[Quantity, ...]:
    found = find_quantities(text, span.start, span.end)
    return tuple(q for q in found if not any(n.start <= q.start < n.end for n in nested))


def _time(context: Context, p: Proposition, kind: str, frame: Span | None, voice: Voice) -> Period | None:
    """The period that the words state; else the day the words were said or published; timeless facts
    have none.
    """
    published = context.document.published_on
    if published is None:
        return None
    text = context.document.text
    stated = resolve_period(text, p.span.start, p.span.end, published, war_began=context.profile.began)
    if stated:
        return stated
    if p.role in NESTED and kind == "background":
        return None
    said = _said_on(text, frame, voice, published)
    if kind == "forecast":
        return Period(said.last, None)
    return Period(None, said.last) if kind == "background" else said


def _said_on(text: str, frame: Span | None, voice: Voice, published: dt.date) -> Period:
    """When the frame of an attribution says that the words were said ('on Wednesday', 'last week'), else
    publication.
    """
    today = Period(published, published)
    if frame is None or voice.said is None:
        return today
    blanked = list(text[frame.start : frame.end])
    for content in voice.said.content:
        blanked[content.start - frame.start : content.end - frame.start] = " " * (content.end - content.start)
    outside = "".join(blanked)
    stated = resolve_period(outside, 0, len(outside), published)
    return (
        stated
        if stated and stated.first and stated.last and (stated.last - stated.first).days <= 31
        else today
    )


def _places(
    context: Context, p: Proposition, nested: Sequence[Span]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Gazetteer ids of the settlements, and of the regions and countries, that the proposition is about."""
    text, span = context.document.text, p.span
    inside = [t for t in context.toponyms if span.start <= t.start and t.end <= span.end]
    inside = [
        t for t in inside if not any(n.start <= t.start and t.end <= n.end for n in nested if n != span)
    ]
    settlements = [t for t in inside if _is_about(text, t)]
    ids = [t.place.id for t in settlements if t.place]
    if p.anchor and p.role in NESTED:
        ids = [*_anchored(context, p.anchor), *ids]
    if not ids and BACK_REFERENCE.search(text[span.start : span.end]):
        ids = _last_before(context, span.start)
    areas = [
        t.place.id for t in inside if t.place and t.place.kind != "settlement" and t.relation not in NOT_THERE
    ]
    return tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(areas))


def _is_about(text: str, toponym: Toponym) -> bool:
    if toponym.place is None or toponym.place.kind != "settlement" or toponym.relation in NOT_THERE:
        return False
    # "northeast of X near Y": X only says where Y is.
    directed = toponym.relation.endswith(" of")
    return not (directed and REFERENCE_POINT.match(text[toponym.end : toponym.end + 40]))


def _anchored(context: Context, anchor: Span) -> list[int]:
    """The settlement named last before a nested fact, within its sentence."""
    before = [t for t in context.toponyms if anchor.start <= t.start and t.end <= anchor.end and t.place]
    return (
        [before[-1].place.id] if before and before[-1].place and before[-1].place.kind == "settlement" else []
    )


def _last_before(context: Context, position: int) -> list[int]:
    before = [
        t for t in context.toponyms if t.end <= position and _is_about(context.document.text, t) and t.place
    ]
    return [before[-1].place.id] if before and before[-1].place else []

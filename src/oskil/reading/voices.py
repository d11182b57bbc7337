"""Whose word a stretch of text is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.reading.attribution import Said
from oskil.reading.speakers import Cast, Speaker, phrase_of
from oskil.records import Document, Period, Span

CREDIT = re.compile(r"\b[Aa]ccording to (?:the )?([A-Z][\w’']*(?: (?:of|the|and|[A-Z][\w’']*))*)")
# "The ministry has held its daily briefing. ...": what follows without a speaker is the ministry's word.
HELD_BRIEFING = re.compile(
    r"(?:^|\n|[.!?]\s)(?:On [\w ]{3,20},? )?((?:The |the )?[A-Z][^.,;:\n]{3,80}?)\s+(?:has |have |had )?"
    r"(?:held|gave|given|issued|published|released)\s+(?:its|their|a|an|the)\s+(?:[\w-]+\s+){0,3}"
    r"(?:briefing|summary|bulletin|communiqu[eé]|update)\b"
)
BRIEFING_OF = re.compile(
    r"\b(?:briefing|summary|bulletin|communiqu[eé]|update) (?:of|by|from|given by|held by|issued by) "
    r"((?:the )?[A-Z][^.,;:\n]{3,80}?)(?= (?:on|at|for|in|held|given)\b|[.,;:\n])"
)
OPENING = 600  # characters at the head of a text in which a briefing is announced
PULL_QUOTE_NAME = re.compile(r"\s*[–—-]{1,2}\s*([A-Z][^\n.;:]{3,60})\s*$")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker or the outlet itself, through whom, and what the cue does to the certainty.

    `frame` is the sentence of the attribution, which may say when the words were said; `day` is when.
    """

    speaker: Speaker | None
    relays: tuple[str, ...] = ()
    stance: str = "asserted"
    said: Said | None = None
    frame: Span | None = None
    day: Period | None = None
    day_before: Period | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters with the voice that they are in.

    `frame` is the sentence around them; `prefix` the first part of content that an attribution interrupts.
    """

    span: Span
    voice: Voice
    frame: Span | None = None
    prefix: Span | None = None


def default_voice(document: Document, profile: ConflictProfile) -> Voice:
    """A channel's post is the channel's word, an official summary the body's; an article is the outlet's
    own voice.
    """
    if document.medium == "article" or not document.outlet:
        return Voice(None)
    return Voice(Cast(profile, document.text).resolve(document.outlet))


def briefings(document: Document, profile: ConflictProfile) -> Iterator[tuple[Span, Voice]]:
    """Sections of an article that retell an official briefing.

    They credit one body of a party, which the document credits at least twice; their sentences without a
    speaker are that body's word.
    """
    credited = [(m.start(), a) for m in CREDIT.finditer(document.text) if (a := _body(m.group(1), profile))]
    places = [at for at, _ in credited]
    times = Counter(body.name for _, body in credited)
    opening = HELD_BRIEFING.search(document.text, 0, OPENING) or BRIEFING_OF.search(document.text, 0, OPENING)
    whose = Cast(profile, document.text).resolve(opening.group(1)) if opening else None
    if whose and whose.kind in ("body", "crowd"):
        yield Span(0, len(document.text)), Voice(whose)
        return
    for section in _sections(document):
        first, last = (bisect_left(places, at) for at in (section.start, section.end))
        if body := next((body for _, body in credited[first:last] if times[body.name] >= 2), None):
            yield section, Voice(body)


def _body(phrase: str, profile: ConflictProfile) -> Speaker | None:
    speaker = Cast(profile).resolve(phrase)
    parties = {p.id for p in profile.parties}
    return speaker if speaker and speaker.kind == "body" and speaker.side in parties else None


def _sections(document: Document) -> Iterator[Span]:
    """The stretches between subheads."""
    start = 0
    for part in document.parts:
        if part.role == "subhead":
            yield Span(start, part.start)
            start = part.end
    yield Span(start, len(document.text))


def pull_quote_voice(text: str, paragraph: Span, following: Sequence[Span], cast: Cast) -> Voice | None:
    """The speaker of a quotation that is a paragraph of its own, named in the next line behind a dash."""
    if not following or text[paragraph.start] not in '“"«„':
        return None
    match = PULL_QUOTE_NAME.match(text, following[0].start, following[0].end)
    speaker = cast.resolve(phrase_of(text, Span(*match.span(1)))) if match else None
    return Voice(speaker) if speaker else None


def is_pull_quote_name(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is only the name under a pull quote."""
    return PULL_QUOTE_NAME.match(text, paragraph.start, paragraph.end) is not None

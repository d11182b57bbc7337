"""The reader by rules: joins sentences, attributions, speakers, clauses and the fields of a claim."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.reading.attribution import Said, attributions
from oskil.reading.clauses import Proposition, has_clause, propositions
from oskil.reading.fields import Context, claim_from
from oskil.reading.speakers import Cast, Speaker, phrase_of
from oskil.reading.text import paragraphs, quotations, sentences, tokens, trim
from oskil.records import Attribution, Claim, Document, Part, Reading, Span, Toponym

READ_ROLES = frozenset(("body", "standfirst", "update", "caption", "embed"))
LABEL = re.compile(r"[A-Z][^.:;“\"\d]{2,60}:\s+(?=\S)")
DOUBTFUL_LABEL = re.compile(r"\b(?:unconfirmed|alleged|claims?|unverified|rumou?rs?)\b", re.I)
AIM_LABEL = re.compile(r"\b(?:objective|aim|goal|plan|intent|outlook|forecast)", re.I)
CAPTION_CREDIT = re.compile(r"\s*[\[(][^\[\]()]{3,80}[\])]\s*$")


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word a stretch of text is: a speaker or the outlet itself, through whom, in what stance."""

    speaker: Speaker | None
    relays: tuple[str, ...] = ()
    stance: str = "asserted"
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters with the voice that they are in, and the words that frame them."""

    span: Span
    voice: Voice
    frame: Span | None = None


class RuleReader:
    """Reads by rules alone. `place_names` finds and places the names of a text."""

    name = "rules 1"

    def __init__(
        self,
        gazetteer: Gazetteer,
        profile: ConflictProfile,
        place_names: Callable[[str, Gazetteer, ConflictProfile], tuple[Toponym, ...]],
    ) -> None:
        self.gazetteer = gazetteer
        self.profile = profile
        self.place_names = place_names

    def read(self, document: Document) -> Reading:
        """The claims, attributions and place names of one document."""
        toponyms = self.place_names(document.text, self.gazetteer, self.profile)
        walk = _Walk(document, self.profile, toponyms)
        claims = _unique(walk.claims())
        return Reading(document.id, self.name, tuple(claims), tuple(walk.attributions), toponyms)


def _unique(claims: Iterator[Claim]) -> list[Claim]:
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(claim.id, claim)
    return list(seen.values())


class _Walk:
    """One pass over a document. Speakers met on the way stay known to the end."""

    def __init__(self, document: Document, profile: ConflictProfile, toponyms: Sequence[Toponym]) -> None:
        self.document = document
        self.cast = Cast(profile, document.outlet)
        self.context = Context(document, profile, toponyms)
        self.attributions: list[Attribution] = []
        self.running: Voice | None = None
        self.default = _default_voice(document, profile)

    def claims(self) -> Iterator[Claim]:
        text = self.document.text
        parts = self.document.parts or (Part(0, len(text), "body"),)
        for part in parts:
            if part.role == "subhead":
                self.running = None
            if part.role in READ_ROLES:
                for paragraph in paragraphs(text, part.span):
                    yield from self._paragraph(paragraph, part)

    def _paragraph(self, paragraph: Span, part: Part) -> Iterator[Claim]:
        text = self.document.text
        if part.role == "caption":
            credit = CAPTION_CREDIT.search(text[paragraph.start : paragraph.end])
            paragraph = Span(paragraph.start, paragraph.start + credit.start()) if credit else paragraph
        label = LABEL.match(text, paragraph.start, paragraph.end)
        stance = "asserted"
        if label and not has_clause(tokens(text, Span(paragraph.start, label.end()))):
            stance = _label_stance(label.group())
            paragraph = trim(text, Span(label.end(), paragraph.end))
        quotes = quotations(text, paragraph)
        for sentence in sentences(text, paragraph, quotes):
            for stretch in self._stretches(sentence, quotes, part):
                yield from self._claims_of(_restance(stretch, stance), quotes)

    # --- whose word -------------------------------------------------------------------------------

    def _stretches(self, sentence: Span, quotes: Sequence[Span], part: Part) -> list[Stretch]:
        text = self.document.text
        if part.role == "embed" and part.by:
            voice = self._embedded(part)
            return [Stretch(sentence, voice)]
        saids = attributions(text, sentence, quotes)
        if not saids:
            return [Stretch(sentence, self._unattributed(sentence, quotes))]
        voices = self._voices(saids)
        out = [Stretch(c, v, sentence) for v in voices if v.said for c in v.said.content]
        self._note(voices)
        return out + self._remainders(sentence, saids, quotes)

    def _embedded(self, part: Part) -> Voice:
        speaker = self.cast.resolve(part.by or "")
        if speaker and speaker.kind != "person" and speaker.side is None:
            speaker = replace(speaker, side=None)
        return Voice(speaker, (part.via,) if part.via else ())

    def _unattributed(self, sentence: Span, quotes: Sequence[Span]) -> Voice:
        """A sentence that is mostly quotation goes on in the voice before it; any other is the outlet's own."""
        inside = sum(max(0, min(q.end, sentence.end) - max(q.start, sentence.start)) for q in quotes)
        if self.running and inside > 0.6 * (sentence.end - sentence.start):
            return replace(self.running, stance="asserted")
        return self.default

    def _voices(self, saids: list[Said]) -> list[Voice]:
        """Every attribution with its speaker; one that passes on another's words becomes that one's relay."""
        resolved = [self._speaker(s) for s in saids]
        outer = {k for k, s in enumerate(saids) if any(_holds(s, o) for o in saids if o is not s)}
        out = []
        for k, said in enumerate(saids):
            speaker = resolved[k]
            if k in outer:
                continue
            relays = _own_relays(said, self.cast)
            for j in sorted(outer):
                passer = resolved[j]
                if passer and _holds(saids[j], said):
                    relays = (*relays, passer.name)
            out.append(Voice(speaker, relays, said.stance, said))
        return out

    def _speaker(self, said: Said) -> Speaker | None:
        return self.cast.resolve(phrase_of(self.document.text, said.source)) if said.source else None

    def _note(self, voices: list[Voice]) -> None:
        for voice in voices:
            if voice.said is None:
                continue
            source = (voice.said.source,) if voice.said.source else ()
            self.attributions.append(Attribution(source, (voice.said.cue,), voice.said.content))
            if voice.speaker and voice.said.form != "shown":
                self.running = voice

    def _remainders(self, sentence: Span, saids: list[Said], quotes: Sequence[Span]) -> list[Stretch]:
        """What of a sentence no attribution covers, where it makes a clause of its own."""
        text = self.document.text
        covered = sorted((min(p.start for p in _all(s)), max(p.end for p in _all(s))) for s in saids)
        start, out = sentence.start, []
        for first, last in covered:
            out.append(Span(start, max(start, first)))
            start = max(start, last)
        tail = Span(start, sentence.end)
        if re.match(r"\s*[,;–—-]+\s*(?:but|and|while|although|as)\b", text[tail.start : tail.end]):
            out.append(tail)
        spans = [trim(text, s, " ,;:–—-.\"“”") for s in out if s.end - s.start > 20]
        return [Stretch(s, self.default) for s in spans if _stands_alone(text, s, quotes)]

    # --- what is claimed ----------------------------------------------------------------------------

    def _claims_of(self, stretch: Stretch, quotes: Sequence[Span]) -> Iterator[Claim]:
        text = self.document.text
        found = propositions(text, stretch.span, quotes)
        made: list[Claim] = []
        for proposition in found:
            nested = [p.span for p in found if p is not proposition and p.span.inside(proposition.span)]
            made.append(self._claim(stretch, proposition, nested, quotes))
        yield from _merged(text, made, found)

    def _claim(self, stretch: Stretch, p: Proposition, nested: list[Span], quotes: Sequence[Span]) -> Claim:
        voice = stretch.voice
        in_quote = any(p.span.inside(q) for q in quotes)
        if p.role in ("relative", "apposition", "parenthesis") and voice is not self.default and not in_quote:
            # A checkable fact that the outlet slips into another's words is the outlet's own.
            voice = self.default
        return claim_from(self.context, p, voice, stretch.frame, nested)


def _restance(stretch: Stretch, stance: str) -> Stretch:
    if stance == "asserted" or stretch.voice.stance != "asserted":
        return stretch
    return replace(stretch, voice=replace(stretch.voice, stance=stance))


def _label_stance(label: str) -> str:
    if AIM_LABEL.search(label):
        return "forecast"
    return "hedged" if DOUBTFUL_LABEL.search(label) else "asserted"


def _default_voice(document: Document, profile: ConflictProfile) -> Voice:
    """A channel's post is the channel's word, an official summary the body's; an article is the outlet's own voice."""
    if document.medium == "article" or not document.outlet:
        return Voice(None)
    return Voice(Cast(profile).resolve(document.outlet))


def _all(said: Said) -> list[Span]:
    return [said.cue, *said.content, *([said.source] if said.source else [])]


def _holds(outer: Said, inner: Said) -> bool:
    """Whether the content of one attribution takes in another's cue."""
    return any(inner.cue.inside(c) for c in outer.content)


def _own_relays(said: Said, cast: Cast) -> tuple[str, ...]:
    return (said.platform,) if said.platform else ()


def _stands_alone(text: str, span: Span, quotes: Sequence[Span]) -> bool:
    toks = tokens(text, span, quotes)
    return has_clause(toks) and len([t for t in toks if t.is_word]) >= 5


def _merged(text: str, made: list[Claim], found: list[Proposition]) -> Iterator[Claim]:
    """Neighbouring main clauses of one sentence that are one claim by kind, time and polarity are joined."""
    yield from made

"""Claims from drafts: the kinds of all clauses of a document decided at once, then the fields of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from oskil.reading.about import NESTED, Context
from oskil.reading.carrying import carried, headed, located
from oskil.reading.clauses import Proposition
from oskil.reading.fields import bare_words, claim_from, opened_by, said_on
from oskil.reading.grammar import has_finite
from oskil.reading.holding import gone_from
from oskil.reading.joining import joined, prefixed
from oskil.reading.kinds import Clause
from oskil.reading.text import tokens
from oskil.reading.times import resolve_period
from oskil.reading.voices import Stretch, Voice
from oskil.records import Claim, Period, Span

Decide = Callable[[Sequence[Clause]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A stretch in one voice with its propositions; `default` is whose word the facts nested in it are.

    A line of a list ("Port: 1,905") is of the kind and of the days of its lead sentence.
    """

    paragraph: Span
    stretch: Stretch
    propositions: tuple[Proposition, ...]
    quotes: Sequence[Span]
    default: Voice
    lead: Span | None = None  # the sentence whose list this is a line of
    label: Span | None = (
        None  # the words before the colon that opens its paragraph, where they are no speaker
    )

    def voice(self, p: Proposition) -> Voice:
        """Whose word a proposition is: a checkable fact slipped into another's words is the outlet's own."""
        outside = p.role in NESTED and not any(p.span.inside(q) for q in self.quotes)
        return self.default if outside else self.stretch.voice

    def inside(self, p: Proposition) -> list[Proposition]:
        """The other propositions inside one."""
        return [o for o in self.propositions if o is not p and o.span.inside(p.span)]


def claims_from(context: Context, drafts: Sequence[Draft | Claim], decide: Decide) -> Iterator[Claim]:
    """The claims of a document, in order. `decide` gives the kind of each clause."""
    clauses = [c for d in drafts if isinstance(d, Draft) for c in _clauses(context.document.text, d)]
    kinds = iter(decide(clauses))
    paragraph, day = None, None
    told: list[Claim] = []  # of the paragraph so far
    named = False  # whether one of them has a place of its own
    spoken: dict[str, Period] = {}
    for draft in drafts:
        if isinstance(draft, Claim):
            yield draft
            continue
        if draft.paragraph != paragraph:
            paragraph, day = draft.paragraph, _day_of(context, draft.lead)
            told, named = [], False
        made: list[Claim] = []
        for p in draft.propositions:
            quoted = any(p.span.overlaps(q) for q in draft.quotes)
            voice = _dated(context, draft.voice(p), spoken, quoted=quoted)
            main = [c for c, o in zip(made, draft.propositions, strict=False) if o.role == "main"]
            if p.role == "participle":
                main = main or told[-1:]  # "..., officials said, killing nine"
            then = main[-1].time if main and p.role == "participle" else None
            known = then is not None and None not in (then.first, then.last)
            if known:  # what came of something is of its day, not of the telling's
                voice = replace(voice, day=None)
            claim = _claim(context, draft, p, next(kinds), voice, then if known else day)
            claim = carried(context.document.text, located(context, claim, voice), p, told, main)
            named = named or bool(claim.places or claim.areas)
            if not named:
                claim = headed(context, claim, draft.label, voice)
            made.append(gone_from(claim, told, context.profile))
            told.append(made[-1])
            if p.role not in NESTED:
                day = _day_told(context, made[-1]) or day
        yield from _whole(context.document.text, draft, made)


def _clauses(text: str, draft: Draft) -> Iterator[Clause]:
    for p in draft.propositions:
        voice = draft.voice(p)
        words = bare_words(
            text, draft.lead or p.span, () if draft.lead else [n.span for n in draft.inside(p)]
        )
        if draft.label and words[:1].isdigit() and not has_finite(tokens(text, p.span)):
            # "Enemy losses: 12 tanks": of counts without a verb the label says what they are of.
            words = text[draft.label.start : draft.label.end] + words
        yield Clause(words, voice.speaker is not None, p.role in NESTED, voice.stance)


def _claim(
    context: Context, draft: Draft, p: Proposition, kind: str, voice: Voice, day: Period | None
) -> Claim:
    stretch = draft.stretch
    claim = claim_from(context, p, kind, voice, stretch.frame, draft.inside(p), day)
    if stretch.prefix is None or p is not draft.propositions[0]:
        return claim
    return opened_by(context, claim, stretch.prefix, voice, stretch.frame)


def _dated(context: Context, voice: Voice, spoken: dict[str, Period], *, quoted: bool) -> Voice:
    """The voice with the day of its words: the frame's, else that of the same speaker's words before."""
    day = said_on(context, voice)
    person = voice.speaker.name if voice.speaker and voice.speaker.kind == "person" else ""
    if day and person:
        spoken[person] = day
    return replace(voice, day=day, day_before=spoken.get(person) if quoted else None)


def _day_told(context: Context, claim: Claim) -> Period | None:
    """ "On Sunday, ... . Air defences downed ...": a paragraph goes on telling of the day it named."""
    day = claim.time
    single = day is not None and day.first == day.last != context.document.published_on
    return day if single else None


def _day_of(context: Context, lead: Span | None) -> Period | None:
    """The days that the lead sentence of a list states."""
    published = context.document.published_on
    if lead is None or published is None:
        return None
    return resolve_period(context.document.text, lead.start, lead.end, published)


def _whole(text: str, draft: Draft, made: list[Claim]) -> Iterator[Claim]:
    if draft.stretch.prefix and made:
        made[0] = prefixed(text, made[0], draft.stretch.prefix)
    yield from joined(text, made, draft.propositions)

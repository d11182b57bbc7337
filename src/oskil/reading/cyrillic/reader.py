"""Reads paragraphs in Ukrainian and Russian: sentences to claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from oskil.places.morphology import Language, is_cyrillic, language_of
from oskil.reading.about import About, Context, about_places, home_of
from oskil.reading.attribution.said import Said
from oskil.reading.clauses import Proposition
from oskil.reading.cyrillic import fields
from oskil.reading.cyrillic.attribution import DATE_LEAD, labelled, peeled
from oskil.reading.cyrillic.clauses import clauses, states
from oskil.reading.cyrillic.holders import holder_of
from oskil.reading.cyrillic.presence import presence_of
from oskil.reading.cyrillic.sides import PartyNames, Sides, party_names
from oskil.reading.cyrillic.speakers import PRONOUNS, KnownSpeakers, known_speakers, speaker_of
from oskil.reading.cyrillic.words import Word, sentences, words
from oskil.reading.fields import claim_id
from oskil.reading.speakers import Cast, Speaker
from oskil.reading.text import trim
from oskil.reading.voices import Voice
from oskil.records import Attribution, Claim, Period, Span, quotation

POINTS_BACK = frozenset("місто село селище там тут город посёлок поселок здесь пункт".split())
COUNTED = 6  # words of a line that is a count and nothing else
IT = frozenset("це цього цьому это этого этому".split())
RUMOUR = 4  # words; "є така інформація" says nothing itself
WITHOUT_KIND = frozenset(("background", "assessment"))  # what the words for kinds say nothing of
EVENTS = frozenset(("strike", "harm"))  # of which what follows tells who was hurt
WITHOUT_DAY = frozenset(("background",))


class CyrillicReader:
    """Reads the Cyrillic paragraphs of one document, in order."""

    def __init__(self, context: Context, cast: Cast) -> None:
        self.context = context
        self.cast = cast
        self.text = context.document.text
        self.attributions: list[Attribution] = []
        self.lead: Claim | None = None  # the claim of a line that ends in a colon
        self.prepared: dict[Language, tuple[PartyNames, KnownSpeakers]] = {}

    def reads(self, paragraph: Span) -> bool:
        """Whether a paragraph is mostly Cyrillic."""
        return is_cyrillic(self.text[paragraph.start : paragraph.end])

    def claims(self, paragraph: Span, default: Voice) -> Iterator[Claim]:
        """The claims of a paragraph; `default` is whose word it is where no one is named."""
        self.language = language_of(self.text[paragraph.start : paragraph.end])
        if self.lead and (counted := self._counted(paragraph, self.lead)):
            yield counted
            return
        self.names, self.known = self._prepared(self.language)
        self.running: str | None = None
        day: Period | None = None
        whose = default  # of a line that no label opens
        made: list[list[Claim]] = []
        # Sentences that name nobody, by the number of their claims in `made`.
        unnamed: dict[int, tuple[Span, Sequence[Word], Period | None]] = {}
        for sentence in sentences(self.text, paragraph):
            if not is_cyrillic(self.text[sentence.start : sentence.end]):
                continue
            found = words(self.text, sentence, self.language)
            self.here = self._within(sentence)
            if "\n" in self.text[max(paragraph.start, sentence.start - 2) : sentence.start]:
                day, default = None, whose
            stated = fields.day_in(self.text, sentence, found, self.context.document.published_on)
            day = stated if fields.told_of(stated) else day
            new, voice = self._sentence(sentence, found, default, day)
            if not new and voice is not default and voice.speaker:
                # "Про це повідомив мер": what stands before it is the mayor's.
                kept = len(self.attributions)
                for number, (before, its_words, its_day) in unnamed.items():
                    self.here = self._within(before)
                    made[number] = self._sentence(before, its_words, voice, its_day)[0]
                del self.attributions[kept:]
            if labelled(self.text, sentence, voice.said):
                default = replace(voice, said=None)
            if voice is default:
                unnamed[len(made)] = sentence, found, day
            else:
                unnamed.clear()
            made.append(new)
        last: Claim | None = None
        for claim in chain.from_iterable(made):
            last = self._of_the_event(claim, last) if last else claim
            yield last
        self.lead = last if self.text[paragraph.end - 1] == ":" else None

    def _counted(self, line: Span, lead: Claim) -> Claim | None:
        """A line of a list of counts ("- 14 танків"), of the kind, speaker and day of its lead."""
        item = trim(self.text, line, "-–—* ;,.")
        found = words(self.text, item, self.language)
        counts = fields.quantities_in(self.text, item)
        if not counts or len(found) > COUNTED or any(w.finite for w in found):
            return None
        return replace(
            lead,
            id=claim_id(lead.document, item, lead.kind, lead.speaker),
            quote=quotation(self.text, (item,)),
            spans=(item,),
            quantities=counts,
        )

    def _of_the_event(self, claim: Claim, before: Claim) -> Claim:
        """The claim at the place of the strike before it, where it tells who was hurt and not where: "Удар по
        Одесі, поранено двох".
        """
        told = claim.places or claim.areas or claim.kind != "harm" or before.kind not in EVENTS
        if told or "\n" in self.text[before.spans[-1].end : claim.spans[0].start]:
            return claim
        return replace(claim, places=before.places, areas=before.areas, around=before.around)

    def _within(self, span: Span) -> Context:
        toponyms = self.context.toponyms
        first = bisect_left(toponyms, span.start, key=lambda t: t.start)
        last = bisect_left(toponyms, span.end, key=lambda t: t.start)
        return replace(self.context, toponyms=toponyms[first:last])

    def _prepared(self, language: Language) -> tuple[PartyNames, KnownSpeakers]:
        if language not in self.prepared:
            profile = self.context.profile
            self.prepared[language] = party_names(profile, language), known_speakers(profile, language)
        return self.prepared[language]

    def _sentence(
        self, sentence: Span, found: Sequence[Word], default: Voice, day: Period | None
    ) -> tuple[list[Claim], Voice]:
        lead = DATE_LEAD.match(self.text, sentence.start, sentence.end)
        content = trim(self.text, Span(lead.end() if lead else sentence.start, sentence.end))
        saids = [s for s in peeled(self.text, found, content, self.known.names) if not self._of_it(s)]
        voice = self._voice(saids, found, default)
        for said in saids:
            source = (said.source,) if said.source else ()
            if said.content:
                self.attributions.append(Attribution(source, (said.cue,), said.content))
        if saids:
            content = saids[-1].content[0] if saids[-1].content else Span(content.end, content.end)
        out: list[Claim] = []
        for span in clauses(self.text, content, found):
            inside = [w for w in found if span.start <= w.start and w.end <= span.end]
            if fields.rumoured(inside) and len(inside) <= RUMOUR:
                voice = replace(voice, stance="hedged")
            elif any(w.finite for w in inside) or states(inside) or self._present(span, inside):
                out.append(self._claim(span, inside, sentence, voice, day))
        if any(c.certainty == "conditional" for c in out):
            out = [replace(c, certainty="conditional") for c in out]
        return out, voice

    def _sides(self, speaker: Speaker | None, home: str | None = None) -> Sides:
        return Sides(self.names, speaker.side if speaker else None, home)

    def _voice(self, saids: Sequence[Said], found: Sequence[Word], default: Voice) -> Voice:
        """The innermost source that is named speaks; those around it pass it on."""
        voice = default
        relays: list[str] = []
        for said in saids:
            speaker = self._speaker(said, found)
            if speaker:
                if voice is not default and voice.speaker:
                    relays.insert(0, voice.speaker.name)
                voice = Voice(speaker, (), said.stance, said)
            elif said.stance != "asserted":
                voice = replace(voice, stance=said.stance)
        return replace(voice, relays=tuple(relays)) if relays else voice

    def _of_it(self, said: Said) -> bool:
        """Whether a source does something to "it" and says nothing more: "..., Київ це спростовує"."""
        source = self.text[said.source.start : said.source.end].lower().split() if said.source else []
        return bool(source) and source[-1] in IT

    def _speaker(self, said: Said, found: Sequence[Word]) -> Speaker | None:
        if said.source is None:
            return None
        inside = [w for w in found if said.source.start <= w.start and w.end <= said.source.end]
        if len(inside) == 1 and inside[0].text.lower() in PRONOUNS:
            return self.cast.last_person or self.cast.last
        speaker = speaker_of(self.text, inside, self._sides(None), self.known, self.here.toponyms)
        if speaker:
            self.cast.last = speaker
            if speaker.kind == "person":
                self.cast.last_person = speaker
        return speaker

    def _claim(
        self,
        span: Span,
        found: Sequence[Word],
        sentence: Span,
        voice: Voice,
        day: Period | None,
    ) -> Claim:
        speaker = voice.speaker
        kind = fields.kind_of(found, attributed=speaker is not None)
        about = self._about(span, found, voice, sentence)
        sides = self._sides(speaker, home_of(self.here, about))
        present = presence_of(found, sides) if kind in WITHOUT_KIND and about.places else None
        kind = present.kind if present else kind
        holder = present.holder if present else holder_of(found, kind, sides, self.running)
        self.running = next((m.party for m in sides.mentions(found) if m.acts), self.running)
        said = voice.said
        return Claim(
            id=claim_id(self.context.document.id, span, kind, speaker.name if speaker else None),
            document=self.context.document.id,
            quote=quotation(self.text, (span,)),
            spans=(span,),
            kind=kind,
            speaker=speaker.name if speaker else None,
            side=speaker.side if speaker else None,
            relays=voice.relays,
            certainty=fields.certainty_of(found, voice.stance),
            polarity="affirmed" if present else fields.polarity_of(found, voice.stance),
            places=about.places,
            areas=about.areas,
            around=about.around,
            time=self._time(span, found, kind, day),
            holder=holder,
            quantities=fields.quantities_in(self.text, span),
            evidence=fields.evidence_in(found),
            source=(said.source,) if said and said.source else (),
            cue=(said.cue,) if said else (),
        )

    def _time(self, span: Span, found: Sequence[Word], kind: str, day: Period | None) -> Period | None:
        published = self.context.document.published_on
        if published is None:
            return None
        stated = fields.day_in(self.text, span, found, published) or day
        if kind == "forecast":
            return Period(stated.last if stated else published, None)
        if kind in WITHOUT_DAY and stated is None:
            return Period(None, published)
        return stated or Period(published, published)

    def _present(self, span: Span, found: Sequence[Word]) -> bool:
        """Whether words without a verb say who is in a settlement that they name."""
        named = any(t.place and t.place.kind == "settlement" for t in self.here.within(span))
        return named and presence_of(found, self._sides(None)) is not None

    def _about(self, span: Span, found: Sequence[Word], voice: Voice, sentence: Span) -> About:
        about = about_places(self.here, Proposition(span), voice, sentence, ())
        if about.places or about.areas or not any(w.lemmas & POINTS_BACK for w in found):
            return about
        before = [
            t
            for t in self.context.toponyms
            if t.end <= span.start
            and t.place
            and t.place.kind == "settlement"
            and t.relation not in ("metonym", "demonym", "embedded")
        ]
        return replace(about, places=(before[-1].place.id,)) if before and before[-1].place else about

"""One walk over a document: sentence by sentence, whose word each stretch is, and its propositions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from oskil.conflict import ConflictProfile
from oskil.reading.about import NESTED, Context
from oskil.reading.attribution import Said
from oskil.reading.attribution.finders import Finder
from oskil.reading.clauses import Proposition, propositions
from oskil.reading.cyrillic.reader import CyrillicReader
from oskil.reading.datelines import without_dateline
from oskil.reading.grammar import finite_at, has_clause
from oskil.reading.interview import Interview, Turn, first_person, interview
from oskil.reading.introducing import counted_lines, introduces, is_item, is_quotation
from oskil.reading.joining import mended
from oskil.reading.labels import Label, label_of
from oskil.reading.leads import claims_nothing, replying, unchecked
from oskil.reading.lexicon import words
from oskil.reading.making import Draft
from oskil.reading.relaying import OUTLET_WORDS, citing, outlet_before, points_back, relay_name
from oskil.reading.saying import Saying, before_colon, head_speaker, is_entry, of_the_one_before, presented
from oskil.reading.speakers import Cast, Speaker, phrase_of, through
from oskil.reading.text import paragraphs, quotations, sentences, tokens, trim
from oskil.reading.voices import (
    Stretch,
    Voice,
    briefings,
    default_voice,
    is_pull_quote_name,
    pull_quote_voice,
)
from oskil.records import Attribution, Claim, Part, Span

READ_ROLES = frozenset(("body", "standfirst", "update", "caption", "embed"))
CAPTION_CREDIT = re.compile(r"\s*[\[(][^\[\]()]{3,80}[\])]\s*$")
REACH = 20_000  # characters before "the agency" in which its name is sought
BACK = re.compile(r"(?:he|she|they|it|one|another) ?(?:of (?:them|these|those))?", re.I)
WHO_THEY_SAY = re.compile(r",\s+(?:who|whom|which)\s+(?:the\s+)?$")
EFFECT_BEHIND = re.compile(
    r"[^,;.:]{0,40},\s+(?:and\s+)?((?:killing|wounding|injuring|maiming|destroying|wrecking|damaging|burning|sinking"
    r"|razing|flattening|capturing|seizing|sparking|causing|triggering|igniting|leaving|forcing|cutting|trapping"
    r"|displacing|sending|knocking|setting|collapsing|disrupting|hitting|striking|downing)\b)"
)
AND_AT_END = re.compile(r"[\s,;]+(?:and|but|while|as|although|whereas|which|who|where)[\s,;:–—-]*$")
MOSTLY = 0.6  # a sentence with this share of it in quotation marks goes on with the quotation before it


class Walk:
    """One pass over a document. Speakers met on the way stay known to the end."""

    def __init__(self, context: Context, finder: Finder) -> None:
        self.context = context
        self.finder = finder
        self.document = document = context.document
        self.text = document.text
        self.profile = profile = context.profile
        named = {t.phrase: t.place.country for t in context.toponyms if t.place}
        self.cast = Cast(profile, document.text, places=named)
        self.cyrillic = CyrillicReader(self.context, self.cast)
        self.attributions: list[Attribution] = self.cyrillic.attributions
        self.running: Voice | None = None
        self.introduced: Voice | None = None  # whose words the next paragraph is announced to be
        self.listing = False  # whether the paragraph before was an item of what was announced
        self.relayed = ""  # the last outlet that passed words on
        self.default = self.own = default_voice(document, profile)
        self.lead: tuple[Span, Voice] | None = None  # a sentence that ends in a colon, and whose word it is
        self.headed: Voice | None = None  # who is named in the heading before a paragraph
        self.teller: Speaker | None = None  # who answers, in an answer of an interview
        self.briefings = list(briefings(document, profile)) if document.medium == "article" else []

    def drafts(self) -> Iterator[Draft | Claim]:
        """What there is to claim, in order; paragraphs in Cyrillic come as claims already made."""
        parts = self.document.parts or (Part(0, len(self.text), "body"),)
        pieces = [(p, part) for part in parts for p in paragraphs(self.text, part.span)]
        pieces = mended(self.text, pieces)
        asked = interview(self.text, [p for p, _ in pieces]) if self.document.medium == "article" else None
        for k, (paragraph, part) in enumerate(pieces):
            if part.role == "subhead":
                self._begin_section(phrase_of(self.text, paragraph))
            if asked and paragraph in asked.turns:
                yield from self._turn(paragraph, part, asked, asked.turns[paragraph])
                continue
            if part.role in READ_ROLES:
                yield from self._paragraph(paragraph, part, [p for p, _ in pieces[k + 1 : k + 2]])

    def _begin_section(self, head: str) -> None:
        """Nobody goes on speaking behind a heading, and whom "he" means is not told before a stamp; who is
        named in the heading with a platform speaks the quotation that follows.
        """
        self.running = self.introduced = self.headed = None
        if is_entry(head):
            self.cast.forget()
        source, platform = head_speaker(head)
        if speaker := self.cast.resolve(source) if source else None:
            self.headed = Voice(speaker, (platform,))

    def _turn(self, paragraph: Span, part: Part, asked: Interview, turn: Turn) -> Iterator[Draft | Claim]:
        """A question or an answer. Of a question only what it puts to the other as a third's word is read."""
        kept, self.running = self.own, None
        if not turn.asks:
            self.teller = self._answerer(asked)
            self.own = Voice(self.teller)
        for draft in self._paragraph(turn.span, replace(part, role="body"), ()):
            if not (turn.asks and isinstance(draft, Draft) and draft.stretch.voice is self.default):
                yield draft
        self.own, self.teller, self.running = kept, None, None

    def _answerer(self, asked: Interview) -> Speaker | None:
        speaker = self.cast.resolve(asked.who) if asked.who else None
        if asked.name:
            side = speaker.side if speaker else None
            speaker = self.cast.resolve(asked.name)
            return replace(speaker, side=speaker.side or side, kind="person") if speaker else None
        return speaker

    def _paragraph(self, paragraph: Span, part: Part, following: Sequence[Span]) -> Iterator[Draft | Claim]:
        if is_pull_quote_name(self.text, paragraph):
            return
        if self.cyrillic.reads(paragraph):
            yield from self.cyrillic.claims(paragraph, self._author(part))
            return
        self.default = next((v for s, v in self.briefings if paragraph.inside(s)), self.own)
        if part.role == "caption":
            credit = CAPTION_CREDIT.search(self.text[paragraph.start : paragraph.end])
            paragraph = Span(paragraph.start, paragraph.start + credit.start()) if credit else paragraph
        if self.lead and (lines := counted_lines(self.text, paragraph)):
            yield from self._lines(lines, paragraph, *self.lead)
            return
        self.lead = None
        paragraph = without_dateline(self.text, paragraph) if part.role == "body" else paragraph
        self._begin_introduced(paragraph)
        label = self._label(paragraph)
        if label:
            paragraph = trim(self.text, Span(label.span.end, paragraph.end))
            speaker = self.cast.resolve(label.speaker) if label.speaker else None
            if speaker:
                relays = (self._relay(label.relay, paragraph.start),) if label.relay else ()
                self.default = Voice(speaker, relays)
        stance = label.stance if label else "asserted"
        place = label.span if label and not label.speaker else None
        self.running = pull_quote_voice(self.text, paragraph, following, self.cast) or self.running
        quotes = quotations(self.text, paragraph)
        if self.headed and is_quotation(self.text, paragraph):
            self.running = self.headed
        self.headed = None
        found_sentences = list(sentences(self.text, paragraph, quotes))
        for sentence, after in zip(found_sentences, [*found_sentences[1:], None], strict=True):
            if self._introduces(sentence, paragraph, quotes) or self._presents(sentence):
                continue
            for stretch in self._in_voices(sentence, after, quotes, part):
                if sentence.end == paragraph.end and self.text[sentence.end - 1] == ":":
                    self.lead = (sentence, stretch.voice)
                found = _told(self.text, stretch, quotes)
                made = Draft(paragraph, _restance(stretch, stance), found, quotes, self.default)
                yield replace(made, label=place)

    def _label(self, paragraph: Span) -> Label | None:
        """The label that opens a paragraph, unless it is who speaks in the sentence behind the colon."""
        label = label_of(self.text, paragraph, self.profile)
        if label is None or label.speaker:
            return label
        quotes = quotations(self.text, paragraph)
        named = before_colon(self.text, paragraph, quotes)
        if named and named.source and not quotes:
            return replace(label, stance="asserted", speaker=named.source, relay=named.relay)
        return None if named else label

    def _lines(self, lines: list[Span], paragraph: Span, lead: Span, voice: Voice) -> Iterator[Draft]:
        """The lines of a list that a sentence before it leads: each a claim of its own, in its voice."""
        for line in lines:
            stretch = Stretch(line, replace(voice, said=None))
            yield Draft(paragraph, stretch, (Proposition(line),), (), self.default, lead)

    def _in_voices(
        self, sentence: Span, after: Span | None, quotes: Sequence[Span], part: Part
    ) -> list[Stretch]:
        """The stretches of a sentence; whose it is may be told before a colon, or by the next sentence."""
        if saying := before_colon(self.text, sentence, quotes):
            voice = self._said_by(saying)
            if voice:
                self.running = voice
                return [Stretch(saying.content, voice)]
        found = self._stretches(sentence, quotes, part)
        whose = of_the_one_before(self.text, after) if after else ""
        speaker = self.cast.resolve(whose) if whose else None
        if speaker is None:
            return found
        return [replace(s, voice=Voice(speaker)) if s.voice is self.default else s for s in found]

    def _said_by(self, saying: Saying) -> Voice | None:
        if not saying.source:
            return self.running or (Voice(self.cast.last) if self.cast.last else None)
        speaker = self.cast.resolve(saying.source)
        return Voice(speaker, (saying.relay,) if saying.relay else ()) if speaker else None

    def _presents(self, sentence: Span) -> bool:
        """Whether a sentence says nothing but who spoke before it, or whose words are heard."""
        name = presented(self.text, sentence)
        speaker = self.cast.resolve(name) if name else None
        if speaker:
            self.running = Voice(speaker)
        return speaker is not None or bool(of_the_one_before(self.text, sentence))

    def _begin_introduced(self, paragraph: Span) -> None:
        """A quotation goes on in the voice that was announced before it; so does a paragraph without marks,
        and every item of a list.
        """
        item = is_item(self.text, paragraph)
        if self.introduced is None or (self.listing and not item):
            self.introduced, self.listing = None, False
            return
        if is_quotation(self.text, paragraph):
            self.running = self.introduced
        else:
            self.default = self.introduced
        self.listing = item
        if not item:
            self.introduced = None

    def _introduces(self, sentence: Span, paragraph: Span, quotes: Sequence[Span]) -> bool:
        """Whether the sentence ends its paragraph and only announces the words of the next one."""
        found = introduces(self.text, sentence, quotes) if sentence.end == paragraph.end else None
        speaker = self.cast.resolve(phrase_of(self.text, found[0])) if found else None
        if found and speaker:
            self.introduced = Voice(speaker, (found[1],) if found[1] else ())
            self.lead = (sentence, self.introduced)
        return speaker is not None

    # --- whose word -------------------------------------------------------------------------------

    def _author(self, part: Part) -> Voice:
        """Whose word a part is where nobody is named in it."""
        if part.role == "embed" and part.by:
            return Voice(self.cast.resolve(part.by), (part.via,) if part.via else ())
        return self.own

    def _stretches(self, sentence: Span, quotes: Sequence[Span], part: Part) -> list[Stretch]:
        if part.role == "embed" and part.by:
            return [Stretch(sentence, self._author(part))]
        if unchecked(self.text, sentence):
            return []
        saids = _without_asides(self.text, self.finder.attributions(self.text, sentence, quotes))
        if saids and not saids[0].content[0].start <= sentence.start:
            self._hand_on(Span(sentence.start, min(p.start for p in _all(saids[0]))))
        if not saids:
            voice = self._unattributed(sentence, quotes)
            if voice is self.default:
                self.cast.notice(self.text[sentence.start : sentence.end])
                self._hand_on(sentence)
            quoted = any(q.overlaps(sentence) for q in quotes)
            idle = (voice is self.default or not quoted) and claims_nothing(self.text, sentence)
            return [] if idle else [Stretch(sentence, voice)]
        voices = self._voices(saids, sentence)
        out = [s for v in voices if v.said for s in _contents(v, v.said, sentence)]
        self._note(voices)
        rest = self._remainders(sentence, saids, quotes) + self._effects(sentence, voices)
        return sorted(out + rest, key=lambda stretch: stretch.span.start)

    def _effects(self, sentence: Span, voices: Sequence[Voice]) -> list[Stretch]:
        """What came of it, told behind whoever said it: "A missile hit it, officials said, killing nine"."""
        said = voices[-1].said if voices else None
        if said is None or max(c.end for c in said.content) > said.cue.start:
            return []
        effect = EFFECT_BEHIND.match(self.text, max(p.end for p in _all(said)), sentence.end)
        if effect is None:
            return []
        return [
            Stretch(trim(self.text, Span(effect.start(1), sentence.end), ' ,;:–—-."“”'), voices[-1], sentence)
        ]

    def _hand_on(self, sentence: Span) -> None:
        """Who replies in a sentence is "he" or "she" in what follows it."""
        if source := replying(self.text, sentence):
            self.cast.resolve(phrase_of(self.text, source))

    def _unattributed(self, sentence: Span, quotes: Sequence[Span]) -> Voice:
        """A sentence that is mostly quotation goes on in the voice before it; any other is the outlet's
        own.
        """
        inside = sum(max(0, min(q.end, sentence.end) - max(q.start, sentence.start)) for q in quotes)
        if self.running and inside > MOSTLY * (sentence.end - sentence.start):
            return replace(self.running, stance="asserted")
        source = self.finder.source_before(sentence) if self.document.medium == "article" else None
        speaker = self.cast.resolve(phrase_of(self.text, source)) if source else None
        return Voice(speaker) if speaker else self.default

    def _voices(self, saids: list[Said], sentence: Span) -> list[Voice]:
        """Every attribution with its speaker; one that passes on another's words becomes that one's relay."""
        resolved = [self._speaker(s) for s in saids]
        cited = citing(self.text, sentence, self.profile)
        outer = [k for k, s in enumerate(saids) if any(_holds(s, o) for o in saids if o is not s)]
        out = []
        for k, said in enumerate(saids):
            if k in outer:
                continue
            relays = _own_relays(self.text, said, self.profile)
            for j in outer:
                source = saids[j].source
                himself = resolved[j] == resolved[k] and self._points_back(said)
                if source and resolved[j] and not himself and _holds(saids[j], said):
                    relays = (*relays, self._relay(phrase_of(self.text, source), source.start))
            if self.teller and resolved[k] and resolved[k] != self.teller:
                relays = (*relays, self.teller.name)
            speaker = resolved[k]
            if cited and speaker and said.source and self._is_outlet(said.source):
                relays = (self._relay(phrase_of(self.text, said.source), said.source.start), *relays)
                speaker = self.cast.resolve(cited)
            speaker = through(speaker, relays, self.profile) if speaker else None
            stance = said.stance
            if resolved[k] is None and said.form == "verb" and said.lemma in ("indicate", "suggest"):
                stance = "hedged"
            out.append(Voice(speaker, relays, stance, said, sentence))
        return out

    def _is_outlet(self, source: Span) -> bool:
        phrase = phrase_of(self.text, source)
        actor = self.profile.find_actor(relay_name(phrase, self.profile))
        return points_back(phrase) or (actor.role == "outlet" if actor else bool(OUTLET_WORDS.search(phrase)))

    def _points_back(self, said: Said) -> bool:
        """Whether a source is "he" or "one of them", who is the one that the sentence began with."""
        return said.source is not None and BACK.fullmatch(phrase_of(self.text, said.source)) is not None

    def _relay(self, phrase: str, position: int) -> str:
        before = self.text[max(0, position - REACH) : position]
        if points_back(phrase):
            known = [n for n in (outlet_before(before, self.profile), self.relayed) if n]
            return max(known, key=before.rfind, default=relay_name(phrase, self.profile))
        name = relay_name(phrase, self.profile)
        self.relayed = name
        return name

    def _speaker(self, said: Said) -> Speaker | None:
        phrase = phrase_of(self.text, said.source) if said.source else ""
        if self.teller and first_person(phrase):
            return self.teller
        return self.cast.resolve(phrase) if phrase else None

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
        if whole := self._around_relative(sentence, saids):
            return [whole]
        covered = sorted((min(p.start for p in _all(s)), max(p.end for p in _all(s))) for s in saids)
        start, out = sentence.start, []
        for first, last in covered:
            out.append(Span(start, max(start, first)))
            start = max(start, last)
        tail = Span(start, sentence.end)
        if self.text[tail.start : tail.start + 1] == ";" and self.running:
            # "..., the monitor said; 40 people have died": a semicolon goes on with the same words.
            after = trim(self.text, tail, ' ,;:–—-."“”')
            if _stands_alone(self.text, after, quotes) and not claims_nothing(self.text, after):
                goes_on = Stretch(after, replace(self.running, said=None, stance="asserted"))
                return [*self._alone(out, quotes), goes_on]
        if re.match(r"\s*[,;–—-]+\s*(?:but|and|while|although|as)\b", self.text[tail.start : tail.end]):
            out.append(tail)
        return self._alone(out, quotes)

    def _alone(self, spans: Sequence[Span], quotes: Sequence[Span]) -> list[Stretch]:
        """Those of the stretches that make a clause, in the outlet's own voice."""
        trimmed = [_without_and(self.text, s) for s in spans if s.end - s.start > 20]
        alone = (s for s in trimmed if _stands_alone(self.text, s, quotes))
        return [Stretch(s, self.default) for s in alone if not claims_nothing(self.text, s)]

    def _around_relative(self, sentence: Span, saids: Sequence[Said]) -> Stretch | None:
        """'The rebels, who the army says are few, took the pass': what is told around what is said of it."""
        said = saids[0]
        if len(saids) > 1 or said.source is None:
            return None
        opened = WHO_THEY_SAY.search(self.text[sentence.start : said.source.start])
        end = max(c.end for c in said.content)
        if opened is None or self.text[end : end + 1] != ",":
            return None
        head = Span(sentence.start, sentence.start + opened.start())
        tail = trim(self.text, Span(end, sentence.end), ' ,;:–—-."“”')
        return Stretch(tail, self.default, None, head) if tail.end > tail.start else None


def _contents(voice: Voice, said: Said, sentence: Span) -> list[Stretch]:
    if said.interrupted and len(said.content) == 2:
        return [Stretch(said.content[1], voice, sentence, said.content[0])]
    return [Stretch(content, voice, sentence) for content in said.content]


def _without_and(text: str, span: Span) -> Span:
    """The span without marks around it, and without an "and" that leads to another's words."""
    joint = AND_AT_END.search(text[span.start : span.end])
    end = span.start + joint.start() if joint else span.end
    return trim(text, Span(span.start, end), ' ,;:–—-."“”')


def _told(text: str, stretch: Stretch, quotes: Sequence[Span]) -> tuple[Proposition, ...]:
    """The propositions of a stretch; of what somebody did not say, the facts in it alone."""
    found = tuple(propositions(text, stretch.span, quotes))
    said = stretch.voice.said
    if said and said.unsaid:
        return tuple(p for p in found if p.role in NESTED)
    here = said is not None and stretch.frame is not None and said.cue.inside(stretch.frame)
    if said and here and stretch.span.start >= said.cue.end > max(c.end for c in said.content):
        return tuple(replace(p, role="participle") if p.role == "main" else p for p in found)
    return found


def _restance(stretch: Stretch, stance: str) -> Stretch:
    if stance == "asserted" or stretch.voice.stance != "asserted":
        return stretch
    return replace(stretch, voice=replace(stretch.voice, stance=stance))


def _all(said: Said) -> list[Span]:
    source = None if said.shared else said.source
    return [said.cue, *said.content, *(s for s in (source, said.lead) if s)]


def _holds(outer: Said, inner: Said) -> bool:
    """Whether the content of one attribution takes in another's cue."""
    return any(inner.cue.inside(c) for c in outer.content)


def _without_asides(text: str, saids: list[Said]) -> list[Said]:
    """All but those that only add to a name in another's words: "The rebels, backed by it according to the
    experts, took the town, the mayor said".
    """
    return [s for s in saids if not any(_holds(o, s) and _goes_on(text, o, s) for o in saids if o is not s)]


def _goes_on(text: str, outer: Said, inner: Said) -> bool:
    """Whether the words of one go on behind another and a comma with the verb of what they began with."""
    end = max(p.end for p in _all(inner))
    rest = trim(text, Span(end, max(c.end for c in outer.content)), ", ")
    toks = tokens(text, rest) if text[end : end + 1] == "," else []
    return bool(toks) and finite_at(toks, 0)


def _own_relays(text: str, said: Said, profile: ConflictProfile) -> tuple[str, ...]:
    """The outlet that was told ('told Reuters'), and the platform that carried the words."""
    told = phrase_of(text, said.addressee) if said.addressee else ""
    if told and points_back(told):
        told = outlet_before(text[max(0, said.cue.start - REACH) : said.cue.start], profile) or ""
    actor = profile.find_actor(told) if told else None
    outlet = (told,) if (actor and actor.role == "outlet") or OUTLET_WORDS.search(told) else ()
    return (*outlet, said.platform) if said.platform else outlet


def _stands_alone(text: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Whether words are a clause, and not the beginning of one: "Army officials have not yet"."""
    toks = tokens(text, span, quotes)
    said = [t.low for t in toks if t.is_word]
    last = next((w for w in reversed(said) if w not in ("not", "yet") and not w.endswith("ly")), "")
    return has_clause(toks) and len(said) >= 3 and last not in words().auxiliaries

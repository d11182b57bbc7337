"""The origin graph: from every claim of a proposition, step by step, back to whose word it is.

A named speaker is the origin, whoever relays him: two outlets that quote one general are one witness.
Where the outlet speaks itself, its claim is traced by forwards, copied words, credits and links to an
earlier claim, else to an outlet of the same publisher, else, where habits are given, to what it likely
copies; and that claim to its own origin. What leads nowhere is the outlet's own word.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from oskil.records import Claim, Document, OriginEdge, Proposition
from oskil.weighing.moments import told_order
from oskil.weighing.origins.habits import Habits
from oskil.weighing.origins.names import Names, Voice
from oskil.weighing.origins.steps import Step, Steps, by_document
from oskil.weighing.origins.stream import Heard, trace
from oskil.weighing.origins.thresholds import thresholds
from oskil.weighing.origins.wording import Passage, passages


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim within one proposition, with when, by whom and in whose words it was told."""

    proposition: Proposition
    claim: Claim
    told: tuple[dt.datetime, int, str]
    outlet: Voice
    speaker: Voice | None

    @property
    def key(self) -> tuple[str, str]:
        """What names it: a claim may be in several propositions."""
        return self.proposition.id, self.claim.id

    @property
    def order(self) -> tuple[tuple[dt.datetime, int, str], str, str]:
        """The order of telling, within a text by ids."""
        return self.told, self.claim.id, self.proposition.id


@dataclass(frozen=True, slots=True)
class Led:
    """Where a claim leads: the voice whose word it is, and the step back that was taken, if any.

    `root` tells unnamed voices apart: the id of the claim that the chain begins with.
    """

    voice: Voice
    root: str
    edge: OriginEdge | None = None


class Graph:
    """All claims of some propositions, each led back to its origin."""

    def __init__(
        self,
        propositions: Iterable[Proposition],
        claims: Iterable[Claim],
        documents: Iterable[Document],
        names: Names,
        *,
        found: Iterable[Passage] | None = None,
    ) -> None:
        self._names = names
        self._claims = {claim.id: claim for claim in claims}
        self._documents = {document.id: document for document in documents}
        texts = self._documents.values()
        self._steps = Steps(texts, passages(texts) if found is None else found, names)
        self._outlets = {voice.key: voice for voice in map(names.outlet, texts)}
        self._in_document = by_document(self._claims.values())
        entries = (entry for proposition in propositions for entry in self._entries(proposition))
        self.entries = sorted(entries, key=lambda entry: entry.order)
        self._told = {entry.key: entry for entry in self.entries}

    def led(self) -> dict[tuple[str, str], Led]:
        """Where each claim leads by what can be seen, by the ids of proposition and claim."""
        found: dict[tuple[str, str], Led] = {}
        earlier: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in self.entries:
            said = earlier[entry.proposition.id]
            found[entry.key] = self._lead(entry, said, found)
            said[entry.outlet.key] = entry
        return found

    def heard(self, led: Mapping[tuple[str, str], Led]) -> list[Heard]:
        """The claims as light records, from which habits can be learned: what was copied shows as wording."""
        return [self._heard(entry, led) for entry in self.entries if entry.claim.polarity == "affirmed"]

    def _entries(self, proposition: Proposition) -> Iterator[Entry]:
        for claim_id in proposition.claims:
            claim = self._claims[claim_id]
            document = self._documents[claim.document]
            outlet = self._names.outlet(document)
            speaker = self._voice(claim.speaker, claim.side) if claim.speaker else None
            speaker = None if speaker is None or speaker.key == outlet.key else speaker
            yield Entry(proposition, claim, told_order(document), outlet, speaker)

    def _voice(self, name: str, side: str | None = None) -> Voice:
        """A speaker's or relay's voice: an outlet's, where one of these texts is by an outlet so named."""
        return self._outlets.get(" ".join(name.casefold().split())) or self._names.voice(name, side)

    def _lead(self, entry: Entry, said: Mapping[str, Entry], led: Mapping[tuple[str, str], Led]) -> Led:
        for step in self._steps.of(entry.claim):
            parent = self._claim_at(entry, step, said)
            before = self._before(entry, parent, step, led)
            if before is not None and _agrees(entry, before):
                return replace(before, edge=_edge(entry, step, parent))
        if entry.speaker is not None:
            return self._relayed(entry, entry.speaker, said, led)
        return self._family(entry, said, led) or Led(entry.outlet, entry.claim.id)

    def _claim_at(self, entry: Entry, step: Step, said: Mapping[str, Entry]) -> Claim | None:
        """The claim that this one repeats: of the other text's words, else of the same proposition."""
        if step.document is None:
            before = said.get(step.voice.key)
            return before.claim if before else None
        others = [c for c in self._in_document.get(step.document or "", ()) if c.kind == entry.claim.kind]
        if step.found:
            others = [c for c in others if any(s.overlaps(f) for s in c.spans for f in step.found)]
        same = [c for c in others if (entry.proposition.id, c.id) in self._told]
        return next(iter(same), None) if same or not step.found else next(iter(others), None)

    def _before(
        self, entry: Entry, parent: Claim | None, step: Step, led: Mapping[tuple[str, str], Led]
    ) -> Led | None:
        """Where the step leads on to; the outlet's own word where it has the words but no such claim."""
        if parent is None:
            return Led(step.voice, entry.claim.id) if step.document is None or step.found else None
        if (already := led.get((entry.proposition.id, parent.id))) is not None:
            return already
        voice = self._voice(parent.speaker, parent.side) if parent.speaker else step.voice
        return Led(voice, parent.id)

    def _relayed(
        self, entry: Entry, speaker: Voice, said: Mapping[str, Entry], led: Mapping[tuple[str, str], Led]
    ) -> Led:
        """The speaker's word: from his own text, else from a relay's, else as the outlet alone gives it."""
        claim, spans = entry.claim, (*entry.claim.source, *entry.claim.cue)
        relays = [self._voice(name) for name in claim.relays]
        for n, voice in reversed(list(enumerate([speaker, *relays]))):
            parent = said.get(voice.key)
            through = tuple(relay.name for relay in relays[n:])
            if parent is None or voice.key == entry.outlet.key:
                continue
            before = led[parent.key]
            if before.voice.key == speaker.key or n == 0:
                edge = OriginEdge(
                    claim=claim.id,
                    name=voice.name,
                    reason="relay",
                    parent=parent.claim.id,
                    through=through,
                    evidence=spans,
                    note=f"names {voice.name}",
                )
                return replace(before, edge=edge)
        edge = OriginEdge(
            claim=claim.id,
            name=speaker.name,
            reason="relay",
            through=tuple(relay.name for relay in relays if relay.key != entry.outlet.key),
            evidence=spans,
            note=f"names {speaker.name}",
        )
        return Led(speaker, claim.id, edge)

    def _family(
        self, entry: Entry, said: Mapping[str, Entry], led: Mapping[tuple[str, str], Led]
    ) -> Led | None:
        families = thresholds().families
        family = families.get(entry.outlet.name)
        if family is None:
            return None
        for other in said.values():
            if other.outlet.key != entry.outlet.key and families.get(other.outlet.name) == family:
                edge = OriginEdge(
                    claim=entry.claim.id,
                    name=other.outlet.name,
                    reason="family",
                    parent=other.claim.id,
                    note=f"both of {family}",
                )
                return replace(led[other.key], edge=edge)
        return None

    def _heard(self, entry: Entry, led: Mapping[tuple[str, str], Led]) -> Heard:
        way = led[entry.key]
        place = min((*entry.claim.at, *entry.claim.areas), default=0)
        relayed = way.voice.name if way.edge and way.edge.reason == "relay" and way.voice.named else None
        # Texts of one chain count as one wording; a text of its own as a wording of its own.
        return Heard(
            entry.key,
            entry.told[0],
            entry.outlet.name,
            entry.proposition.places[0] if entry.proposition.places else place,
            entry.claim.kind,
            entry.proposition.holder,
            relayed,
            way.root,
        )

    def by_habit(self, led: dict[tuple[str, str], Led], habits: Habits) -> None:
        """Lead claims in an outlet's own voice, that lead nowhere, to what the outlet likely copies."""
        for traced in trace(self.heard(led), habits):
            key, parent = traced.id, traced.parent
            if traced.reason != "habit" or not isinstance(key, tuple) or not isinstance(parent, tuple):
                continue
            entry, other = self._told[key], self._told[parent]
            if led[key].edge is not None or entry.speaker is not None:
                continue
            edge = OriginEdge(
                claim=entry.claim.id,
                name=other.outlet.name,
                reason="habit",
                parent=other.claim.id,
                note=f"{entry.outlet.name} often repeats what {other.outlet.name} has",
                probability=traced.probability,
            )
            led[key] = replace(led[parent], edge=edge)


def _agrees(entry: Entry, before: Led) -> bool:
    """Whether a step is to be believed: what a named speaker says may come from his own words alone."""
    if entry.speaker is None or not entry.speaker.named:
        return True
    speaker, voice = entry.speaker, before.voice
    return speaker.key == voice.key or bool(speaker.words and speaker.words <= voice.words | _named(voice))


def _named(voice: Voice) -> frozenset[str]:
    return frozenset(voice.name.casefold().split())


def _edge(entry: Entry, step: Step, parent: Claim | None) -> OriginEdge:
    return OriginEdge(
        claim=entry.claim.id,
        name=step.voice.name,
        reason=step.reason,
        parent=parent.id if parent else None,
        evidence=step.evidence,
        found=step.found,
        note=step.note,
    )

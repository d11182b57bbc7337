"""The steps that lead from a claim back to where its text was taken from.

They are forwards, copied words, credits and links. Each sort of evidence names the claims that a claim may
have come from, all of them told earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from oskil.records import Claim, Document, EdgeReason, Link, Span
from oskil.weighing.moments import told_order
from oskil.weighing.origins.names import Names, Voice
from oskil.weighing.origins.thresholds import thresholds
from oskil.weighing.origins.wording import Passage


@dataclass(frozen=True, slots=True)
class Step:
    """A possible step back from a claim: to a document, or to an outlet whose document is not told."""

    reason: EdgeReason
    voice: Voice
    document: str | None = None
    evidence: tuple[Span, ...] = ()
    found: tuple[Span, ...] = ()
    note: str = ""


class Steps:
    """Finds the steps back from claims among a set of documents."""

    def __init__(self, documents: Iterable[Document], passages: Iterable[Passage], names: Names) -> None:
        self._documents = {document.id: document for document in documents}
        self._names = names
        self._passages: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            self._passages[passage.document].append(passage)
        self._by_url: dict[str, list[Document]] = defaultdict(list)
        for document in sorted(self._documents.values(), key=told_order):
            for url in {_address(document.url), _address(document.key)} - {""}:
                self._by_url[url].append(document)

    def of(self, claim: Claim) -> Iterator[Step]:
        """Every step back from a claim, the surest first: a forward, copied words, a credit, a link."""
        document = self._documents[claim.document]
        yield from self._forward(document)
        yield from self._wording(claim, document)
        yield from self._credit(document)
        yield from self._link(claim, document)

    def _forward(self, document: Document) -> Iterator[Step]:
        if document.forwarded_from:
            voice = self._names.publisher(document.forwarded_from)
            if voice.key != self._names.outlet(document).key:
                yield Step("forward", voice, note=f"forwarded from {voice.name}")

    def _credit(self, document: Document) -> Iterator[Step]:
        for credit in document.credits:
            voice = self._names.publisher(credit)
            if voice.key != self._names.outlet(document).key:
                yield Step("credit", voice, note=f"credited to {voice.name}")

    def _wording(self, claim: Claim, document: Document) -> Iterator[Step]:
        if document.id not in self._passages:
            return
        size = sum(span.end - span.start for span in claim.spans)
        sources: dict[str, list[Passage]] = defaultdict(list)
        for passage in self._passages[document.id]:
            sources[passage.source].append(passage)
        shares = {key: _covered(claim.spans, ps) / max(size, 1) for key, ps in sources.items()}
        least = thresholds().wording.covers
        for key in sorted((k for k in shares if shares[k] >= least), key=lambda k: (-shares[k], k)):
            source = self._documents[key]
            inside = [p for p in sources[key] if any(p.span.overlaps(span) for span in claim.spans)]
            words = sum(p.words for p in inside)
            voice = self._names.outlet(source)
            note = f"{words} words as {voice.name} has them"
            spans = tuple(p.span for p in inside), tuple(p.found for p in inside)
            yield Step("wording", voice, key, *spans, note)

    def _link(self, claim: Claim, document: Document) -> Iterator[Step]:
        for link in document.links:
            if not any(_beside(link, span, document.text) for span in claim.spans):
                continue
            for source in self._by_url.get(_address(link.url), ()):
                if source.key != document.key and told_order(source) < told_order(document):
                    voice = self._names.outlet(source)
                    evidence = (Span(link.start, link.end),)
                    yield Step("link", voice, source.id, evidence, (), f"links to {voice.name}")


def _beside(link: Link, span: Span, text: str) -> bool:
    """Whether a link stands in the claim's words or next to them in the same paragraph."""
    reach = thresholds().link_reach
    if link.end < span.start - reach or link.start > span.end + reach:
        return False
    return "\n" not in text[min(link.end, span.end) : max(link.start, span.start)]


def _covered(spans: Sequence[Span], passages: Sequence[Passage]) -> int:
    """How many characters of the spans lie in the passages."""
    covered = 0
    for span in spans:
        upto = span.start
        for passage in sorted(passages, key=lambda p: p.span):
            begin, end = max(upto, passage.span.start), min(span.end, passage.span.end)
            covered += max(0, end - begin)
            upto = max(upto, end)
    return covered


def _address(url: str | None) -> str:
    """An address as far as it tells texts apart: host and path, without scheme, query and final slash."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host and parts.path.strip("/") else ""


def by_document(claims: Iterable[Claim]) -> Mapping[str, list[Claim]]:
    """Claims by the document they stand in, in the order of the text."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.document, c.spans, c.id)):
        found[claim.document].append(claim)
    return found

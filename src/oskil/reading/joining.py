"""What was cut and belongs together is joined again: clauses that are one claim, paragraphs torn apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from oskil.reading.clauses import Proposition
from oskil.reading.fields import claim_id
from oskil.reading.grammar import has_clause
from oskil.reading.text import sentences, tokens
from oskil.records import Claim, Part, Span, quotation

LONG = 60  # characters; a shorter line without a full stop is a heading or a list item
JOINABLE = frozenset(("main", "coordinate", "participle"))
SAME = ("kind", "speaker", "polarity", "certainty", "time", "holder")


def joined(text: str, made: Sequence[Claim], found: Sequence[Proposition]) -> Iterator[Claim]:
    """Same sentence, same speaker, same kind, same time and polarity: one claim (CLAIMS.md)."""
    pending: tuple[Claim, Proposition] | None = None
    for claim, proposition in zip(made, found, strict=True):
        if pending and _one_claim(text, pending, (claim, proposition)):
            pending = (_union(text, pending[0], claim), pending[1])
            continue
        if pending:
            yield pending[0]
        pending = (claim, proposition)
    if pending:
        yield pending[0]


def _one_claim(text: str, a: tuple[Claim, Proposition], b: tuple[Claim, Proposition]) -> bool:
    if a[1].role not in JOINABLE or b[1].role not in JOINABLE:
        return False
    between = text[a[0].spans[-1].end : b[0].spans[0].start]
    # A full stop or semicolon between them keeps two propositions two claims.
    if not between or len(between) > 14 or re.search(r"[.!?;]", between):
        return False
    return all(getattr(a[0], f) == getattr(b[0], f) for f in SAME)


def _union(text: str, a: Claim, b: Claim) -> Claim:
    spans = (*a.spans[:-1], Span(a.spans[-1].start, b.spans[-1].end))
    there = {*a.at, *b.at}
    return replace(
        with_spans(text, a, spans),
        around=tuple(i for i in dict.fromkeys((*a.around, *b.around)) if i not in there),
        places=tuple(dict.fromkeys((*a.places, *b.places))),
        areas=tuple(dict.fromkeys((*a.areas, *b.areas))),
        quantities=(*a.quantities, *b.quantities),
        evidence=a.evidence or b.evidence,
    )


def prefixed(text: str, claim: Claim, prefix: Span) -> Claim:
    """The claim with the part of its content that stands before an interrupting attribution."""
    return with_spans(text, claim, (prefix, *claim.spans))


def with_spans(text: str, claim: Claim, spans: tuple[Span, ...]) -> Claim:
    """The claim over other characters, with the quotation and the id that follow from them."""
    hull = Span(spans[0].start, spans[-1].end)
    ident = claim_id(claim.document, hull, claim.kind, claim.speaker)
    return replace(claim, id=ident, quote=quotation(text, spans), spans=spans)


def mended(text: str, pieces: Sequence[tuple[Span, Part]]) -> list[tuple[Span, Part]]:
    """Paragraphs with the torn ones joined: pictures and adverts in a saved page can cut a sentence in two.

    One that ends without a mark and one that begins without a verb in its first sentence are one paragraph.
    """
    out: list[tuple[Span, Part]] = []
    for span, part in pieces:
        if out and out[-1][1].role == part.role == "body" and _torn(text, out[-1][0], span):
            out[-1] = (Span(out[-1][0].start, span.end), out[-1][1])
        else:
            out.append((span, part))
    return out


def _torn(text: str, before: Span, after: Span) -> bool:
    if before.end - before.start < LONG or not text[before.end - 1].isalnum():
        return False
    first = next(sentences(text, after), after)
    if text[first.start].islower():
        return True
    return text[first.end - 1] == "." and not has_clause(tokens(text, first))

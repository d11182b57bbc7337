"""Every field of every record comes back exactly."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import NOON

from oskil.errors import LedgerBroken, LedgerError
from oskil.ledger.codec import canonical, parse
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import open_ledger
from oskil.records import (
    Attribution,
    Claim,
    Document,
    Link,
    Part,
    Period,
    Place,
    Quantity,
    Reading,
    Span,
    Toponym,
    quotation,
)

WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
IDS = st.integers(-(2**31), 2**31 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
OFFSETS = st.integers(0, 200)
SPANS = st.lists(st.builds(Span, OFFSETS, OFFSETS), max_size=3).map(tuple)
DAYS = st.none() | st.dates()


def many(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


PARTS = st.builds(Part, OFFSETS, OFFSETS, st.sampled_from(("title", "body", "embed")), by=MAYBE, via=MAYBE)
PLACES = st.builds(
    Place,
    IDS,
    WORDS,
    st.sampled_from(("settlement", "region", "country")),
    NUMBERS,
    NUMBERS,
    WORDS,
    WORDS,
    IDS,
)
TOPONYMS = st.builds(
    Toponym,
    start=OFFSETS,
    end=OFFSETS,
    phrase=WORDS,
    place=st.none() | PLACES,
    reason=WORDS,
    why=WORDS,
    relation=WORDS,
    confidence=NUMBERS,
    candidates=many(IDS),
)
QUANTITIES = st.builds(
    Quantity,
    value=NUMBERS,
    unit=WORDS,
    start=OFFSETS,
    end=OFFSETS,
    comparator=WORDS,
    converted=st.none() | st.tuples(NUMBERS, WORDS),
)
DOCUMENTS = st.builds(
    Document,
    id=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12),
    key=WORDS,
    text=st.text(max_size=120),
    parts=many(PARTS),
    links=many(st.builds(Link, OFFSETS, OFFSETS, WORDS)),
    title=MAYBE,
    authors=many(WORDS),
    outlet=MAYBE,
    published=MAYBE | st.dates().map(str),
    timezone=MAYBE,
    url=MAYBE,
    language=MAYBE,
    medium=st.sampled_from(("article", "post", "summary")),
    retrieved_from=WORDS,
    found=st.dictionaries(WORDS, WORDS, max_size=3).map(MappingProxyType),
)


@st.composite
def claims(draw: st.DrawFn, of: Document) -> Claim:
    end = len(of.text)
    edges = [
        sorted((draw(st.integers(0, end)), draw(st.integers(0, end)))) for _ in range(draw(st.integers(0, 2)))
    ]
    spans = tuple(Span(*edge) for edge in edges)
    return Claim(
        id=draw(WORDS),
        document=of.id,
        quote=quotation(of.text, spans),
        spans=spans,
        kind=draw(WORDS),
        speaker=draw(MAYBE),
        side=draw(MAYBE),
        relays=draw(many(WORDS)),
        certainty=draw(st.sampled_from(("asserted", "hedged", "conditional"))),
        polarity=draw(st.sampled_from(("affirmed", "denied"))),
        places=draw(many(IDS)),
        areas=draw(many(IDS)),
        time=draw(st.none() | st.builds(Period, DAYS, DAYS)),
        holder=draw(MAYBE),
        quantities=draw(many(QUANTITIES)),
        evidence=draw(st.none() | st.sampled_from(("footage", "photo", "satellite", "document"))),
        source=draw(SPANS),
        cue=draw(SPANS),
    )


@st.composite
def read_documents(draw: st.DrawFn) -> tuple[Document, Reading]:
    of = draw(DOCUMENTS)
    attributions = draw(many(st.builds(Attribution, SPANS, SPANS, SPANS)))
    found = tuple(draw(st.lists(claims(of), max_size=3)))
    return of, Reading(of.id, draw(WORDS), found, attributions, draw(many(TOPONYMS)))


@given(read_documents())
def test_canonical_json_gives_back_the_record(read: tuple[Document, Reading]) -> None:
    document, reading = read
    assert parse(Document, canonical(document)) == document
    assert parse(Reading, canonical(reading)) == reading
    assert canonical(parse(Reading, canonical(reading))) == canonical(reading)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(read_documents(), st.binary(max_size=40))
def test_the_store_gives_back_the_record_and_proves_it(
    where: str | Path, read: tuple[Document, Reading], raw: bytes
) -> None:
    document, reading = read
    # One ledger for all examples: a key that came before makes a revision, and so it should.
    document = replace(document, id=f"{document.id} {uuid.uuid4()}")
    found = tuple(replace(claim, document=document.id) for claim in reading.claims)
    reading = replace(reading, document=document.id, claims=found)
    with open_ledger(where) as ledger:
        ledger.add(document, raw, reading, NOON)
        assert ledger.document(document.id).document == document
        assert ledger.reading(document.id) == reading
        stored = ledger.claims(ClaimFilter(document=document.id))
        assert tuple(one.claim for one in stored) == reading.claims
        assert ledger.raw(document.id) == raw
        assert ledger.verify().problems == ()


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": (1, 2.5), "a": "Ї"}) == '{"a":"Ї","b":[1,2.5]}'


def test_a_field_that_older_json_lacks_takes_its_default() -> None:
    span = {"start": 1, "end": 2, "phrase": "Brod"}
    assert parse(Toponym, json.dumps(span)) == Toponym(start=1, end=2, phrase="Brod")


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", '{"start":1}', '{"start":1,"end":2,"phrase":"x","place":7}']
)
def test_json_that_is_no_record_is_named_as_damage(text: str) -> None:
    with pytest.raises(LedgerBroken, match="Toponym cannot be read"):
        parse(Toponym, text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(LedgerError, match="cannot be kept"):
        canonical({"value": value})

"""The claims of a short text by the rules alone, in a small world (`reading_fakes`)."""

from __future__ import annotations

from typing import cast

from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.rules import RuleReader
from oskil.records import Claim, Document, Part


def claims_of(text: str, published: str = "2025-03-17") -> list[Claim]:
    """The claims in their order; the text is one part, its paragraphs parted by blank lines."""
    reader = RuleReader(cast(Gazetteer, None), None, place_names)
    parts = (Part(0, len(text), "body"),)
    document = Document(id="d", key="d", text=text, published=published, parts=parts)
    return list(reader.read(document).claims)


def by_words(text: str) -> dict[str, Claim]:
    """The claims by their quotations."""
    return {claim.quote: claim for claim in claims_of(text)}

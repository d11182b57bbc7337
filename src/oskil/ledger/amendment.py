"""Corrections and withdrawals: what someone says later about a claim or a document that is in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from oskil.records import Claim

Action = Literal["correction", "withdrawal"]
Noun = Literal["claim", "document"]

# What of a document can be corrected: what is said about it. The text is what was read; a changed text is a
# revision.
DOCUMENT_FIELDS = ("title", "outlet", "published", "url", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One correction or withdrawal: of what, why, and on whose word.

    `target` is the id of the claim or document, `document` that of the document either way. A correction of
    a claim has the whole corrected `claim`, with the same id and quotation; one of a document has the
    `fields` that change, of those in DOCUMENT_FIELDS, None where a value is taken away.
    """

    action: Action
    noun: Noun
    target: str
    document: str
    reason: str
    by: str
    claim: Claim | None = None
    fields: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))

"""W3C PROV: where each claim comes from, as entities, agents and what ties them, in PROV-JSON."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry

if TYPE_CHECKING:
    from prov.model import ProvDocument

_NAMESPACE = "urn:oskil:"


class Prov:
    """A claim is an entity quoted from a document and attributed to its speaker; each relay acted on
    behalf of the one nearer to the speaker."""

    name = "prov"
    suffix = ".json"
    description = "W3C PROV-JSON: documents, claims, speakers and relays"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write one provenance document."""
        from prov.model import ProvDocument

        made = ProvDocument()
        made.add_namespace("oskil", _NAMESPACE)
        seen: set[str] = set()
        for entry in collection.entries:
            if entry.text.id not in seen:
                seen.add(entry.text.id)
                _document(made, entry)
            _claim(made, entry, seen)
        text = io.StringIO()
        made.serialize(text, format="json")
        out.write(text.getvalue().encode("utf-8"))


def _document(made: ProvDocument, entry: Entry) -> None:
    text = entry.text
    facts: dict[str, Any] = {
        "prov:label": text.title,
        "oskil:url": text.url,
        "oskil:published": text.published,
        "oskil:sha256": text.sha256,
        "oskil:revision": text.revision,
    }
    made.entity(_document_id(entry), [(k, v) for k, v in facts.items() if v])


def _claim(made: ProvDocument, entry: Entry, seen: set[str]) -> None:
    claim = entry.claim
    name = f"oskil:claim/{claim.id}"
    facts = {
        "prov:value": claim.quote,
        "oskil:kind": claim.kind,
        "oskil:certainty": claim.certainty,
        "oskil:polarity": claim.polarity,
    }
    made.entity(name, facts.items())
    made.wasQuotedFrom(name, _document_id(entry))
    chain = [n for n in (claim.speaker, *claim.relays, entry.text.outlet) if n]
    agents = [_agent(made, n, seen) for n in dict.fromkeys(chain)]
    if agents:
        made.wasAttributedTo(name, agents[0])
    for nearer, further in zip(agents, agents[1:], strict=False):
        made.actedOnBehalfOf(further, nearer)


def _agent(made: ProvDocument, name: str, seen: set[str]) -> str:
    """The agent of this name, made where it is not there yet."""
    known = f"oskil:agent/{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    if known not in seen:
        seen.add(known)
        made.agent(known, [("prov:label", name)])
    return known


def _document_id(entry: Entry) -> str:
    return f"oskil:document/{entry.text.id}"

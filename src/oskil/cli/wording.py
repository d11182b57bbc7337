"""Claims, places and verdicts in a few words, for tables; and as records, for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from oskil.records import Claim, Document, Period, Place, Quantity, Verdict

if TYPE_CHECKING:
    from oskil.pipeline import Told

SHORT_ID = 8
Names = Callable[[int], str]


def short(record_id: str) -> str:
    """The first characters of an id; every option that takes an id takes them too."""
    return record_id[:SHORT_ID]


def when(period: Period | None) -> str:
    """The days spoken of: a day, or two ends on two lines with a dash, either of them open."""
    if period is None or (period.first is None and period.last is None):
        return "-"
    if period.first == period.last:
        return str(period.first)
    both = "\n" if period.first and period.last else ""
    return f"{period.first or ''}{both}\N{EN DASH}{period.last or ''}"


def outlet_of(document: Document) -> str:
    """Who published: the outlet, else the site's address or the file."""
    return document.outlet or document.url or document.key


def who(claim: Claim, document: Document) -> str:
    """Whose word it is, with side; through whom it came; in which outlet it stands, if that is another."""
    outlet = outlet_of(document)
    side = f" [{claim.side}]" if claim.side else ""
    lines = [f"{claim.speaker}{side}" if claim.speaker else f"{outlet}{side}, own voice"]
    lines += [f"through {relay}" for relay in claim.relays]
    lines += [f"in {outlet}"] if claim.speaker not in (None, outlet) else []
    return "\n".join(lines)


def number(value: float) -> str:
    """A number with thousands marked, without a useless fraction."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def amount(quantity: Quantity) -> str:
    """A quantity with its unit and the words before it."""
    words = f"{quantity.comparator} " if quantity.comparator else ""
    return f"{words}{number(quantity.value)} {quantity.unit}"


def marks(claim: Claim, names: Names) -> str:
    """What is known of a claim beside its words: places, holder, doubts, numbers, evidence."""
    # A region or country is named where no settlement is: mostly it only tells whose troops they are.
    said = [", ".join(names(p) for p in claim.places or claim.areas)]
    if claim.holder:
        said.append(f"held by {claim.holder}")
    if claim.polarity == "denied":
        said.append("denied")
    if claim.certainty != "asserted":
        said.append(claim.certainty)
    said += [amount(q) for q in claim.quantities]
    if claim.evidence:
        said.append(f"shown: {claim.evidence}")
    return "; ".join(part for part in said if part)


def quoted(claim: Claim) -> str:
    """The claim's words in quotation marks, on one line."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{' '.join(claim.quote.split())}\N{RIGHT DOUBLE QUOTATION MARK}"


def place_record(place: Place) -> dict[str, Any]:
    """A place for programs."""
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "region": place.region,
        "population": place.population,
    }


def quantity_record(quantity: Quantity) -> dict[str, Any]:
    """A quantity for programs."""
    record: dict[str, Any] = {"value": quantity.value, "unit": quantity.unit}
    if quantity.comparator:
        record["comparator"] = quantity.comparator
    if quantity.converted:
        record["converted"] = {"value": quantity.converted[0], "unit": quantity.converted[1]}
    return record


CLAIM_FIELDS = (
    "id",
    "quote",
    "kind",
    "speaker",
    "side",
    "relays",
    "certainty",
    "polarity",
    "places",
    "place_names",
    "areas",
    "area_names",
    "first",
    "last",
    "holder",
    "quantities",
    "evidence",
    "outlet",
    "published",
    "url",
    "title",
    "document",
    "spans",
    "recorded_at",
    "latest",
)


def claim_record(one: Told, names: Names) -> dict[str, Any]:
    """A claim for programs, with its document; the keys are CLAIM_FIELDS."""
    claim, document, time = one.claim, one.document, one.claim.time
    return {
        "id": claim.id,
        "quote": claim.quote,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "side": claim.side,
        "relays": list(claim.relays),
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "places": list(claim.places),
        "place_names": [names(p) for p in claim.places],
        "areas": list(claim.areas),
        "area_names": [names(p) for p in claim.areas],
        "first": str(time.first) if time and time.first else None,
        "last": str(time.last) if time and time.last else None,
        "holder": claim.holder,
        "quantities": [quantity_record(q) for q in claim.quantities],
        "evidence": claim.evidence,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
        "title": document.title,
        "document": document.id,
        "spans": [[s.start, s.end] for s in claim.spans],
        "recorded_at": one.recorded_at.isoformat(),
        "latest": one.latest,
    }


VERDICT_FIELDS = (
    "outcome",
    "check",
    "stated",
    "found",
    "reason",
    "value",
    "low",
    "high",
    "unit",
    "tolerance",
    "method",
    "data",
    "places",
    "claim",
    "quote",
    "speaker",
    "outlet",
    "published",
    "document",
)


def in_words(claim: Claim, names: Names) -> str:
    """The quotation, and below it the marks."""
    return "\n".join(part for part in (quoted(claim), marks(claim, names)) if part)


def verdict_record(verdict: Verdict, one: Told) -> dict[str, Any]:
    """A verdict for programs, with the claim that it is on; the keys are VERDICT_FIELDS."""
    return {
        "outcome": verdict.outcome,
        "check": verdict.check,
        "stated": verdict.stated,
        "found": verdict.found,
        "reason": verdict.reason,
        "value": verdict.value,
        "low": verdict.low,
        "high": verdict.high,
        "unit": verdict.unit,
        "tolerance": verdict.tolerance,
        "method": verdict.method,
        "data": [{"name": d.name, "version": d.version, "sha256": d.sha256} for d in verdict.data],
        "places": list(verdict.places),
        "claim": verdict.claim,
        "quote": one.claim.quote,
        "speaker": one.claim.speaker,
        "outlet": one.document.outlet,
        "published": one.document.published,
        "document": one.document.id,
    }


def count(number_of: int, noun: str, plural: str = "") -> str:
    """ "1 claim", "2 claims"."""
    return f"{number_of} {noun if number_of == 1 else plural or noun + 's'}"

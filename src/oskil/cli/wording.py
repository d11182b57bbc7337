"""Claims, places and verdicts in a few words, for tables."""

from __future__ import annotations

from collections.abc import Callable

from oskil.records import Claim, Document, Period, Place, Quantity

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


# Units that are words and take an "s"; the others are signs, or plural already.
_WORDS = ("barrel", "item", "day", "hour", "minute", "month", "second", "week", "year")


def unit(name: str, value: float) -> str:
    """A unit as it stands behind a number: "1 day", "2 days", "2 km"."""
    return f"{name}s" if name in _WORDS and value != 1 else name


def amount(quantity: Quantity) -> str:
    """A quantity with its unit and the words before it."""
    words = f"{quantity.comparator} " if quantity.comparator else ""
    return f"{words}{number(quantity.value)} {unit(quantity.unit, quantity.value)}"


def held(kind: str, holder: str) -> str:
    """Whose a place or ground is; of losses, whose they are."""
    return f"{'lost' if kind == 'losses' else 'held'} by {holder}"


def marks(claim: Claim, names: Names) -> str:
    """What is known of a claim beside its words: places, holder, doubts, numbers, evidence."""
    # A region or country is named where no settlement is: mostly it only tells whose troops they are.
    said = [", ".join(names(p) for p in claim.places or claim.areas)]
    if claim.holder:
        said.append(held(claim.kind, claim.holder))
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


def in_words(claim: Claim, names: Names, *, corrected: bool = False) -> str:
    """The quotation, and below it the marks, and whether somebody corrected them."""
    said = "; ".join(part for part in (marks(claim, names), "corrected" if corrected else "") if part)
    return "\n".join(part for part in (quoted(claim), said) if part)


def where_in(place: Place) -> str:
    """The region and country that a place lies in: "Kharkiv Oblast, UA"; by codes where no name is known."""
    from oskil.places.regions import region_name

    name = region_name(place.country, place.region)
    if name and place.kind != "region":
        return f"{name}, {place.country}"
    return "/".join(code for code in (place.country, place.region) if code)


def count(number_of: int, noun: str, plural: str = "") -> str:
    """ "1 claim", "2 claims"."""
    return f"{number_of:,} {noun if number_of == 1 else plural or noun + 's'}"

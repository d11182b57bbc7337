"""What each outlet gave on each day, and what of the record was revised, corrected or withdrawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from oskil.publishing.material import Read
from oskil.publishing.weighed.basis import Amended, Basis, Json

# More days in a row without a word than this are a gap.
GAP = 5
GONE = "A text was withdrawn. Neither its title nor its words are shown."


def coverage(basis: Basis) -> list[Json]:
    """A line for each outlet, the most documents first."""
    by_outlet: defaultdict[str, list[Read]] = defaultdict(list)
    for read in basis.material.read:
        if read.stored.latest and read.stored.document.outlet:
            by_outlet[read.stored.document.outlet].append(read)
    lines = [_line(basis, outlet, some) for outlet, some in by_outlet.items()]
    return sorted(lines, key=lambda line: -line["documents"])


def _line(basis: Basis, outlet: str, read: Sequence[Read]) -> Json:
    layout = basis.layout
    told = (r.stored.document.published_on for r in read)
    runs = sorted(Counter(layout.number_of(day) for day in told if day).items())
    days = [day for day, _ in runs]
    return {
        "outlet": basis.name(outlet),
        "side": _side(basis, outlet, read),
        "documents": len(read),
        "claims": sum(len(r.reading.claims) for r in read),
        "first": days[0] if days else -1,
        "last": days[-1] if days else -1,
        "runs": [list(run) for run in runs],
        "quiet": layout.days - 1 - days[-1] if days else layout.days,
        "gaps": [[one + 1, other - 1] for one, other in pairwise(days) if other - one - 1 > GAP],
    }


def _side(basis: Basis, outlet: str, read: Sequence[Read]) -> str | None:
    """The outlet's side as the profile has it, else the one that its own words carry most often."""
    actor = basis.profile.find_actor(outlet)
    if actor is not None:
        return actor.side
    own = (c.side for r in read for c in r.reading.claims if c.side and c.speaker in (None, outlet))
    return next((side for side, _ in Counter(own).most_common(1)), None)


def corrections(basis: Basis) -> list[Json]:
    """Revisions, corrections and withdrawals, the newest first."""
    found = [*_revisions(basis), *_amendments(basis)]
    return sorted(found, key=lambda entry: str(entry["at"]), reverse=True)


def _revisions(basis: Basis) -> Iterator[Json]:
    seen: set[str] = set()
    for number, read in enumerate(basis.material.read):
        if read.stored.document.key in seen:
            at = read.stored.recorded_at.isoformat(timespec="seconds")
            yield {"at": at, "what": "revision", **_document(basis, number), "note": ""}
        seen.add(read.stored.document.key)


def _amendments(basis: Basis) -> Iterator[Json]:
    for one in basis.given.amendments:
        number = basis.documents.get(one.document)
        if number is not None:
            note = basis.words(one.reason)
            yield {"at": _at(one), "what": one.action, **_document(basis, number), "note": note}
        elif one.whole and one.action == "withdrawal" and not _young(basis, one):
            nothing = {"document": None, "title": "", "outlet": None}
            yield {"at": _at(one), "what": one.action, **nothing, "note": GONE}


def _young(basis: Basis, one: Amended) -> bool:
    return (basis.now - one.at).total_seconds() < basis.options.hours * 3600


def _at(one: Amended) -> str:
    return one.at.isoformat(timespec="seconds")


def _document(basis: Basis, number: int) -> Json:
    shown = basis.layout.documents[number]
    return {"document": number, "title": shown["title"], "outlet": shown["outlet"]}
